import { Worker } from 'node:worker_threads';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import type { StoreCommand, StoreCommands, StoreWriter } from './api.ts';
import { packPage } from './page.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';

/** The writer's side of this thread: sends commands to the worker and hands out its answers. */
export class WriterClient implements StoreWriter {
  readonly #start: () => Worker;
  readonly #notice: (message: string) => void;
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #worker: Worker | undefined;
  #opened: Promise<Result<void>> = Promise.resolve(ok());
  #exited: Promise<void> = Promise.resolve();
  #running = true;
  #lastId = 0;

  constructor(workerFile: string | URL, data: WorkerData, notice: (message: string) => void) {
    this.#start = () => new Worker(workerFile, { workerData: data, execArgv: [], name: 'deskside-store' });
    this.#notice = notice;
  }

  /** Starts the worker, unless a command did; whether the databases are ready. Commands wait until they are. */
  open(): Promise<Result<void>> {
    this.#needWorker();
    return this.#opened;
  }

  run<C extends StoreCommand>(
    command: C,
    argument: Parameters<StoreCommands[C]>[0],
  ): Promise<Result<ReturnType<StoreCommands[C]>>> {
    if (!this.#running) return Promise.resolve(stopped());
    return new Promise((resolve) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, (result) => resolve(result as Result<ReturnType<StoreCommands[C]>>));
      this.#send(message(id, command, argument));
    });
  }

  /** Something read was damaged: has the worker look at the files, and mend them. */
  repair(): void {
    if (this.#running) this.#send({ type: 'repair' });
  }

  /** Ends the worker after what was sent to it before. */
  async close(): Promise<void> {
    if (this.#running && this.#worker) this.#send({ type: 'close' });
    this.#running = false;
    await this.#exited;
  }

  #send(message: ToWorker): void {
    this.#needWorker().postMessage(message);
  }

  #needWorker(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#opened = new Promise((opened) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'opened') opened(message.result);
        else if (message.type === 'notice') this.#notice(message.message);
        else this.#settle(message.id, message.result);
      });
      worker.on('exit', () => opened(stopped()));
    });
    worker.on('error', (error: Error) => this.#notice(`The store's writer stopped: ${error.message}`));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#running = false;
        for (const id of [...this.#waiting.keys()]) this.#settle(id, stopped());
        resolve();
      });
    });
    return worker;
  }

  #settle(id: number, result: Result<unknown>): void {
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
  }
}

function message(
  id: number,
  command: StoreCommand,
  argument: Parameters<StoreCommands[StoreCommand]>[0],
): ToWorker {
  return {
    type: 'run',
    id,
    command: command === 'putPage' ? 'putPackedPage' : command,
    argument: typeof argument === 'object' && 'timelines' in argument ? packPage(argument) : argument,
  };
}

function stopped(): { ok: false; error: DeskError } {
  return fail({
    reason: 'storage',
    message: 'The store is closed or its writer stopped. Nothing was changed; reload this window.',
  });
}
