import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/**
 * The store's worker on a disk that can be spoilt: before each transaction it looks at the file `<folder>.fault`.
 * What then fails, fails within SQLite.
 */
const { folder } = workerData as { folder: string };
const noLimit = 4_294_967_294;
const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')?.value as (
  this: DatabaseSync,
  sql: string,
) => void;

Reflect.set(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string): void {
  if (sql === 'BEGIN IMMEDIATE') spoil(this);
  exec.call(this, sql);
});

function spoil(database: DatabaseSync): void {
  const fault = present();
  const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
  const pragmas = [
    `max_page_count = ${fault === 'full' ? pages : noLimit}`,
    `query_only = ${fault === 'read-only' ? 1 : 0}`,
    `busy_timeout = ${fault === 'locked' ? 10 : 5_000}`,
  ];
  exec.call(database, pragmas.map((pragma) => `PRAGMA ${pragma};`).join(' '));
}

function present(): string {
  try {
    return readFileSync(`${folder}.fault`, 'utf8');
  } catch {
    return '';
  }
}

await import('../../../src/store/worker.ts');
