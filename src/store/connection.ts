import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** One connection to one database file; statements are prepared once. Throws what SQLite throws. */
export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `timeout`: how many milliseconds to wait for another connection's lock. */
  constructor(path: string, options: { readOnly: boolean; timeout: number }) {
    this.path = path;
    this.#database = new DatabaseSync(path, options);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepare(sql).iterate(...values);
  }

  /** Gives how many rows were changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Gives the id of the row that was made, if one was. */
  insert(sql: string, ...values: SQLInputValue[]): number | undefined {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
    return changes === 0 ? undefined : Number(lastInsertRowid);
  }

  /** Several statements, not prepared. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Nobody else writes while `action` runs; what it wrote is kept whole or not at all. */
  write<T>(action: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', action);
  }

  /** All that `action` reads is of one moment. */
  snapshot<T>(action: () => T): T {
    return this.#transaction('BEGIN', action);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #transaction<T>(begin: string, action: () => T): T {
    this.#database.exec(begin);
    try {
      const value = action();
      this.#database.exec('COMMIT');
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The schema version of a database; 0 for one that is not made yet. Throws if the file is damaged. */
export function versionOf(connection: Connection): number {
  return integer(connection.get('PRAGMA user_version'), 'user_version');
}

export function text(row: Row | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== 'string') throw new SyntaxError(`Column ${column} holds no text.`);
  return value;
}

export function integer(row: Row | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new SyntaxError(`Column ${column} holds no number.`);
  return value;
}

/** The plain data that was stored as JSON in column `json`. */
export function data(row: Row): unknown {
  return JSON.parse(text(row, 'json'));
}
