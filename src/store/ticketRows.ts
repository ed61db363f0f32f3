import type { TicketRef } from '../desk/ticket.ts';
import { integer, text, type Connection } from './connection.ts';
import { unpack, type PackedTickets, type UnpackedTicket } from './page.ts';
import { Recencies } from './recency.ts';
import { addToIndex, indexTickets, removeFromIndex, type IndexRow } from './searchIndex.ts';

/** A ticket as the cache has it. */
export interface Stored {
  number: number;
  recency: number;
  updatedAt: number;
  json: string;
}

export function stored(db: Connection, ref: TicketRef): Stored | undefined {
  const row = db.get(
    'SELECT number, recency, updated_at, json FROM tickets WHERE account_id = ? AND id = ?',
    ref.accountId,
    ref.id,
  );
  return (
    row && {
      number: integer(row, 'number'),
      recency: integer(row, 'recency'),
      updatedAt: integer(row, 'updated_at'),
      json: text(row, 'json'),
    }
  );
}

/**
 * Writes tickets and makes them searchable; those without a timeline keep theirs. The last one counts where a ticket is
 * there twice.
 */
export function putTickets(db: Connection, packed: PackedTickets): void {
  const { accountId } = packed;
  const recencies = new Recencies(db);
  const changed: number[] = [];
  let made: IndexRow[] = [];
  for (const ticket of unpack(packed)) {
    const recency = recencies.next(ticket.updatedAt);
    const number = insertTicket(db, accountId, ticket, recency);
    if (number === undefined) {
      addToIndex(db, made);
      made = [];
      changed.push(...replaceTicket(db, accountId, ticket, recency));
    } else {
      putTimeline(db, number, ticket);
      made.push({ recency, columns: ticket.search });
    }
  }
  addToIndex(db, made);
  indexTickets(db, changed);
}

/** What is the rule when many come: a ticket that is new. Gives its number, and nothing if it is not new. */
function insertTicket(
  db: Connection,
  accountId: string,
  ticket: UnpackedTicket,
  recency: number,
): number | undefined {
  return db.insert(
    `INSERT INTO tickets (account_id, id, key, active, mine, team, assigned, due_at, rank, created_at, updated_at,
       recency, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))
     ON CONFLICT (account_id, id) DO NOTHING`,
    accountId,
    ticket.id,
    ...looked(ticket),
    recency,
    ticket.json,
  );
}

/** Gives the number of a ticket of which anything is another now: what it is found by is to be looked at again. */
function replaceTicket(db: Connection, accountId: string, ticket: UnpackedTicket, free: number): number[] {
  const before = stored(db, { accountId, id: ticket.id });
  if (before === undefined) throw new Error('A ticket that is in the way is not there.');
  const { number } = before;
  const { timeline } = ticket;
  const same = sameText(before.json, ticket.json);
  if (same && (!timeline || sameText(storedTimeline(db, number), timeline.json))) return [];
  removeFromIndex(db, number, before.recency);
  putTimeline(db, number, ticket);
  if (!same) {
    db.run(
      `UPDATE tickets SET key = ?, active = ?, mine = ?, team = ?, assigned = ?, due_at = ?, rank = ?, created_at = ?,
         updated_at = ?, recency = ?, json = CAST(? AS TEXT)
       WHERE number = ?`,
      ...looked(ticket),
      before.updatedAt === ticket.updatedAt ? before.recency : free,
      ticket.json,
      number,
    );
  }
  return [number];
}

/** The columns from `key` to `updated_at`. */
function looked(ticket: UnpackedTicket) {
  return [
    ticket.key,
    ticket.active,
    ticket.mine,
    ticket.team ?? null,
    ticket.assigned,
    ticket.dueAt,
    ticket.rank,
    ticket.createdAt,
    ticket.updatedAt,
  ];
}

function putTimeline(db: Connection, number: number, { timeline }: UnpackedTicket): void {
  if (!timeline) return;
  db.run(
    `INSERT INTO timelines (number, requester_at, json) VALUES (?, ?, CAST(? AS TEXT))
     ON CONFLICT (number) DO UPDATE SET json = excluded.json, requester_at = excluded.requester_at`,
    number,
    timeline.requesterAt,
    timeline.json,
  );
}

function storedTimeline(db: Connection, number: number): string | undefined {
  const row = db.get('SELECT json FROM timelines WHERE number = ?', number);
  return row && text(row, 'json');
}

const decoder = new TextDecoder();

function sameText(before: string | undefined, bytes: Uint8Array): boolean {
  return before !== undefined && before === decoder.decode(bytes);
}
