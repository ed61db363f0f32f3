import type { Entry } from '../../desk/entry.ts';
import { scopeKey } from '../../desk/scope.ts';
import { isActive, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import { dueAt } from '../../desk/urgency.ts';
import type { StoreCommands } from '../api.ts';
import { integer, text, type Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { searchedPeople, searchedText } from '../searchText.ts';

type CacheCommands = Pick<
  StoreCommands,
  | 'putPage'
  | 'putMembers'
  | 'keepScopes'
  | 'putTimeline'
  | 'putTicket'
  | 'dropTicket'
  | 'putAccountState'
  | 'takeLease'
  | 'releaseLease'
>;

export function cacheCommands(cache: Database): CacheCommands {
  return {
    putPage: ({ accountId, scope, tickets, timelines, unchanged = [], cursor }) =>
      cache.write((db) => {
        const timelineOf = new Map(timelines.map(({ ticketId, entries }) => [ticketId, entries]));
        for (const ticket of tickets) putTicket(db, ticket, timelineOf.get(ticket.id));
        if (scope.kind === 'query') {
          const found = [...tickets.map(({ id }) => id), ...unchanged];
          addMembers(db, { accountId, query: scope.query, ticketIds: found });
        }
        db.run(
          `INSERT INTO cursors (account_id, scope, cursor) VALUES (?, ?, ?)
           ON CONFLICT (account_id, scope) DO UPDATE SET cursor = excluded.cursor WHERE cursor <> excluded.cursor`,
          accountId,
          scopeKey(scope),
          cursor,
        );
      }),

    putMembers: (members) =>
      cache.write((db) => {
        db.run(
          `DELETE FROM query_members WHERE account_id = ? AND query = ?
             AND ticket_id NOT IN (SELECT value FROM json_each(?))`,
          members.accountId,
          members.query,
          JSON.stringify(members.ticketIds),
        );
        addMembers(db, members);
      }),

    keepScopes: ({ accountId, scopes }) =>
      cache.write((db) => {
        const queries = scopes.flatMap((scope) => (scope.kind === 'query' ? [scope.query] : []));
        db.run(
          'DELETE FROM cursors WHERE account_id = ? AND scope NOT IN (SELECT value FROM json_each(?))',
          accountId,
          JSON.stringify(scopes.map(scopeKey)),
        );
        db.run(
          'DELETE FROM query_members WHERE account_id = ? AND query NOT IN (SELECT value FROM json_each(?))',
          accountId,
          JSON.stringify(queries),
        );
      }),

    putTimeline: ({ ticket, entries }) => cache.write((db) => putTicket(db, ticket, entries)),
    putTicket: (ticket) => cache.write((db) => putTicket(db, ticket, undefined)),

    dropTicket: (ref) =>
      cache.write((db) => {
        const row = stored(db, ref);
        if (row === undefined) return;
        db.run('DELETE FROM search WHERE rowid = ?', row.recency);
        db.run('DELETE FROM tickets WHERE number = ?', row.number);
        db.run('DELETE FROM query_members WHERE account_id = ? AND ticket_id = ?', ref.accountId, ref.id);
      }),

    putAccountState: (state) =>
      cache.write((db) => {
        db.run(
          'INSERT INTO accounts (account_id, json) VALUES (?, ?) ON CONFLICT (account_id) DO UPDATE SET json = excluded.json',
          state.accountId,
          JSON.stringify(state),
        );
      }),

    takeLease: ({ name, holder, until, now }) =>
      cache.write(
        (db) =>
          db.run(
            `INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?3 WHERE holder = ?2 OR until <= ?4`,
            name,
            holder,
            until,
            now,
          ) === 1,
        { quiet: true },
      ),

    releaseLease: ({ name, holder }) =>
      cache.write(
        (db) => {
          db.run('DELETE FROM leases WHERE name = ? AND holder = ?', name, holder);
        },
        { quiet: true },
      ),
  };
}

export function purgeCache(cache: Database, accountId: string): void {
  cache.write((db) => {
    db.run('DELETE FROM search WHERE rowid IN (SELECT recency FROM tickets WHERE account_id = ?)', accountId);
    for (const table of ['tickets', 'accounts', 'cursors', 'query_members']) {
      db.run(`DELETE FROM ${table} WHERE account_id = ?`, accountId);
    }
  });
}

function addMembers(
  db: Connection,
  { accountId, query, ticketIds }: { accountId: string; query: string; ticketIds: readonly string[] },
): void {
  db.run(
    'INSERT INTO query_members (account_id, query, ticket_id) SELECT ?, ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    accountId,
    query,
    JSON.stringify(ticketIds),
  );
}

interface Stored {
  number: number;
  recency: number;
  updatedAt: number;
  json: string;
}

function stored(db: Connection, ref: TicketRef): Stored | undefined {
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

/** Writes a ticket and its place in the index; without `entries` its timeline stays what it was. */
function putTicket(db: Connection, ticket: Ticket, entries: readonly Entry[] | undefined): void {
  const before = stored(db, ticket);
  const json = JSON.stringify(ticket);
  const recency = before?.updatedAt === ticket.updatedAt ? before.recency : freeRecency(db, ticket.updatedAt);
  const searched = [ticket.key, ticket.subject, searchedPeople(ticket)];
  if (before === undefined) {
    db.run(
      'INSERT INTO search (rowid, key, subject, people, text) VALUES (?, ?, ?, ?, ?)',
      recency,
      ...searched,
      '',
    );
  } else if (before.json !== json) {
    db.run(
      'UPDATE search SET rowid = CAST(? AS INTEGER), key = ?, subject = ?, people = ? WHERE rowid = ?',
      recency,
      ...searched,
      before.recency,
    );
  }
  if (before?.json !== json) {
    db.run(
      `INSERT INTO tickets (account_id, id, key, active, mine, team, assigned, due_at, rank, created_at, updated_at, recency, json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (account_id, id) DO UPDATE SET key = excluded.key, active = excluded.active, mine = excluded.mine,
         team = excluded.team, assigned = excluded.assigned, due_at = excluded.due_at, rank = excluded.rank, created_at = excluded.created_at,
         updated_at = excluded.updated_at, recency = excluded.recency, json = excluded.json`,
      ticket.accountId,
      ticket.id,
      ticket.key,
      Number(isActive(ticket)),
      Number(ticket.mine),
      ticket.team ?? null,
      Number(ticket.assignee !== undefined),
      Math.min(dueAt(ticket), Number.MAX_SAFE_INTEGER),
      ticket.priority.rank,
      ticket.createdAt,
      ticket.updatedAt,
      recency,
      json,
    );
  }
  if (entries !== undefined) putTimeline(db, ticket, recency, entries);
}

function putTimeline(db: Connection, ref: TicketRef, recency: number, entries: readonly Entry[]): void {
  const changed = db.run(
    `INSERT INTO timelines (number, requester_at, json) SELECT number, ?4, ?3 FROM tickets WHERE account_id = ?1 AND id = ?2
     ON CONFLICT (number) DO UPDATE SET json = excluded.json, requester_at = excluded.requester_at
       WHERE json <> excluded.json`,
    ref.accountId,
    ref.id,
    JSON.stringify(entries),
    entries.findLast((entry) => entry.fromRequester)?.at ?? 0,
  );
  if (changed > 0) db.run('UPDATE search SET text = ? WHERE rowid = ?', searchedText(entries), recency);
}

const perMillisecond = 1024;
const lastMillisecond = Number.MAX_SAFE_INTEGER / perMillisecond - 1;

/** A number that no other ticket has, in the order of the last change: room for many within the same millisecond. */
function freeRecency(db: Connection, updatedAt: number): number {
  const millisecond = Number.isFinite(updatedAt)
    ? Math.trunc(Math.min(Math.max(updatedAt, 0), lastMillisecond))
    : 0;
  let first = millisecond * perMillisecond;
  for (;;) {
    const row = db.get(
      'SELECT max(recency) AS taken FROM tickets WHERE recency >= ? AND recency < ?',
      first,
      first + perMillisecond,
    );
    const next = typeof row?.taken === 'number' ? row.taken + 1 : first;
    if (next < first + perMillisecond) return next;
    first += perMillisecond;
  }
}
