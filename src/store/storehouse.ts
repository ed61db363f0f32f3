import type { Result } from '../desk/errors.ts';
import { storeCommands } from './commands/commands.ts';
import type { Connection } from './connection.ts';
import { Database } from './database.ts';
import { isDamage, storageError } from './failure.ts';
import { makeFolder } from './files.ts';
import type { StoreCommand, StoreCommands } from './api.ts';
import { cacheSchema, workSchema } from './schema.ts';
import { indexSome, mergeSome } from './searchIndex.ts';

/** `StoreCommands` in the form in which TypeScript follows a command's name to its argument and answer. */
type CommandTable = {
  [C in StoreCommand]: (argument: Parameters<StoreCommands[C]>[0]) => ReturnType<StoreCommands[C]>;
};

/** The writing side of the store: both databases, and the commands on them. */
export class Storehouse {
  readonly #cache: Database;
  readonly #work: Database;
  readonly #commands: CommandTable;

  private constructor(cache: Database, work: Database) {
    this.#cache = cache;
    this.#work = work;
    this.#commands = storeCommands(cache, work);
  }

  /** Makes, migrates or repairs what it finds in the folder; `notice` is told in a sentence what had to be done. */
  static open(folder: string, notice: (message: string) => void): Result<Storehouse> {
    try {
      makeFolder(folder);
      const work = new Database(folder, workSchema, notice);
      try {
        return { ok: true, value: new Storehouse(new Database(folder, cacheSchema, notice), work) };
      } catch (error) {
        work.close();
        throw error;
      }
    } catch (error) {
      return { ok: false, error: storageError(error) };
    }
  }

  /** Runs one command; after a repair of a damaged file, once more. */
  execute<C extends StoreCommand>(
    command: C,
    argument: Parameters<StoreCommands[C]>[0],
  ): Result<ReturnType<StoreCommands[C]>> {
    try {
      this.#cache.followGeneration();
      this.#work.followGeneration();
      try {
        return { ok: true, value: this.#commands[command](argument) };
      } catch (error) {
        if (!isDamage(error) || !this.#repair()) throw error;
        return { ok: true, value: this.#commands[command](argument) };
      }
    } catch (error) {
      return { ok: false, error: storageError(error) };
    }
  }

  /** Somebody met damage while reading: replaces what is damaged. */
  mend(): void {
    try {
      this.#repair();
    } catch {
      // Then it stays unreadable, and whoever reads goes on being told so.
    }
  }

  /** Makes so many of what came in searchable; gives whether there is more. */
  indexSome(limit: number): boolean {
    return this.#tidy((db) => indexSome(db, limit) === limit);
  }

  /** Brings some parts of the index together that came in one by one; gives whether there is more to do. */
  mergeIndex(): boolean {
    return this.#tidy(mergeSome, { quiet: true });
  }

  close(): void {
    this.#cache.close();
    this.#work.close();
  }

  #tidy(work: (db: Connection) => boolean, options?: { quiet: boolean }): boolean {
    try {
      return this.#cache.write(work, options);
    } catch (error) {
      if (isDamage(error)) this.mend();
      return false;
    }
  }

  #repair(): boolean {
    const repaired = [this.#cache.repair(), this.#work.repair()];
    return repaired.includes(true);
  }
}
