import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { Scope } from '../../desk/scope.ts';
import type { PullPage } from '../backend.ts';
import { areaOf, type Area } from './area.ts';
import { perPage, understood, type RtClient } from './client.ts';
import type { People } from './people.ts';
import type { Queues } from './queues.ts';
import {
  changeSchema,
  itemSchema,
  listedTicketSchema,
  queueFields,
  ticketFields,
  ticketSchema,
  type RtTicket,
} from './schema.ts';
import type { Tickets } from './tickets.ts';

/**
 * Where a pull stands: every transaction up to `high` was dealt with. Databases number transactions before they
 * become visible, so one with a lower number can turn up late: `seen` are those within `overlap` of `high` that
 * were dealt with. While the first listing is under way, `after` is the last ticket it gave.
 */
const cursorSchema = v.object({
  high: v.number(),
  seen: v.array(v.number()),
  after: v.optional(v.number()),
});
type Cursor = v.InferOutput<typeof cursorSchema>;

const overlap = 200;
/** Tickets of a page of the first listing: few, so that the first ones are there soon. */
const firstPage = 25;
const batch = 50;
const mostPages = 100;
/** So many pages of nothing but hidden rows are still looked past. */
const mostEmpty = 3;

interface Problem {
  problem: string;
}

interface Change {
  ticketId: string;
  /** The last transaction on it. */
  last: number;
}

/** What is in a scope and what changed of it, by the numbers of transactions: RT's clock and time zones play no part. */
export class Puller {
  readonly #client: RtClient;
  readonly #people: People;
  readonly #queues: Queues;
  readonly #tickets: Tickets;
  readonly #known: (ticketId: string) => string | undefined;

  constructor(
    client: RtClient,
    people: People,
    queues: Queues,
    tickets: Tickets,
    known: (ticketId: string) => string | undefined,
  ) {
    this.#client = client;
    this.#people = people;
    this.#queues = queues;
    this.#tickets = tickets;
    this.#known = known;
  }

  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    const area = await areaOf(scope, this.#people, this.#queues, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    const start = cursor === undefined ? await this.#begin(area.value, signal) : parse(cursor);
    if (!start.ok) yield start;
    else if (start.value.after !== undefined)
      yield* this.#list(area.value, start.value, start.value.after, signal);
    else yield* this.#changes(area.value, start.value, signal);
  }

