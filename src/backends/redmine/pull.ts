import type { Entry } from '../../desk/entry.ts';
import { cancelled, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { PullPage } from '../backend.ts';
import type { GatewayRequest } from '../gateway.ts';
import { areaOf, type Area } from './area.ts';
import { filterTime, perPage, understood, type Page, type RedmineClient } from './client.ts';
import { Memory, parseCursor, sinceFor, type Cursor } from './cursor.ts';
import type { Lookups } from './lookups.ts';
import type { People } from './people.ts';
import { issueSchema, rowSchema, type RedmineIssue } from './schema.ts';
import { minutesOf, type Found, type Tickets } from './tickets.ts';
import type { Timelines } from './timeline.ts';
import type { InferOutput } from 'valibot';

type Query = NonNullable<GatewayRequest['query']>;
type Row = InferOutput<typeof rowSchema>;

/** Tickets of a page of the first listing: few, so that the first ones are there soon. */
const firstPage = 25;
const batch = 50;
const mostPages = 100;
/** Rows that a page repeats of the one before: so many may leave a list while it is read, without one being missed. */
const repeated = 10;

interface Looked {
  row: Row;
  found?: Found;
  entries?: Entry[];
  problem?: string;
  /** The store has it as it is. */
  unchanged?: boolean;
}

/** What is in a scope and what changed of it, by the server's own times: our clock plays no part. */
export class Puller {
  readonly #client: RedmineClient;
  readonly #lookups: Lookups;
  readonly #people: People;
  readonly #tickets: Tickets;
  readonly #timelines: Timelines;
  readonly #now: () => Instant;
  readonly #known: (ticketId: string) => string | undefined;

  constructor(
    parts: {
      client: RedmineClient;
      lookups: Lookups;
      people: People;
      tickets: Tickets;
      timelines: Timelines;
    },
    now: () => Instant,
    known: (ticketId: string) => string | undefined,
  ) {
    this.#client = parts.client;
    this.#lookups = parts.lookups;
    this.#people = parts.people;
    this.#tickets = parts.tickets;
    this.#timelines = parts.timelines;
    this.#now = now;
    this.#known = known;
  }

  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    const area = await areaOf(scope, this.#lookups, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    const start = cursor === undefined ? await this.#begin(area.value, signal) : parseCursor(cursor);
    if (!start.ok) yield start;
    else if (start.value.after === undefined) yield* this.#changes(area.value, start.value, signal);
    else yield* this.#list(area.value, start.value, signal);
  }

  /** The numbers of what is in a scope. */
  async *members(scope: Scope, signal: AbortSignal): AsyncGenerator<Result<string[]>> {
    const area = await areaOf(scope, this.#lookups, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    const active = { ...area.value, inside: { ...area.value.inside, ...area.value.active } };
    for (let after = 0, offset = 0; ;) {
      const page = await this.#inOrder(active, after, offset, perPage, signal);
      if (!page.ok) {
        yield page;
        return;
      }
      const { items, count } = page.value;
      yield ok(items.map(({ id }) => String(id)));
      if (count < perPage) return;
      after = Math.max(after, ...items.map(({ id }) => id));
      offset += count - repeated;
    }
  }

  /** The latest change now: what happens while the first listing goes on comes after it. */
  async #begin({ around }: Area, signal: AbortSignal): Promise<Result<Cursor>> {
    const newest = await this.#rows({ ...around, sort: 'updated_on:desc,id:desc', limit: 1 }, signal);
    if (!newest.ok) return newest;
    const since = sinceFor(newest.value.items[0]?.updated_on ?? 0);
    return ok({ since, seen: [], held: [], after: 0, offset: 0 });
  }

  /** All that is in it, by number: a key that nothing moves. */
  async *#list(area: Area, start: Cursor, signal: AbortSignal): AsyncGenerator<Result<PullPage>> {
    const memory = new Memory(start);
    const held = new Set(start.held);
    for (let after = start.after ?? 0, offset = start.offset ?? 0; ;) {
      const begun = this.#now();
      const page = await this.#inOrder(area, after, offset, firstPage, signal);
      if (!page.ok) {
        yield page;
        return;
      }
      const rows = page.value.items;
      const looked = await this.#lookAll(rows, signal, (row) => this.#listed(row, start.since, signal));
      if (!looked.ok) {
        yield looked;
        return;
      }
      for (const one of looked.value) this.#remember(one, memory, held, begun);
      const done = page.value.count < firstPage;
      after = Math.max(after, ...rows.map(({ id }) => id));
      offset += Math.max(1, page.value.count - repeated);
      yield ok({
        ...pageOf(looked.value),
        problems: [...page.value.problems, ...problemsOf(looked.value)],
        cursor: JSON.stringify({
          since: start.since,
          seen: memory.seen,
          held: [...held],
          ...(!done && { after, offset }),
        } satisfies Cursor),
      });
      if (done) return;
    }
  }

  async *#changes(area: Area, start: Cursor, signal: AbortSignal): AsyncGenerator<Result<PullPage>> {
    const begun = this.#now();
    const rows = await this.#since(area, start.since, signal);
    if (!rows.ok) {
      yield rows;
      return;
    }
    if (rows.value === undefined) {
      const again = await this.#begin(area, signal);
      if (again.ok) yield* this.#list(area, again.value, signal);
      else yield again;
      return;
    }
    const memory = new Memory(start);
    const held = new Set(start.held);
    const fresh: Row[] = [];
    for (const row of rows.value) {
      const concerns = await this.#concerns(area, row, held, signal);
      if (!concerns.ok) {
        yield concerns;
        return;
      }
      if (concerns.value && !memory.isSettled(row.id, row.updated_on)) fresh.push(row);
    }
    for (const part of batches(fresh)) {
      const looked = await this.#lookAll(part, signal, (row) => this.#changed(row, memory, signal));
      if (!looked.ok) {
        yield looked;
        return;
      }
      const given = looked.value.filter((one) => this.#remember(one, memory, held, begun));
      for (const { updated_on: at } of part) memory.pass(at);
      yield ok({
        ...pageOf(given),
        problems: problemsOf(looked.value),
        cursor: JSON.stringify({ since: memory.since, seen: memory.seen, held: [...held] } satisfies Cursor),
      });
    }
    const { since } = memory;
    for (const { updated_on: at } of rows.value) memory.pass(at);
    if (memory.since === since) return;
    // What is none of ours need not be listed again for ever.
    const cursor: Cursor = { since: memory.since, seen: memory.seen, held: [...held] };
    yield ok({ tickets: [], problems: [], cursor: JSON.stringify(cursor) });
  }

  /** Is it in the area, or was it until now? */
  async #concerns(
    { around, inside }: Area,
    row: Row,
    held: ReadonlySet<number>,
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    if (around === inside || held.has(row.id)) return ok(true);
    const read = understood(issueSchema, row.raw, `#${row.id}`);
    if ('problem' in read) return ok(true);
    return this.#people.isOurs(read.value.assigned_to?.id, read.value.id, signal);
  }

  /** An ended ticket is taken as listed: asking for each one's revision would be a request for every year's work. */
  async #listed(row: Row, since: Instant, signal: AbortSignal): Promise<Result<Looked>> {
    const read = understood(issueSchema, row.raw, `#${row.id}`);
    if ('problem' in read) return ok({ row, problem: read.problem });
    if (this.#isKnown(read.value)) return ok({ row, unchanged: true });
    if (!read.value.status.is_closed || row.updated_on >= since) return this.#look(row, signal);
    const ticket = await this.#tickets.map(read.value, `at ${row.updated_on}`, signal);
    return ticket.ok ? ok({ row, found: { raw: read.value, ticket: ticket.value } }) : ticket;
  }

  #changed(row: Row, memory: Memory, signal: AbortSignal): Promise<Result<Looked>> {
    const read = understood(issueSchema, row.raw, `#${row.id}`);
    const known = !memory.knows(row.id) && 'value' in read && this.#isKnown(read.value);
    return known ? Promise.resolve(ok({ row, unchanged: true })) : this.#look(row, signal);
  }

  /** The store may have it through another scope, as far as a list tells. */
  #isKnown(raw: RedmineIssue): boolean {
    const revision = this.#known(raw.id) ?? '';
    if (revision === `at ${raw.updated_on}`) return true;
    const [at, , minutes] = revision.split('.');
    return at === String(raw.updated_on) && minutes === String(minutesOf(raw.spent_hours ?? 0));
  }

  async #look(row: Row, signal: AbortSignal): Promise<Result<Looked>> {
    const found = await this.#tickets.look(String(row.id), signal);
    if (!found.ok) {
      const { reason } = found.error;
      if (reason !== 'not-found' && reason !== 'forbidden') return found;
      return ok({ row, problem: `#${row.id} can't be seen any more.` });
    }
    if ('problem' in found.value) return ok({ row, problem: found.value.problem });
    // The journals came along; only logged time would have to be asked for.
    if (!found.value.ticket.mine || found.value.raw.spent_hours) return ok({ row, found: found.value });
    const entries = await this.#timelines.entries(found.value, signal);
    return entries.ok ? ok({ row, found: found.value, entries: entries.value }) : entries;
  }

  /** One ticket's own trouble is told and does not stop the rest; trouble with the server does. */
  async #lookAll(
    rows: readonly Row[],
    signal: AbortSignal,
    look: (row: Row) => Promise<Result<Looked>>,
  ): Promise<Result<Looked[]>> {
    if (signal.aborted) return cancelled();
    const looked: Looked[] = [];
    for (const answer of await Promise.all(rows.map(look))) {
      if (!answer.ok) return answer;
      looked.push(answer.value);
    }
    return ok(looked);
  }

  /** Is it to be given? */
  #remember({ row, found, unchanged }: Looked, memory: Memory, held: Set<number>, begun: Instant): boolean {
    if (found === undefined) return unchanged === true;
    const { raw, ticket } = found;
    if (ticket.mine && !raw.status.is_closed) held.add(row.id);
    else held.delete(row.id);
    return memory.take(row.id, raw.updated_on, ticket.revision, begun);
  }

  /** A page in the order of numbers; where no filter can be added, by how many came before. */
  #inOrder(
    { inside, narrows }: Area,
    after: number,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<Result<Page<Row>>> {
    const from: Query = narrows ? { issue_id: `>=${after + 1}` } : { offset };
    return this.#rows({ ...inside, ...from, sort: 'id', limit }, signal);
  }

  /**
   * What changed since then, oldest first. It is read newest first: what changes meanwhile shifts rows to later pages,
   * so that none is missed. Nothing when it is so much that beginning anew is cheaper.
   */
  async #since(
    { around, narrows, ordered }: Area,
    since: Instant,
    signal: AbortSignal,
  ): Promise<Result<Row[] | undefined>> {
    const rows = new Map<number, Row>();
    const sort = 'updated_on:desc,id:desc';
    const from: Query = narrows && since > 0 ? { updated_on: `>=${filterTime(since)}` } : {};
    for (let page = 0, offset = 0; page < mostPages; page++) {
      const answer = await this.#rows({ ...around, ...from, sort, offset }, signal);
      if (!answer.ok) return answer;
      const { items, count } = answer.value;
      for (const row of items) {
        if (row.updated_on >= since && !rows.has(row.id)) rows.set(row.id, row);
      }
      if (count < perPage || (ordered && items.some(({ updated_on: at }) => at < since))) {
        return ok([...rows.values()].sort((a, b) => a.updated_on - b.updated_on || a.id - b.id));
      }
      offset += count - repeated;
    }
    return ok(undefined);
  }

  #rows(query: Query, signal: AbortSignal): Promise<Result<Page<Row>>> {
    return this.#client.page(rowSchema, '/issues', 'issues', signal, query);
  }
}

function pageOf(looked: readonly Looked[]): Omit<PullPage, 'cursor' | 'problems'> {
  return {
    tickets: looked.flatMap(({ found }) => found?.ticket ?? []),
    unchanged: looked.flatMap(({ row, unchanged }) => (unchanged === true ? [String(row.id)] : [])),
    timelines: looked.flatMap(({ row, entries }) =>
      entries === undefined ? [] : [{ ticketId: String(row.id), entries }],
    ),
  };
}

function problemsOf(looked: readonly Looked[]): string[] {
  return looked.flatMap(({ problem }) => problem ?? []);
}

function* batches(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += batch) yield rows.slice(from, from + batch);
}
