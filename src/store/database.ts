import { existsSync, statSync } from 'node:fs';
import { Connection, integer, text, versionOf } from './connection.ts';
import { isDamage, NewerStore } from './failure.ts';
import { generationFile, generations, makePrivate, removeSetAside, setAside } from './files.ts';
import { copyTo, migrate } from './migrations.ts';
import { columnsOf, salvage, tablesOf } from './salvage.ts';
import type { Schema } from './schema.ts';

const lockTimeout = 5000;
/** In kB: tickets come in any order, so that many pages are written again and again. */
const writerCache = 16_000;
/** Pages of the journal (4 kB each) before they are taken into the file. */
const journalPages = 8_000;

/** The writing side of one database: made, migrated, and replaced by a new generation when it is damaged. */
export class Database {
  readonly schema: Schema;
  readonly #folder: string;
  readonly #notice: (message: string) => void;
  #generation = 0;
  #connection: Connection;

  constructor(folder: string, schema: Schema, notice: (message: string) => void) {
    this.schema = schema;
    this.#folder = folder;
    this.#notice = notice;
    this.#connection = this.#open();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /**
   * Another process may have replaced a damaged file, or somebody moved it away: gives whether this is another one now.
   * A file that was moved can still be read: what was in it is carried over.
   */
  followGeneration(): boolean {
    const newest = generations(this.#folder, this.schema.name)[0] ?? 0;
    if (newest > this.#generation) this.#replace(this.#open());
    else if (newest < this.#generation) this.#carryOver();
    else return false;
    return true;
  }

  #carryOver(): void {
    const generation = this.#generation + 1;
    const target = generationFile(this.#folder, this.schema.name, generation);
    copyTo(this.#connection, target);
    this.#replace(this.#make(generation));
    this.#notice(
      `A file of the store was moved or deleted while it was in use. What was in it was carried over to ${target}.`,
    );
  }

  /** Gives whether the file was damaged; then this is a new one with what could be saved. */
  repair(): boolean {
    if (this.#isSound()) return false;
    this.#replace(this.#make(this.#generation + 1));
    return true;
  }

  /** One transaction that counts as a change, which readers and other windows notice; a `quiet` one does not. */
  write<T>(action: (connection: Connection) => T, options: { quiet: boolean } = { quiet: false }): T {
    const connection = this.#connection;
    return connection.write(() => {
      if (versionOf(connection) > this.schema.migrations.length) throw new NewerStore();
      const before = this.#totalChanges();
      const value = action(connection);
      if (!options.quiet && this.#totalChanges() !== before) {
        connection.run('UPDATE changes SET count = count + 1');
      }
      return value;
    });
  }

  /** Leaves nothing of deleted rows on the disk. */
  scrub(): void {
    if (!this.schema.precious) {
      this.#connection.exec(`INSERT INTO search (search) VALUES ('optimize')`);
      removeSetAside(this.#folder, this.schema.name);
    }
    this.#connection.exec('VACUUM');
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Leaves one whole file without a journal, unless somebody else is at it. */
  close(): void {
    try {
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // What is still in the journal is read from there the next time.
    }
    this.#connection.close();
  }

  #totalChanges(): number {
    return integer(this.#connection.get('SELECT total_changes() AS changes'), 'changes');
  }

  #replace(connection: Connection): void {
    const old = this.#connection;
    this.#connection = connection;
    old.close();
  }

  /** Is the file what SQLite wrote, and the JSON in it what we wrote? */
  #isSound(): boolean {
    try {
      const connection = this.#connection;
      if (text(connection.get('PRAGMA quick_check(1)'), 'quick_check') !== 'ok') return false;
      return tablesOf(connection)
        .filter((table) => columnsOf(table, connection).includes('json'))
        .every((table) => connection.get(`SELECT 1 FROM ${table} WHERE NOT json_valid(json)`) === undefined);
    } catch (error) {
      if (isDamage(error)) return false;
      throw error;
    }
  }

  #open(): Connection {
    const newest = generations(this.#folder, this.schema.name)[0] ?? 1;
    try {
      return this.#make(newest);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return this.#make(newest + 1);
    }
  }

  /** Opens a generation. If it is new, or its making was cut short, it takes over from the one before. */
  #make(generation: number): Connection {
    const file = generationFile(this.#folder, this.schema.name, generation);
    if (this.schema.precious && isEmptied(file, this.#folder)) {
      this.#notice(
        `The file with your drafts, outbox and local tickets was found empty and is made anew: ${file}`,
      );
    }
    makePrivate(file);
    const connection = new Connection(file, { readOnly: false, timeout: lockTimeout });
    try {
      connection.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = ${this.schema.precious ? 'FULL' : 'NORMAL'};
        PRAGMA foreign_keys = ON;
        PRAGMA cache_size = -${writerCache};
        PRAGMA wal_autocheckpoint = ${journalPages};
      `);
      this.#bringUpToDate(connection, generation);
      this.#generation = generation;
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  #bringUpToDate(connection: Connection, generation: number): void {
    const { name, precious } = this.schema;
    const older = generations(this.#folder, name).find((one) => one < generation);
    const damaged = older === undefined ? undefined : generationFile(this.#folder, name, older);
    const backup = migrate(connection, this.schema, () => {
      if (damaged !== undefined && precious) salvage(damaged, connection);
    });
    if (backup !== undefined) {
      this.#notice(`Before it was brought up to date, your work was copied to ${backup}.`);
    }
    const kept = damaged === undefined ? undefined : setAside(damaged, { replace: !precious });
    if (kept === undefined) return;
    this.#notice(
      precious
        ? `The file with your drafts, outbox and local tickets was damaged. All that could be read of it was saved and is in use; the damaged file is kept as ${kept}.`
        : `The cache of tickets was damaged and is being filled again. The damaged file is kept as ${kept}.`,
    );
  }
}

/** Not merely new: a cache was made beside it, and that is made later. */
function isEmptied(file: string, folder: string): boolean {
  const size = (path: string): number | undefined => (existsSync(path) ? statSync(path).size : undefined);
  return (
    size(file) === 0 &&
    !size(`${file}-wal`) &&
    generations(folder, 'work').length === 1 &&
    generations(folder, 'cache').length > 0
  );
}