  /** The numbers of what is in a scope and still somebody's work. */
  async *members(scope: Scope, signal: AbortSignal): AsyncGenerator<Result<string[]>> {
    const area = await areaOf(scope, this.#people, this.#queues, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    for (let from = 0; ;) {
      const page = await this.#client.page(itemSchema, '/tickets', signal, {
        query: `${area.value.tickets} AND Status = '__Active__' AND id > ${from}`,
        orderby: 'id',
      });
      if (!page.ok) {
        yield page;
        return;
      }
      if (page.value.items.length === 0) return;
      const ids = page.value.items.map(({ id }) => id);
      from = Math.max(from, ...ids.map(Number));
      yield ok(ids);
    }
  }

  /** The newest transaction now: what happens while the first listing goes on comes after it. */
  async #begin({ transactions }: Area, signal: AbortSignal): Promise<Result<Cursor>> {
    const newest = await this.#transactions(transactions, 1, signal);
    if (!newest.ok) return newest;
    const high = newest.value.items[0]?.id ?? 0;
    const recent = await this.#since(`${transactions} AND id > ${high - overlap}`, high, signal);
    if (!recent.ok) return recent;
    return ok({ high, seen: recent.value.map(({ id }) => id).filter((id) => id <= high), after: 0 });
  }

  /** All that is in it, by number: a key that nothing moves. */
  async *#list(
    { tickets }: Area,
    start: Cursor,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    const { high, seen } = start;
    for (let from = after; ;) {
      const page = await this.#client.page(listedTicketSchema, '/tickets', signal, {
        query: `${tickets} AND id > ${from}`,
        orderby: 'id',
        fields: ticketFields,
        per_page: firstPage,
        ...expanded,
      });
      if (!page.ok) {
        yield page;
        return;
      }
      const rows = page.value.items.map((item) => understood(ticketSchema, item, `/ticket/${item.id}`));
      const listed = await this.#collect(
        rows.map((row) => ('problem' in row ? Promise.resolve(ok(row)) : this.#listed(row.value, signal))),
      );
      if (!listed.ok) {
        yield listed;
        return;
      }
      const done = page.value.items.length === 0;
      from = Math.max(from, ...page.value.items.map(({ id }) => Number(id)));
      yield ok({
        ...listed.value,
        cursor: JSON.stringify(done ? { high, seen } : { high, seen, after: from }),
      });
      if (done) return;
    }
  }

  /** An ended ticket is taken as listed: asking for each one's revision would be a request for every year's work. */
  async #listed(raw: RtTicket, signal: AbortSignal): Promise<Result<Ticket[] | Problem>> {
    for (const user of [raw.Owner, ...raw.Requestor]) if (user) this.#people.remember(user);
    if (raw.Resolved === undefined) return this.#current(raw.id, signal);
    const mapped = await this.#tickets.map(raw, `at ${raw.LastUpdated ?? 0}`, signal);
    return mapped.ok ? ok([mapped.value]) : mapped;
  }

  /** One ticket's own trouble is told and does not stop the rest; trouble with the server does. */
  async #collect(answers: Promise<Result<Ticket[] | Problem>>[]): Promise<Result<Omit<PullPage, 'cursor'>>> {
    const page: Omit<PullPage, 'cursor'> = { tickets: [], problems: [] };
    for (const answer of await Promise.all(answers)) {
      if (!answer.ok) return answer;
      if ('problem' in answer.value) page.problems.push(answer.value.problem);
      else page.tickets.push(...answer.value);
    }
    return ok(page);
  }

  async *#changes(
    { transactions }: Area,
    start: Cursor,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    const query = `${transactions} AND id > ${start.high - overlap}`;
    const rows = await this.#since(query, start.high, signal);
    if (!rows.ok) {
      yield rows;
      return;
    }
    const seen = new Set(start.seen);
    const fresh = rows.value.filter(({ id }) => id > start.high || !seen.has(id));
    let { high } = start;
    for (const part of batches(changed(fresh))) {
      const unread = part.filter((change) => !this.#isKnown(change));
      const page = await this.#collect(unread.map(({ ticketId }) => this.#current(ticketId, signal)));
      if (!page.ok) {
        yield page;
        return;
      }
      high = Math.max(high, ...part.map(({ last }) => last));
      const given = new Set(part.map(({ ticketId }) => ticketId));
      for (const { id, ObjectId } of rows.value) if (given.has(ObjectId)) seen.add(id);
      const recent = [...seen].filter((id) => id <= high && id > high - overlap);
      yield ok({
        ...page.value,
        unchanged: part.filter((change) => !unread.includes(change)).map(({ ticketId }) => ticketId),
        cursor: JSON.stringify({ high, seen: recent.sort((a, b) => a - b) }),
      });
    }
  }

  /** A revision is the number of the last transaction: the store may have this one through another scope. */
  #isKnown({ ticketId, last }: Change): boolean {
    return Number(this.#known(ticketId)) >= last;
  }

  /** A ticket that was merged is given as such, and the one it went into with it. */
  async #current(ticketId: string, signal: AbortSignal): Promise<Result<Ticket[] | Problem>> {
    const found = await this.#tickets.look(ticketId, signal);
    if (!found.ok) {
      const { reason } = found.error;
      if (reason !== 'not-found' && reason !== 'forbidden') return found;
      return ok({ problem: `RT-${ticketId} can't be seen any more.` });
    }
    if ('problem' in found.value) return ok(found.value);
    const { raw, ticket } = found.value;
    if (raw.id === ticketId) return ok([ticket]);
    const into = await this.#tickets.get(raw.id, signal);
    return into.ok ? ok([ticket, into.value.ticket]) : into;
  }

  /**
   * Newest first, until what was known before is reached: what is added meanwhile shifts rows to later pages, so
   * that none is missed. Rows we may not see are missing from a page, so that a short page is not the end.
   */
  async #since(
    query: string,
    known: number,
    signal: AbortSignal,
  ): Promise<Result<v.InferOutput<typeof changeSchema>[]>> {
    const rows: v.InferOutput<typeof changeSchema>[] = [];
    let empty = 0;
    for (let page = 1; page <= mostPages; page++) {
      const answer = await this.#transactions(query, page, signal);
      if (!answer.ok) return answer;
      const { items, count } = answer.value;
      rows.push(...items);
      empty = count === 0 ? empty + 1 : 0;
      const reached = count < perPage && items.some(({ id }) => id <= known);
      if (reached || (count === 0 && page === 1) || empty === mostEmpty) return ok(rows);
    }
    return fail({ reason: 'protocol', message: 'The list of changes does not end.' });
  }

  #transactions(query: string, page: number, signal: AbortSignal) {
    return this.#client.page(changeSchema, '/transactions', signal, {
      query,
      orderby: 'id',
      order: 'DESC',
      page,
      fields: 'ObjectId',
    });
  }
}

const expanded = {
  'fields[Queue]': queueFields,
  'fields[Owner]': 'Name,RealName,EmailAddress',
  'fields[Requestor]': 'Name,RealName,EmailAddress',
};

function parse(cursor: string): Result<Cursor> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), cursor);
  return parsed.success
    ? ok(parsed.output)
    : fail({ reason: 'protocol', message: 'The place where the last sync ended is not known any more.' });
}

/** The tickets that changed, the one that has been quiet longest first. */
function changed(rows: readonly v.InferOutput<typeof changeSchema>[]): Change[] {
  const last = new Map<string, number>();
  for (const { id, ObjectId } of rows) last.set(ObjectId, Math.max(id, last.get(ObjectId) ?? 0));
  return [...last].map(([ticketId, id]) => ({ ticketId, last: id })).sort((a, b) => a.last - b.last);
}

function* batches(changes: readonly Change[]): Generator<Change[]> {
  for (let from = 0; from < changes.length; from += batch) yield changes.slice(from, from + batch);
}
