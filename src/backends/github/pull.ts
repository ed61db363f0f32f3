import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { PullPage } from '../backend.ts';
import { Areas, type Area, type Query } from './area.ts';
import { checked, perPage, type GitHubClient } from './client.ts';
import { revisionTime, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema, listedSchema } from './schema.ts';

const mostPages = 1_000;

/**
 * Where a pull stands: `from` is since when the next question asks, and `seen` are the revisions behind it that were dealt
 * with. `inside` are the issues that were given as in the scope: one that leaves it drops out of its list without a trace.
 * While the first listing is under way, `first` is when it began, by GitHub's clock.
 */
const cursorSchema = v.object({
  from: v.number(),
  seen: v.record(v.string(), v.string()),
  inside: v.array(v.string()),
  first: v.optional(v.number()),
});
type Cursor = v.InferOutput<typeof cursorSchema>;

/** Which page of the present time; `deepest` is how far the last round went, `fresh` whether this one found something. */
interface Turn {
  page: number;
  deepest: number;
  fresh: boolean;
}

interface Row {
  id: string;
  at: Instant;
  /** Absent for what can't be understood, and for pull requests, which GitHub lists among the issues. */
  ticket?: Ticket;
  problem?: string;
}

/** What is in a scope and what changed of it. Pages go by time of change, which only moves forward while we read. */
export class Puller {
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #areas: Areas;

  constructor(client: GitHubClient, people: People, issues: Issues) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#areas = new Areas(client, people, issues);
  }

  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    const start = parse(cursor);
    if (!start.ok) {
      yield start;
      return;
    }
    const area = await this.#areas.of(scope, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    const { holds } = area.value;
    let at = start.value;
    let turn: Turn = { page: 1, deepest: 0, fresh: false };
    for (let count = 0; count < mostPages; count++) {
      const listed = await this.#rows(area.value, at, turn.page, signal);
      if (!listed.ok) {
        yield listed;
        return;
      }
      const { rows, serverNow } = listed.value;
      const unseen = rows.filter(({ id, ticket }) => ticket && at.seen[id] !== ticket.revision);
      const tickets = unseen.flatMap(({ id, ticket }) =>
        ticket && (holds(ticket) || at.inside.includes(id)) ? [ticket] : [],
      );
      const problems = rows.flatMap(({ problem }) => problem ?? []);
      const begun: Cursor = at.first === 0 ? { ...at, first: serverNow } : at;
      const moved = move(begun, turn, rows, unseen, area.value);
      if (tickets.length > 0 || problems.length > 0 || moved.turn === undefined) {
        yield ok({ tickets, problems, cursor: JSON.stringify(moved.cursor) });
      }
      if (moved.turn === undefined) return;
      at = moved.cursor;
      turn = moved.turn;
    }
    yield fail({ reason: 'protocol', message: 'The list of issues does not end.' });
  }

  /** The numbers of what is in a scope; of a whole team's only what is open. */
  async *members(scope: Scope, signal: AbortSignal): AsyncGenerator<Result<string[]>> {
    const area = await this.#areas.of(scope, signal);
    if (!area.ok) {
      yield area;
      return;
    }
    for (let page = 1; page <= mostPages; page++) {
      const listed = await this.#read(area.value, area.value.members, page, signal);
      if (!listed.ok) {
        yield listed;
        return;
      }
      const { rows } = listed.value;
      yield ok(rows.flatMap(({ id, ticket }) => (ticket && area.value.holds(ticket) ? [id] : [])));
      if (rows.length < perPage) return;
    }
    yield fail({ reason: 'protocol', message: 'The list of issues does not end.' });
  }

  #rows(area: Area, at: Cursor, page: number, signal: AbortSignal) {
    const since = at.from > 0 ? new Date(at.from).toISOString().replace(/\.\d+Z$/, 'Z') : undefined;
    return this.#read(area, at.first === undefined ? area.changes(since) : area.all(since), page, signal);
  }

  async #read(
    { path }: Area,
    query: Query,
    page: number,
    signal: AbortSignal,
  ): Promise<Result<{ rows: Row[]; serverNow: Instant }>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const listed = await this.#client.page(path, signal, { ...query, page });
    if (!listed.ok) return listed;
    const rows: Row[] = [];
    for (const item of listed.value.items) {
      const row = checked(listedSchema, item, 'the list of issues');
      if (!row.ok) return row;
      rows.push(this.#row(row.value, item, me.value));
    }
    const serverNow = Date.parse(listed.value.headers.date ?? '');
    return ok({ rows, serverNow: Number.isNaN(serverNow) ? 0 : serverNow });
  }

  #row(listed: v.InferOutput<typeof listedSchema>, item: unknown, me: { id: string; name: string }): Row {
    const row = { id: String(listed.number), at: listed.updated_at };
    const read = checked(issueSchema, item, `issue ${listed.number}`);
    if (!read.ok) return { ...row, problem: read.error.message };
    return read.value.pull_request ? row : { ...row, ticket: this.#issues.map(read.value, me) };
  }
}

/**
 * What comes after a page; no `turn` at the end. Usually the time goes on, and the first page from there is next. Where
 * more than a page changed within the overlap the pages are turned; as rows shift meanwhile, they are gone through again
 * until nothing new is found, before the time goes on.
 */
function move(
  at: Cursor,
  turn: Turn,
  rows: readonly Row[],
  unseen: readonly Row[],
  { holds, overlapMs }: Area,
): { cursor: Cursor; turn?: Turn } {
  const isLast = rows.length < perPage;
  const fresh = turn.fresh || unseen.length > 0;
  const target = Math.max(at.from, ...rows.map((row) => row.at - overlapMs));
  const cursor = dealtWith(at, unseen, holds);
  if (!isLast && (turn.page < turn.deepest || target <= at.from)) {
    return { cursor, turn: { ...turn, page: turn.page + 1, fresh } };
  }
  if (turn.page > 1 && fresh) return { cursor, turn: { page: 1, deepest: turn.page, fresh: false } };
  if (!isLast) return { cursor: forget(cursor, target), turn: { page: 1, deepest: 0, fresh: false } };
  // What changed while the first listing went on is asked for once more, whoever it belongs to.
  const { first, ...rest } = cursor;
  return { cursor: forget(rest, first === undefined ? target : Math.max(1, first - overlapMs)) };
}

function dealtWith(at: Cursor, unseen: readonly Row[], holds: Area['holds']): Cursor {
  const inside = new Set(at.inside);
  const seen = { ...at.seen };
  for (const { id, ticket } of unseen) {
    if (ticket === undefined) continue;
    seen[id] = ticket.revision;
    if (holds(ticket)) inside.add(id);
    else inside.delete(id);
  }
  return { ...at, seen, inside: [...inside] };
}

function forget(cursor: Cursor, from: Instant): Cursor {
  const recent = Object.entries(cursor.seen).filter(([, revision]) => revisionTime(revision) >= from);
  return { ...cursor, from, seen: Object.fromEntries(recent) };
}

function parse(cursor: string | undefined): Result<Cursor> {
  if (cursor === undefined) return ok({ from: 0, seen: {}, inside: [], first: 0 });
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), cursor);
  return parsed.success
    ? ok(parsed.output)
    : fail({ reason: 'protocol', message: 'The place where the last sync ended is not known any more.' });
}
