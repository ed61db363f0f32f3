import type { Flag, Query, Test } from '../desk/query/query.ts';
import type { TicketRef } from '../desk/ticket.ts';
import { firstRecency } from './recency.ts';
import { anyFacet, beginningFacet, flagFacet, longestBeginning, nameFacet, wordFacet } from './facets.ts';

/** What a query asks besides the index. */
export interface QueryFacts {
  /** The people who are signed in. */
  me(): { accountId: string; personId: string }[];
  unread(): TicketRef[];
  withDocument(): TicketRef[];
  withDraft(): TicketRef[];
}

/** A query as SQL: an expression of the index for what words and facets decide, and a condition on row ids for the rest. */
export interface CompiledQuery {
  /** Absent if the index is not needed. */
  match?: string;
  /** `row` is where the row id is: `search.rowid` or `recency`. Absent if there is none. */
  condition?: (row: string) => string;
  /** For `condition`. */
  values: (string | number)[];
}

interface Condition {
  sql: (row: string) => string;
  values: (string | number)[];
}
/** What a test is made to: `match` where the index knows it. */
type Piece = { match: string } | Condition;

/** Nothing of what was typed is taken as syntax of SQL or of the index. */
export function compileQuery(query: Query, facts: QueryFacts): CompiledQuery {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const conditions: Condition[] = [];
  for (const clause of query.clauses) {
    const pieces = clause.flatMap(({ test, negated }) => {
      const piece = pieceOf(test, facts);
      return piece ? [{ piece, negated }] : [];
    });
    const [only] = pieces;
    if (only === undefined) continue;
    if (pieces.length === 1 && only.negated && 'match' in only.piece) unwanted.push(only.piece.match);
    else if (pieces.every(({ piece }) => 'match' in piece)) wanted.push(anyOf(pieces));
    else conditions.push(pieces.map(({ piece, negated }) => conditionOf(piece, negated)).reduce(or));
  }
  if (unwanted.length > 0 && wanted.length === 0) wanted.push(quoted(anyFacet));
  const positive = wanted.join(' AND ');
  const match = unwanted.length > 0 ? `(${positive}) NOT (${unwanted.join(' OR ')})` : positive;
  return {
    ...(match !== '' && { match }),
    ...(conditions.length > 0 && { condition: (row) => conditions.map(({ sql }) => sql(row)).join(' AND ') }),
    values: conditions.flatMap(({ values }) => values),
  };
}

function or(one: Condition, other: Condition): Condition {
  return { sql: (row) => `(${one.sql(row)} OR ${other.sql(row)})`, values: [...one.values, ...other.values] };
}

function anyOf(pieces: readonly { piece: Piece; negated: boolean }[]): string {
  const parts = pieces.flatMap(({ piece, negated }) => {
    if (!('match' in piece)) return [];
    return negated ? [`(${quoted(anyFacet)} NOT ${piece.match})`] : [piece.match];
  });
  return parts.length === 1 ? parts.join('') : `(${parts.join(' OR ')})`;
}

function conditionOf(piece: Piece, negated: boolean): Condition {
  const { sql, values } =
    'sql' in piece ? piece : among('SELECT rowid FROM search WHERE search MATCH ?', piece.match);
  return { sql: negated ? (row) => `NOT ${sql(row)}` : sql, values };
}

/** The plus keeps the index from being asked once for each of the rows. */
function among(select: string, ...values: (string | number)[]): Condition {
  return { sql: (row) => `(+${row} IN (${select}))`, values };
}

/** Nothing if there is nothing to look for. */
function pieceOf(test: Test, facts: QueryFacts): Piece | undefined {
  switch (test.type) {
    case 'words':
      return wordsPiece(test);
    case 'flag':
      return flagPiece(test.flag, facts);
    case 'channel':
      return { match: quoted(nameFacet('channel', test.channel)) };
    case 'tier':
      return { match: quoted(nameFacet('tier', String(test.tier))) };
    case 'account':
      return { match: either(test.ids.map((id) => quoted(nameFacet('account', id)))) };
    case 'me':
      return {
        match: either(
          facts
            .me()
            .map(
              ({ accountId, personId }) =>
                `(${quoted(nameFacet('account', accountId))} AND ${quoted(nameFacet(test.role, personId))})`,
            ),
        ),
      };
    case 'changed':
      return {
        sql: (row) => `(${row} >= ? AND ${row} < ?)`,
        values: [test.from, test.until].map((at, end) => firstRecency(at ?? (end ? Infinity : 0))),
      };
    case 'due':
      return among('SELECT recency FROM tickets WHERE active = 1 AND due_at < ?', test.before);
  }
}

function flagPiece(flag: Flag, facts: QueryFacts): Piece {
  if (flag === 'unread') return amongRefs(facts.unread());
  if (flag === 'document') return amongRefs(facts.withDocument());
  if (flag === 'draft') return amongRefs(facts.withDraft());
  return { match: quoted(flagFacet(flag)) };
}

function wordsPiece({ field, words, prefix }: Extract<Test, { type: 'words' }>): Piece | undefined {
  if (!/[\p{L}\p{N}]/u.test(words)) return undefined;
  const end = prefix ? ' *' : '';
  const isShort = prefix && words.length <= longestBeginning;
  switch (field) {
    case undefined:
      return {
        match: isShort ? either([quoted(words), quoted(beginningFacet(words))]) : quoted(words) + end,
      };
    case 'subject':
    case 'key':
    case 'requester':
    case 'assignee':
      return isShort ? undefined : { match: `${field} : ${quoted(words)}${end}` };
    case 'status':
    case 'team':
    case 'tag':
    case 'priority':
      return { match: quoted(wordFacet(field, words)) + end };
  }
}

function amongRefs(refs: readonly TicketRef[]): Piece {
  return among(
    `SELECT recency FROM json_each(?) JOIN tickets ON tickets.account_id = value ->> 0 AND tickets.id = value ->> 1`,
    JSON.stringify(refs.map(({ accountId, id }) => [accountId, id])),
  );
}

function either(matches: readonly string[]): string {
  return matches.length === 0 ? quoted(`${anyFacet}${anyFacet}`) : `(${matches.join(' OR ')})`;
}

function quoted(words: string): string {
  return `"${words.replace(/["\0]/g, ' ')}"`;
}
