import { scopeKey } from '../../desk/scope.ts';
import { isActive, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import { dueAt } from '../../desk/urgency.ts';
import { integer, text, type Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { packTimeline, type PackedTimeline, type WriterCommands } from '../page.ts';
import { freeRecency } from '../recency.ts';
import { indexTickets, noteUnindexed, removeAccountFromIndex, removeFromIndex } from '../searchIndex.ts';

type CacheCommands = Pick<
  WriterCommands,
  | 'putPackedPage'
  | 'putMembers'
  | 'keepScopes'
  | 'putTimeline'
  | 'putTicket'
  | 'dropTickets'
  | 'putAccountState'
  | 'takeLease'
  | 'releaseLease'
>;

export function cacheCommands(cache: Database): CacheCommands {
  return {
    putPackedPage: ({ accountId, scope, tickets: packed, unchanged = [], cursor, index }) =>
      cache.write((db) => {
        const tickets = packed.map(({ json }) => JSON.parse(json) as Ticket);
        const changed = packed.flatMap(({ json, timeline }, at) => {
          const ticket = tickets[at];
          return ticket === undefined ? [] : putTicket(db, ticket, json, timeline);
        });
        if (index !== 'later') indexTickets(db, changed);
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

    putTimeline: ({ ticket, entries }) =>
      cache.write((db) =>
        indexTickets(db, putTicket(db, ticket, JSON.stringify(ticket), packTimeline(entries))),
      ),
    putTicket: (ticket) =>
      cache.write((db) => indexTickets(db, putTicket(db, ticket, JSON.stringify(ticket)))),

    dropTickets: (refs) =>
      cache.write((db) => {
        for (const ref of refs) dropTicket(db, ref);
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
    removeAccountFromIndex(db, accountId);
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

function dropTicket(db: Connection, ref: TicketRef): void {
  db.run('DELETE FROM query_members WHERE account_id = ? AND ticket_id = ?', ref.accountId, ref.id);
  const row = stored(db, ref);
  if (row === undefined) return;
  removeFromIndex(db, row.number, row.recency);
  db.run('DELETE FROM tickets WHERE number = ?', row.number);
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

/** Writes a ticket; without `timeline` its own stays what it was. Gives its number if it has to be indexed now. */
function putTicket(db: Connection, ticket: Ticket, json: string, timeline?: PackedTimeline): number[] {
  const before = stored(db, ticket);
  const same = before?.json === json;
  if (same && (timeline === undefined || timeline.json === storedTimeline(db, before.number))) return [];
  if (before) removeFromIndex(db, before.number, before.recency);
  const number = same ? before.number : putRow(db, ticket, json, before);
  if (!before) noteUnindexed(db, number);
  if (timeline) putTimeline(db, number, timeline);
  return [number];
}

function putRow(db: Connection, ticket: Ticket, json: string, before: Stored | undefined): number {
  const recency = before?.updatedAt === ticket.updatedAt ? before.recency : freeRecency(db, ticket.updatedAt);
  const row = db.get(
    `INSERT INTO tickets (account_id, id, key, active, mine, team, assigned, due_at, rank, created_at, updated_at,
       recency, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET key = excluded.key, active = excluded.active, mine = excluded.mine,
       team = excluded.team, assigned = excluded.assigned, due_at = excluded.due_at, rank = excluded.rank,
       created_at = excluded.created_at, updated_at = excluded.updated_at, recency = excluded.recency,
       json = excluded.json
     RETURNING number`,
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
  return integer(row, 'number');
}

function putTimeline(db: Connection, number: number, { json, requesterAt }: PackedTimeline): void {
  db.run(
    `INSERT INTO timelines (number, requester_at, json) VALUES (?, ?, ?)
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
