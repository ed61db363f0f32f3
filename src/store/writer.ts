import { Worker, type Transferable } from 'node:worker_threads';
import { fail, ok, type Result } from '../desk/errors.ts';
import type { StoreCommand, StoreCommands, StoreWriter } from './api.ts';
import { reuse } from './packedText.ts';
import type { PackedPage } from './page.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';

/** A worker that ends more often than that, within so many milliseconds, is not started again. */
const mostRestarts = 3;
const restartWithin = 60_000;
/** It keeps nothing for long: a small heap is cleared more often, and takes that much less. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };

/**
 * The writer's side of this thread: sends commands to the worker and hands out its answers. A worker that ends by
 * itself is replaced.
 */
export class WriterClient implements StoreWriter {
  readonly #start: () => Worker;
  readonly #notice: (message: string) => void;
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #worker: Worker | undefined;
  #opened: Promise<Result<void>> = Promise.resolve(ok());
  #exited: Promise<void> = Promise.resolve();
  /** Why it does not run any more. */
  #ended: Failed | undefined;
  #deaths: number[] = [];
  #lastId = 0;

  constructor(workerFile: string | URL, data: WorkerData, notice: (message: string) => void) {
    this.#start = () =>
      new Worker(workerFile, { workerData: data, execArgv: [], name: 'deskside-store', resourceLimits });
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
    if (this.#ended) return Promise.resolve(this.#ended);
    return new Promise((resolve) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, (result) => resolve(result as Result<ReturnType<StoreCommands[C]>>));
      this.#send({ type: 'run', id, command, argument }, roomOf(command, argument));
    });
  }

  /** Something read was damaged: has the worker look at the files, and mend them. */
  repair(): void {
    if (!this.#ended) this.#send({ type: 'repair' });
  }

  /** Ends the worker after what was sent to it before. */
  async close(): Promise<void> {
    if (!this.#ended && this.#worker) this.#send({ type: 'close' });
    this.#ended ??= closed();
    await this.#exited;
  }

  #send(message: ToWorker, transferred: readonly Transferable[] = []): void {
    this.#needWorker().postMessage(message, transferred);
  }

  #needWorker(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#opened = new Promise((opened) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'opened') {
          if (!message.result.ok) this.#ended ??= message.result;
          opened(message.result);
        } else if (message.type === 'notice') this.#notice(message.message);
        else {
          if (message.room) reuse(message.room);
          this.#settle(message.id, message.result);
        }
      });
      worker.on('exit', () => opened(this.#ended ?? interrupted()));
    });
    let why = '';
    worker.on('error', (error: Error) => (why = error.message));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', (code) => {
        this.#worker = undefined;
        if (!this.#ended) this.#noteDeath(why || `exit code ${code}`);
        for (const id of [...this.#waiting.keys()]) this.#settle(id, this.#ended ?? interrupted());
        resolve();
      });
    });
    return worker;
  }

  /** What is asked next starts another one, unless it dies again and again. */
  #noteDeath(why: string): void {
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((at) => at > now - restartWithin), now];
    if (this.#deaths.length > mostRestarts) this.#ended ??= broken(why);
    if (this.#deaths.length === 1 || this.#ended) this.#notice((this.#ended ?? interrupted()).error.message);
  }

  #settle(id: number, result: Result<unknown>): void {
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
  }
}

/** What of a command crosses to the worker without being copied. */
function roomOf(command: StoreCommand, argument: unknown): ArrayBuffer[] {
  return command === 'putPage' ? [(argument as PackedPage).text.buffer] : [];
}

type Failed = ReturnType<typeof fail>;

function closed(): Failed {
  return fail({
    reason: 'storage',
    message: 'The store is closed. Nothing was changed; reload this window.',
  });
}

function interrupted(): Failed {
  return fail({
    reason: 'storage',
    message:
      'What writes to the store broke off and is started again. What it was doing just then may not have been kept; all else is.',
  });
}

function broken(why: string): Failed {
  return fail({
    reason: 'storage',
    message: `What writes to the store breaks off again and again (${why}). What is there is kept and can be read; reload this window to write again.`,
  });
}
