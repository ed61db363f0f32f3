import type { DeskError } from '../desk/errors.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import type { Disposable } from './api.ts';
import type { Clock } from './clock.ts';

/** Listeners, and a way to call them. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Disposable {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}

/** Many writes in a row are told together. */
const gatherMs = 100;

/** Tells when the store changed: at once after our own writes, and whenever asked after those of others. */
export class StoreWatch {
  readonly changed = new Listeners<undefined>();
  readonly #reader: StoreReader;
  readonly #clock: Clock;
  #version: string;
  #gathering: Disposable | undefined;
  #problem: DeskError | undefined;

  constructor(reader: StoreReader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
    this.#version = reader.version();
  }

  /** Why the last thing could not be written: disk full, read-only, locked. */
  get problem(): DeskError | undefined {
    return this.#problem;
  }

  check(): void {
    if (this.#gathering) return;
    const version = this.#reader.version();
    if (version === this.#version) return;
    this.#version = version;
    this.#gathering = this.#clock.after(gatherMs, () => {
      this.#gathering = undefined;
      this.check();
    });
    this.changed.fire(undefined);
  }

  /** The writer, with a look after each command. */
  over(writer: StoreWriter): StoreWriter {
    return {
      run: async (command, argument) => {
        const result = await writer.run(command, argument);
        this.#note(result.ok ? undefined : result.error);
        this.check();
        return result;
      },
      close: () => writer.close(),
    };
  }

  #note(problem: DeskError | undefined): void {
    if (problem?.message === this.#problem?.message) return;
    this.#problem = problem;
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.#gathering?.dispose();
  }
}
