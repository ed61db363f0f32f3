import type { Draft, DraftFile } from '../desk/draft.ts';
import type { Entry } from '../desk/entry.ts';
import type { StoredLink } from '../desk/links.ts';
import type { Operation } from '../desk/operation.ts';
import type { Run } from '../desk/run.ts';
import { scopeKey } from '../desk/scope.ts';
import type { TicketPair } from '../desk/pair.ts';
import type { Query } from '../desk/query/query.ts';
import type { Ticket, TicketRef } from '../desk/ticket.ts';
import type { AccountState, SearchHit, StoreReader, TicketFilter } from './api.ts';
import { data, integer, text, type Row } from './connection.ts';
import { compileQuery, type QueryFacts } from './compileQuery.ts';
import { excerptOf } from './excerpt.ts';
import { localReader } from './localReader.ts';
import { ReadConnection } from './readConnection.ts';
import { cacheSchema, workSchema } from './schema.ts';
import { searchedText } from './searchText.ts';
import { queryFacts } from './queryFacts.ts';

/** Reads the databases in a folder, whether they are there yet or not. `onDamage` is told when one can't be read. */
export function createReader(folder: string, onDamage: () => void = () => undefined): StoreReader {
  const cache = new ReadConnection(folder, cacheSchema, onDamage);
  const work = new ReadConnection(folder, workSchema, onDamage);
  const facts = queryFacts(cache, work);
  return {
    ...cacheReader(cache, facts),
    ...workReader(work),
    ...localReader(work),
    unseen: () => facts.unread(),
    version: () => `${cache.version()}/${work.version()}`,
    problem: () => work.problem() ?? cache.problem(),
    close: () => {
      cache.close();
      work.close();
    },
  };
}

type CacheReader = Pick<
  StoreReader,
  | 'tickets'
  | 'ticketIds'
  | 'countTickets'
  | 'ticket'
  | 'ticketsByKey'
  | 'ticketsByPrefix'
  | 'entries'
  | 'hasTimeline'
  | 'search'
  | 'unindexed'
  | 'accountState'
  | 'cursor'
  | 'scopes'
>;

