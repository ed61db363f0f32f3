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

/** A new ticket. */
export function noteUnindexed(db: Connection, number: number): void {
  db.run('INSERT INTO unindexed (number) VALUES (?)', number);
}

export function indexTicket(db: Connection, number: number): void {
  for (const row of db.all(`${waiting} WHERE number = ?`, number)) indexRow(db, row);
}

/** Indexes some of the tickets that wait for it, the oldest first; gives how many. */
export function indexSome(db: Connection, limit: number): number {
  const rows = db.all(`${waiting} ORDER BY number LIMIT ?`, limit);
  for (const row of rows) indexRow(db, row);
  return rows.length;
}

export function removeAccountFromIndex(db: Connection, accountId: string): void {
  db.run(
    `DELETE FROM search WHERE rowid IN (
       SELECT recency FROM tickets WHERE account_id = ? AND number NOT IN (SELECT number FROM unindexed))`,
    accountId,
  );
}

const waiting = `
  SELECT number, recency, tickets.json AS ticket, timelines.json AS timeline
  FROM unindexed JOIN tickets USING (number) LEFT JOIN timelines USING (number)`;

function indexRow(db: Connection, row: Row): void {
  const ticket = JSON.parse(text(row, 'ticket')) as Ticket;
  const entries = row.timeline === null ? [] : (JSON.parse(text(row, 'timeline')) as Entry[]);
  db.run(
    'INSERT INTO search (rowid, key, subject, requester, assignee, text, facets) VALUES (?, ?, ?, ?, ?, ?, ?)',
    integer(row, 'recency'),
    ...searchRow(ticket, entries),
  );
  db.run('DELETE FROM unindexed WHERE number = ?', integer(row, 'number'));
}
