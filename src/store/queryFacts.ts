import type { TicketRef } from '../desk/ticket.ts';
import type { AccountState } from './api.ts';
import type { QueryFacts } from './compileQuery.ts';
import { data, text, type Row } from './connection.ts';
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

/** Tickets are in one database, what was seen of them in the other: it crosses as one text, and is looked up at one go. */
function unread(cache: ReadConnection, work: ReadConnection): TicketRef[] {
  const seen = work.read('[]', (db) =>
    text(
      db.get('SELECT json_group_array(json_array(account_id, ticket_id, until)) AS seen FROM seen'),
      'seen',
    ),
  );
  return cache.read<TicketRef[]>([], (db) =>
    db
      .all(
        `SELECT account_id, tickets.id AS ticket_id
         FROM json_each(?) AS seen
           CROSS JOIN tickets ON account_id = seen.value ->> 0 AND tickets.id = seen.value ->> 1
           JOIN timelines USING (number)
         WHERE active = 1 AND requester_at > seen.value ->> 2`,
        seen,
      )
      .map(refOf),
  );
}

function refOf(row: Row): TicketRef {
  return { accountId: text(row, 'account_id'), id: text(row, 'ticket_id') };
}