function cacheReader(cache: ReadConnection, facts: QueryFacts): CacheReader {
  const timeline = 'FROM timelines JOIN tickets USING (number) WHERE account_id = ? AND id = ?';
  return {
    tickets: (filter) =>
      cache.read<Ticket[]>([], (db) => {
        const { where, values } = condition(filter, facts);
        const order = filter.order === 'urgent' ? 'due_at, rank, created_at' : 'recency DESC';
        const sql = `SELECT json FROM tickets ${where} ORDER BY ${order} LIMIT ? OFFSET ?`;
        return db.all(sql, ...values, filter.limit ?? -1, filter.offset ?? 0).map(ticketOf);
      }),
    countTickets: (filter) =>
      cache.read(0, (db) => {
        const { where, values } = condition(filter, facts);
        return integer(db.get(`SELECT count(*) AS count FROM tickets ${where}`, ...values), 'count');
      }),
    ticketIds: (filter) =>
      cache.read<TicketRef[]>([], (db) => {
        const { where, values } = condition(filter, facts);
        return db
          .all(`SELECT account_id, id FROM tickets ${where}`, ...values)
          .map((row) => ({ accountId: text(row, 'account_id'), id: text(row, 'id') }));
      }),
    ticket: (ref) =>
      cache.read<Ticket | undefined>(undefined, (db) => {
        const row = db.get('SELECT json FROM tickets WHERE account_id = ? AND id = ?', ref.accountId, ref.id);
        return row && ticketOf(row);
      }),
    ticketsByKey: (key) =>
      cache.read<Ticket[]>([], (db) =>
        db.all('SELECT json FROM tickets WHERE key = ? ORDER BY recency DESC', key).map(ticketOf),
      ),
    ticketsByPrefix: (prefix, limit) =>
      cache.read<Ticket[]>([], (db) =>
        db
          .all(
            'SELECT json FROM tickets WHERE key >= ?1 AND key < ?1 || char(0x10ffff) ORDER BY recency DESC LIMIT ?2',
            prefix,
            limit,
          )
          .map(ticketOf),
      ),
    entries: (ref) =>
      cache.read<Entry[]>([], (db) => {
        const row = db.get(`SELECT timelines.json ${timeline}`, ref.accountId, ref.id);
        return row === undefined ? [] : (data(row) as Entry[]);
      }),
    hasTimeline: (ref) =>
      cache.read(false, (db) => db.get(`SELECT 1 ${timeline}`, ref.accountId, ref.id) !== undefined),
    search: (query, limit) => {
      const { match, condition, values } = compileQuery(query, facts);
      if (match === undefined) {
        const where = condition ? `WHERE ${condition('recency')}` : '';
        const sql = `SELECT json FROM tickets ${where} ORDER BY recency DESC LIMIT ?`;
        return cache.read<SearchHit[]>([], (db) =>
          db.all(sql, ...values, limit).map((row) => ({ ticket: ticketOf(row), excerpt: '' })),
        );
      }
      const also = condition ? `AND ${condition('search.rowid')}` : '';
      return cache.read<SearchHit[]>([], (db) =>
        db
          .all(
            `SELECT tickets.json AS json, timelines.json AS timeline
             FROM search JOIN tickets ON tickets.recency = search.rowid LEFT JOIN timelines USING (number)
             WHERE search MATCH ? ${also} ORDER BY search.rowid DESC LIMIT ?`,
            match,
            ...values,
            limit,
          )
          .map((row) => ({ ticket: ticketOf(row), excerpt: excerptIn(row, query) })),
      );
    },
    unindexed: () =>
      cache.read(0, (db) => integer(db.get('SELECT count(*) AS count FROM unindexed'), 'count')),
    accountState: (accountId) =>
      cache.read<AccountState | undefined>(undefined, (db) => {
        const row = db.get('SELECT json FROM accounts WHERE account_id = ?', accountId);
        return row && (data(row) as AccountState);
      }),
    cursor: (accountId, scope) =>
      cache.read<string | undefined>(undefined, (db) => {
        const row = db.get(
          'SELECT cursor FROM cursors WHERE account_id = ? AND scope = ?',
          accountId,
          scopeKey(scope),
        );
        return row && text(row, 'cursor');
      }),
    scopes: (accountId) =>
      cache.read<string[]>([], (db) =>
        db.all('SELECT scope FROM cursors WHERE account_id = ?', accountId).map((row) => text(row, 'scope')),
      ),
  };
}

function ticketOf(row: Row): Ticket {
  return data(row) as Ticket;
}

function excerptIn({ timeline }: Row, query: Query): string {
  return typeof timeline === 'string' ? excerptOf(searchedText(JSON.parse(timeline) as Entry[]), query) : '';
}

