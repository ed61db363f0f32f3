import type { TicketRef } from '../desk/ticket.ts';
import { integer, text, type Connection } from './connection.ts';
import type { PackedTicket, PackedTickets } from './page.ts';
import { firstRecency, freeRecency, perMillisecond } from './recency.ts';
import { noteUnindexed, removeFromIndex } from './searchIndex.ts';

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

/** Writes tickets; those without a timeline keep theirs. Gives the numbers of those that have to be indexed anew. */
export function putTickets(db: Connection, { accountId, tickets, text: bytes }: PackedTickets): number[] {
  const changed: number[] = [];
  let made: number[] = [];
  let start = 0;
  const cut = (end: number): Uint8Array => {
    const part = bytes.subarray(start, end);
    start = end;
    return part;
  };
  for (const ticket of tickets) {
    const json = cut(ticket.end);
    const timeline = ticket.timeline && { ...ticket.timeline, json: cut(ticket.timeline.end) };
    let number = insertTicket(db, accountId, ticket, json);
    if (number !== undefined) made.push(number);
    else {
      // A page may hold a ticket twice.
      noteUnindexed(db, made);
      made = [];
      number = replaceTicket(db, accountId, ticket, json, timeline?.json);
    }
    if (number === undefined) continue;
    if (timeline) putTimeline(db, number, timeline.requesterAt, timeline.json);
    changed.push(number);
  }
  noteUnindexed(db, made);
  return changed;
}

/** One statement for what is the rule when many come: a ticket that is new. Gives nothing if it is not. */
function insertTicket(
  db: Connection,
  accountId: string,
  ticket: PackedTicket,
  json: Uint8Array,
): number | undefined {
  const first = firstRecency(ticket.updatedAt);
  return db.insert(
    `INSERT INTO tickets (account_id, id, key, active, mine, team, assigned, due_at, rank, created_at, updated_at,
       recency, json)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, free, CAST(?12 AS TEXT)
     FROM (SELECT coalesce(max(recency) + 1, ?13) AS free FROM tickets WHERE recency >= ?13 AND recency < ?14)
     WHERE free < ?14
     ON CONFLICT (account_id, id) DO NOTHING`,
    accountId,
    ticket.id,
    ...looked(ticket),
    json,
    first,
    first + perMillisecond,
  );
}

/** Gives the ticket's number if anything of it is another now. */
function replaceTicket(
  db: Connection,
  accountId: string,
  ticket: PackedTicket,
  json: Uint8Array,
  timeline: Uint8Array | undefined,
): number | undefined {
  const before = stored(db, { accountId, id: ticket.id });
  const same = before !== undefined && sameText(before.json, json);
  if (same && (timeline === undefined || sameText(storedTimeline(db, before.number), timeline)))
    return undefined;
  if (before) removeFromIndex(db, before.number, before.recency);
  if (same) return before.number;
  const recency = before?.updatedAt === ticket.updatedAt ? before.recency : freeRecency(db, ticket.updatedAt);
  const row = db.get(
    `INSERT INTO tickets (account_id, id, key, active, mine, team, assigned, due_at, rank, created_at, updated_at,
       recency, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))
     ON CONFLICT (account_id, id) DO UPDATE SET key = excluded.key, active = excluded.active, mine = excluded.mine,
       team = excluded.team, assigned = excluded.assigned, due_at = excluded.due_at, rank = excluded.rank,
       created_at = excluded.created_at, updated_at = excluded.updated_at, recency = excluded.recency,
       json = excluded.json
     RETURNING number`,
    accountId,
    ticket.id,
    ...looked(ticket),
    recency,
    json,
  );
  const number = integer(row, 'number');
  if (!before) noteUnindexed(db, [number]);
  return number;
}

/** The columns from `key` to `updated_at`. */
function looked(ticket: PackedTicket) {
  return [
    ticket.key,
    Number(ticket.active),
    Number(ticket.mine),
    ticket.team ?? null,
    Number(ticket.assigned),
    ticket.dueAt,
    ticket.rank,
    ticket.createdAt,
    ticket.updatedAt,
  ];
}

function putTimeline(db: Connection, number: number, requesterAt: number, json: Uint8Array): void {
  db.run(
    `INSERT INTO timelines (number, requester_at, json) VALUES (?, ?, CAST(? AS TEXT))
     ON CONFLICT (number) DO UPDATE SET json = excluded.json, requester_at = excluded.requester_at`,
    number,
    requesterAt,
    json,
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
