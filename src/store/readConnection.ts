import type { DeskError } from '../desk/errors.ts';
import { Connection, integer, versionOf } from './connection.ts';
import { isDamage, NewerStore, storageError } from './failure.ts';
import { generationFile, generations } from './files.ts';
import type { Schema } from './schema.ts';

const lockTimeout = 200;

/**
 * The reading side of one database. It may not be there yet, or be replaced by a newer generation: both are noticed
 * by {@link version}. Nothing throws; a read that fails gives what an empty database would.
 */
export class ReadConnection {
  readonly #folder: string;
  readonly #schema: Schema;
  readonly #onDamage: () => void;
  #generation = 0;
  #connection: Connection | undefined;
  #problem: DeskError | undefined;
  /** Of a version that this one does not know: what it can still read of it, it does. */
  #newer: DeskError | undefined;

  constructor(folder: string, schema: Schema, onDamage: () => void) {
    this.#folder = folder;
    this.#schema = schema;
    this.#onDamage = onDamage;
    this.#follow();
  }

  problem(): DeskError | undefined {
    return this.#problem ?? this.#newer;
  }

  /** What `query` gives, or `empty` when it can't be asked. */
  read<T>(empty: T, query: (connection: Connection) => T): T {
    try {
      if (this.#connection === undefined) return empty;
      const value = query(this.#connection);
      this.#problem = undefined;
      return value;
    } catch (error) {
      return this.#readAgain(error, empty, query);
    }
  }

  /** Generation and number of changes: another text after every write of anyone. */
  version(): string {
    this.#follow();
    const count = this.read(0, (connection) => {
      this.#noteVersion(versionOf(connection));
      return integer(connection.get('SELECT count FROM changes'), 'count');
    });
    return `${this.#generation}.${count}${this.#newer ? ' newer' : ''}`;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** The file may have been replaced meanwhile. */
  #readAgain<T>(error: unknown, empty: T, query: (connection: Connection) => T): T {
    try {
      if (!this.#follow()) return this.#failed(error, empty);
      return this.#connection === undefined ? empty : query(this.#connection);
    } catch (again) {
      return this.#failed(again, empty);
    }
  }

  #failed<T>(error: unknown, empty: T): T {
    this.#problem = storageError(error);
    if (isDamage(error)) this.#onDamage();
    return empty;
  }

  /** Opens the newest finished generation, if it is not open yet; gives whether it did. */
  #follow(): boolean {
    try {
      for (const generation of generations(this.#folder, this.#schema.name)) {
        if (generation <= this.#generation) return false;
        const file = generationFile(this.#folder, this.#schema.name, generation);
        const connection = new Connection(file, { readOnly: true, timeout: lockTimeout });
        const version = this.#versionOrClose(connection);
        if (version === 0) {
          connection.close();
          continue;
        }
        this.close();
        this.#connection = connection;
        this.#generation = generation;
        this.#problem = undefined;
        this.#noteVersion(version);
        return true;
      }
      return false;
    } catch (error) {
      this.#failed(error, undefined);
      return false;
    }
  }

  #noteVersion(version: number): void {
    const known = this.#schema.migrations.length;
    this.#newer = version > known ? storageError(new NewerStore()) : undefined;
  }

  #versionOrClose(connection: Connection): number {
    try {
      return versionOf(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}
