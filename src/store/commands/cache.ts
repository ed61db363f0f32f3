import { scopeKey } from '../../desk/scope.ts';
import type { Entry } from '../../desk/entry.ts';
import type { Ticket, TicketRef } from '../../desk/ticket.ts';
import type { StoreCommands } from '../api.ts';
import type { Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { TicketPacker, unpack } from '../page.ts';
import { removeAccountFromIndex, removeFromIndex } from '../searchIndex.ts';
import { putTickets, stored } from '../ticketRows.ts';

type CacheCommands = Pick<
  StoreCommands,
  | 'putPage'
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
    putPage: ({ scope, unchanged = [], cursor, ...packed }) =>
      cache.write((db) => {
        const { accountId } = packed;
        putTickets(db, packed);
        if (scope.kind === 'query') {
          const ticketIds = [...Array.from(unpack(packed), ({ id }) => id), ...unchanged];
          addMembers(db, { accountId, query: scope.query, ticketIds });
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
             ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?3
               WHERE holder = ?2 OR until <= ?4 OR until > ?3`,
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

function putTicket(db: Connection, ticket: Ticket, entries: readonly Entry[] | undefined): void {
  const packer = new TicketPacker();
  packer.add(ticket, entries);
  putTickets(db, packer.pack(ticket.accountId));
}

function dropTicket(db: Connection, ref: TicketRef): void {
  db.run('DELETE FROM query_members WHERE account_id = ? AND ticket_id = ?', ref.accountId, ref.id);
  const row = stored(db, ref);
  if (row === undefined) return;
  removeFromIndex(db, row.number, row.recency);
  db.run('DELETE FROM tickets WHERE number = ?', row.number);
}
