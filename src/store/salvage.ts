import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  closeSync,
  statSync,
  truncateSync,
} from 'node:fs';
import path from 'node:path';
import { Connection, text, type Row } from './connection.ts';
import { isDamage } from './failure.ts';

/** The next change must come after all that were saved. */
const afterSalvage = `
  INSERT INTO local_counters SELECT 'sequence', coalesce(max(sequence), 0) FROM local_tickets WHERE true
  ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
`;

/** Copies what can be read of the damaged database `file` into `target`. */
export function salvage(file: string, target: Connection): void {
  const folder = mkdtempSync(path.join(path.dirname(file), 'salvage-'));
  try {
    const source = openCopy(file, folder);
    if (source === undefined) return;
    try {
      for (const table of tablesOf(target)) copyTable(table, source, target);
      target.exec(afterSalvage);
    } finally {
      source.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A copy that may be recovered from its journal, and is as long as its header says: SQLite refuses a shorter one. */
function openCopy(file: string, folder: string): Connection | undefined {
  const copy = path.join(folder, 'copy.db');
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  const length = statedLength(copy);
  if (length > statSync(copy).size) truncateSync(copy, length);
  try {
    const connection = new Connection(copy, { readOnly: false, timeout: 0 });
    try {
      connection.get('SELECT count(*) FROM sqlite_schema');
      return connection;
    } catch {
      connection.close();
      return undefined;
    }
  } catch {
    return undefined;
  }
}

/** Page size times page count, as the header of a database has them; 0 if it has no such header. */
function statedLength(file: string): number {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, header) < 100 || header.toString('latin1', 0, 15) !== 'SQLite format 3') return 0;
  } finally {
    closeSync(handle);
  }
  const pageSize = header.readUInt16BE(16);
  const length = (pageSize === 1 ? 65_536 : pageSize) * header.readUInt32BE(28);
  const plausible = 16 * 2 ** 30;
  return length > plausible ? 0 : length;
}

/** Our tables, without the count of changes. */
export function tablesOf(connection: Connection): string[] {
  return connection
    .all(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'changes'`,
    )
    .map((row) => text(row, 'name'));
}

/** Reads from both ends of the table until the damage. */
function copyTable(table: string, source: Connection, target: Connection): void {
  const known = columnsOf(table, target);
  const common = columnsOf(table, source).filter((column) => known.includes(column));
  if (common.length === 0) return;
  const list = common.join(', ');
  const insert = `INSERT OR IGNORE INTO ${table} (rowid, ${list}) VALUES (?${', ?'.repeat(common.length)})`;
  for (const order of ['ASC', 'DESC'] as const) {
    const select = `SELECT rowid AS row_id, ${list} FROM ${table} NOT INDEXED ORDER BY rowid ${order}`;
    const damage: unknown[] = [];
    for (const row of readable(source, select, damage)) {
      target.run(insert, row.row_id ?? null, ...common.map((column) => row[column] ?? null));
    }
    if (damage.length === 0) break;
  }
}

export function columnsOf(table: string, connection: Connection): string[] {
  const names = connection.all('SELECT name FROM pragma_table_info(?)', table);
  return names.map((row) => text(row, 'name'));
}

/** The rows up to the first that SQLite can't read, without those that hold nothing we wrote. */
function* readable(source: Connection, select: string, damage: unknown[]): Generator<Row> {
  try {
    for (const row of source.iterate(select)) if (isSound(row)) yield row;
  } catch (error) {
    if (!isDamage(error)) throw error;
    damage.push(error);
  }
}

function isSound(row: Row): boolean {
  if (row.json === undefined) return true;
  try {
    JSON.parse(text(row, 'json'));
    return true;
  } catch {
    return false;
  }
}
