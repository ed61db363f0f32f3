import type { Entry } from '../desk/entry.ts';
import type { Ticket } from '../desk/ticket.ts';
import { integer, text, type Connection, type Row } from './connection.ts';
import { searchRow } from './searchText.ts';

/**
 * The full-text index of the cache: a ticket's row has its `recency` as row id. Tickets that stand in `unindexed` have
 * no row.
 */

/** Before a ticket changes: what is in the index of it is no longer right. */
export function removeFromIndex(db: Connection, number: number, recency: number): void {
  const added = db.run('INSERT OR IGNORE INTO unindexed (number) VALUES (?)', number);
  if (added > 0) db.run('DELETE FROM search WHERE rowid = ?', recency);
}

/** A row of the index: its id, and a text for each column. */
export interface IndexRow {
  recency: number;
  columns: readonly (string | Uint8Array)[];
}

/** In any other order than that of its row ids the index writes each row by itself, which takes ten times as long. */
export function addToIndex(db: Connection, rows: readonly IndexRow[]): void {
  for (const { recency, columns } of rows.toSorted((a, b) => a.recency - b.recency)) {
    db.run(
      `INSERT INTO search (rowid, key, subject, requester, assignee, text, facets)
       VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT))`,
      recency,
      ...columns,
    );
  }
}

/** Makes these tickets searchable, as far as they are not. */
export function indexTickets(db: Connection, numbers: readonly number[]): void {
  const list = JSON.stringify(numbers);
  const rows = db.all(
    `SELECT number, recency, tickets.json AS ticket, timelines.json AS timeline
     FROM unindexed JOIN tickets USING (number) LEFT JOIN timelines USING (number)
     WHERE number IN (SELECT value FROM json_each(?))`,
    list,
  );
  addToIndex(db, rows.map(indexRow));
  db.run('DELETE FROM unindexed WHERE number IN (SELECT value FROM json_each(?))', list);
}

/** Makes some of the tickets that wait for it searchable; gives how many. */
export function indexSome(db: Connection, limit: number): number {
  const rows = db.all('SELECT number FROM unindexed ORDER BY number LIMIT ?', limit);
  indexTickets(
    db,
    rows.map((row) => integer(row, 'number')),
  );
  return rows.length;
}

/** Pages (4 kB) that are written at one time while parts of the index are merged: a few milliseconds. */
const mergedAtOnce = 200;

/**
 * Every batch is a part of its own, and each question asks all parts. The index could merge them while it is written,
 * but then whoever writes waits for it. Gives whether there was something to merge.
 */
export function mergeSome(db: Connection): boolean {
  const changes = () => integer(db.get('SELECT total_changes() AS changes'), 'changes');
  const before = changes();
  db.run(`INSERT INTO search (search, rank) VALUES ('merge', ?)`, mergedAtOnce);
  return changes() - before >= 2;
}

export function removeAccountFromIndex(db: Connection, accountId: string): void {
  db.run(
    `DELETE FROM search WHERE rowid IN (
       SELECT recency FROM tickets WHERE account_id = ? AND number NOT IN (SELECT number FROM unindexed))`,
    accountId,
  );
}

function indexRow(row: Row): IndexRow {
  const ticket = JSON.parse(text(row, 'ticket')) as Ticket;
  const entries = row.timeline === null ? [] : (JSON.parse(text(row, 'timeline')) as Entry[]);
  return { recency: integer(row, 'recency'), columns: searchRow(ticket, entries) };
}
