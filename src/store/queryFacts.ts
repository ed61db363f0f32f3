import type { TicketRef } from '../desk/ticket.ts';
import type { AccountState } from './api.ts';
import type { QueryFacts } from './compileQuery.ts';
import { data, integer, text, type Row } from './connection.ts';
import type { ReadConnection } from './readConnection.ts';

/** What queries ask of the user's own work, and of who is signed in. */
export function queryFacts(cache: ReadConnection, work: ReadConnection): QueryFacts {
  const refs = (sql: string): TicketRef[] => work.read<TicketRef[]>([], (db) => db.all(sql).map(refOf));
  return {
    me: () =>
      cache.read<ReturnType<QueryFacts['me']>>([], (db) =>
        db
          .all('SELECT json FROM accounts')
          .map((row) => data(row) as AccountState)
          .flatMap(({ accountId, me }) => (me ? [{ accountId, personId: me.id }] : [])),
      ),
    unread: () => unread(cache, work),
    withDocument: () => refs('SELECT DISTINCT account_id, ticket_id FROM links'),
    withDraft: () => refs('SELECT DISTINCT account_id, ticket_id FROM drafts WHERE ticket_id IS NOT NULL'),
  };
}

/** Tickets are in one database, what was seen of them in the other. */
function unread(cache: ReadConnection, work: ReadConnection): TicketRef[] {
  const seen = work.read<Row[]>([], (db) => db.all('SELECT account_id, ticket_id, until FROM seen'));
  return cache.read<TicketRef[]>([], (db) =>
    seen.flatMap((row) => {
      const ref = refOf(row);
      const newer = db.get(
        `SELECT 1 FROM timelines JOIN tickets USING (number)
         WHERE account_id = ? AND id = ? AND active = 1 AND requester_at > ?`,
        ref.accountId,
        ref.id,
        integer(row, 'until'),
      );
      return newer === undefined ? [] : [ref];
    }),
  );
}

function refOf(row: Row): TicketRef {
  return { accountId: text(row, 'account_id'), id: text(row, 'ticket_id') };
}