function condition(filter: TicketFilter, facts: QueryFacts): { where: string; values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (filter.accountIds !== undefined) {
    // The plus keeps this from choosing the index: the order does that.
    parts.push('+account_id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.accountIds));
  }
  if (filter.active !== undefined) parts.push(filter.active ? 'active = 1' : 'active = 0');
  if (filter.mine !== undefined) parts.push(filter.mine ? 'mine = 1' : 'mine = 0');
  if (filter.teams !== undefined) {
    parts.push('team IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.teams));
  }
  if (filter.assigned !== undefined) parts.push(filter.assigned ? 'assigned = 1' : 'assigned = 0');
  if (filter.query !== undefined) {
    parts.push('(account_id, id) IN (SELECT account_id, ticket_id FROM query_members WHERE query = ?)');
    values.push(filter.query);
  }
  if (filter.fits !== undefined) {
    const compiled = compileQuery(filter.fits, facts);
    if (compiled.match !== undefined) {
      parts.push('recency IN (SELECT rowid FROM search WHERE search MATCH ?)');
      values.push(compiled.match);
    }
    if (compiled.condition) parts.push(compiled.condition('recency'));
    values.push(...compiled.values);
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

type WorkReader = Pick<
  StoreReader,
  | 'outbox'
  | 'operation'
  | 'draft'
  | 'draftFor'
  | 'drafts'
  | 'draftFiles'
  | 'file'
  | 'links'
  | 'linksOf'
  | 'linksTo'
  | 'run'
  | 'runs'
  | 'seenUntil'
  | 'told'
  | 'mutedUntil'
  | 'choice'
  | 'pairs'
>;

function workReader(work: ReadConnection): WorkReader {
  const links = (where: string, ...values: string[]): StoredLink[] =>
    work.read<StoredLink[]>([], (db) =>
      db
        .all(`SELECT json FROM links WHERE ${where} ORDER BY at, rowid`, ...values)
        .map((row) => data(row) as StoredLink),
    );
  const draft = (where: string, ...values: string[]): Draft | undefined =>
    work.read<Draft | undefined>(undefined, (db) => {
      const row = db.get(`SELECT json FROM drafts WHERE ${where} ORDER BY saved_at DESC LIMIT 1`, ...values);
      return row && (data(row) as Draft);
    });
  return {
    outbox: () =>
      work.read<Operation[]>([], (db) =>
        db
          .all(`SELECT json FROM operations WHERE state <> 'confirmed' ORDER BY rowid`)
          .map((row) => data(row) as Operation),
      ),
    operation: (id) =>
      work.read<Operation | undefined>(undefined, (db) => {
        const row = db.get('SELECT json FROM operations WHERE id = ?', id);
        return row && (data(row) as Operation);
      }),
    draft: (id) => draft('id = ?', id),
    draftFor: (kind, ref) =>
      draft('account_id = ? AND ticket_id = ? AND kind = ?', ref.accountId, ref.id, kind),
    drafts: () =>
      work.read<Draft[]>([], (db) =>
        db.all('SELECT json FROM drafts ORDER BY saved_at DESC').map((row) => data(row) as Draft),
      ),
    draftFiles: (draftId) =>
      work.read<DraftFile[]>([], (db) =>
        db
          .all('SELECT json FROM files WHERE draft_id = ? ORDER BY rowid', draftId)
          .map((row) => data(row) as DraftFile),
      ),
    file: (id) =>
      work.read<Uint8Array | undefined>(undefined, (db) => {
        const bytes = db.get('SELECT bytes FROM files WHERE id = ?', id)?.bytes;
        return bytes instanceof Uint8Array ? bytes : undefined;
      }),
    linksOf: (ref) => links('account_id = ? AND ticket_id = ?', ref.accountId, ref.id),
    links: () => links('true'),
    linksTo: ({ id, path }) =>
      id === undefined
        ? links('path = ?', path)
        : links('document_id = ? OR (document_id IS NULL AND path = ?)', id, path),
    run: (id) =>
      work.read<Run | undefined>(undefined, (db) => {
        const row = db.get('SELECT json FROM runs WHERE id = ?', id);
        return row && (data(row) as Run);
      }),
    runs: (of) =>
      work.read<Run[]>([], (db) => {
        const [where, ...values] =
          of === 'open' ? [`state = 'open'`] : ['account_id = ? AND ticket_id = ?', of.accountId, of.id];
        const sql = `SELECT json FROM runs WHERE ${where} ORDER BY started_at DESC, rowid DESC`;
        return db.all(sql, ...values).map((row) => data(row) as Run);
      }),
    told: (keys) =>
      work.read(new Map<string, number>(), (db) => {
        const sql = 'SELECT key, at FROM told WHERE key IN (SELECT value FROM json_each(?))';
        return new Map(
          db.all(sql, JSON.stringify(keys)).map((row) => [text(row, 'key'), integer(row, 'at')]),
        );
      }),
    mutedUntil: (ref) =>
      work.read<number | undefined>(undefined, (db) => {
        const sql = 'SELECT until FROM muted WHERE account_id = ? AND ticket_id = ?';
        const row = db.get(sql, ref.accountId, ref.id);
        return row && integer(row, 'until');
      }),
    choice: (name) =>
      work.read<string | undefined>(undefined, (db) => {
        const row = db.get('SELECT value FROM choices WHERE name = ?', name);
        return row && text(row, 'value');
      }),
    pairs: () =>
      work.read<TicketPair[]>([], (db) =>
        db.all('SELECT json FROM pairs ORDER BY id').map((row) => data(row) as TicketPair),
      ),
    seenUntil: (ref: TicketRef) =>
      work.read<number | undefined>(undefined, (db) => {
        const row = db.get(
          'SELECT until FROM seen WHERE account_id = ? AND ticket_id = ?',
          ref.accountId,
          ref.id,
        );
        return row && integer(row, 'until');
      }),
  };
}
