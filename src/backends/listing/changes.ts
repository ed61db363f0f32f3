import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Backend, PullPage } from '../backend.ts';

/** One row of a list. Without a ticket it is nothing of ours, or could not be understood. */
export interface Row {
  id: string;
  /** When it last changed, by the server. */
  at: Instant;
  ticket?: Ticket;
  problem?: string;
}

export interface RowPage {
  rows: Row[];
  /** There is none after it. */
  isLast: boolean;
  /** The server's clock; 0 if it does not tell. */
  serverNow: Instant;
}

type ReadPage = (page: number, signal: AbortSignal) => Promise<Result<RowPage>>;

/** A scope of a system that lists by time of change, oldest first. */
export interface ChangeList {
  /** All of it that changed at or after `from` (0: ever). */
  all: (from: Instant) => ReadPage;
  /** What changed at or after `from`: also what left the scope, where the system can tell. */
  changes: (from: Instant) => ReadPage;
  /** What is in it at present, in any order. */
  members: ReadPage;
  holds: (ticket: Ticket) => boolean;
  /** So far each question goes back: clocks are coarse, a change can become visible after a later one, indexes lag. */
  overlapMs: number;
}

/** A list that gives so many pages without getting anywhere does not end. */
const mostPages = 1_000;
/** Pages of what is in a scope, however small they are. */
const mostMemberPages = 100_000;
/** After so many pages the place is told, also where nothing on them was in the scope. */
const toldEvery = 20;

/**
 * Where a pull stands: `from` is since when the next question asks, and `seen` are the revisions behind it that were dealt
 * with, with their times. `inside` are the tickets that were given as in the scope: one that leaves it drops out of its
 * list without a trace. While the first listing is under way, `first` is when it began, by the server's clock.
 */
const cursorSchema = v.object({
  from: v.number(),
  seen: v.record(v.string(), v.tuple([v.string(), v.number()])),
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

/** Pulls a system that has a list of this sort for each scope. */
export function pullerOf(
  listOf: (scope: Scope, signal: AbortSignal) => Promise<Result<ChangeList>>,
): Pick<Backend, 'pull' | 'members'> {
  return {
    async *pull(scope, cursor, signal) {
      const list = await listOf(scope, signal);
      if (list.ok) yield* pullChanges(list.value, cursor, signal);
      else yield list;
    },
    async *members(scope, signal) {
      const list = await listOf(scope, signal);
      if (list.ok) yield* listMembers(list.value, signal);
      else yield list;
    },
  };
}

/** What changed of a list since `cursor`. The time of change only moves forward while we read, so that it is the key. */
async function* pullChanges(
  list: ChangeList,
  cursor: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Result<PullPage>> {
  const start = parse(cursor);
  if (!start.ok) {
    yield start;
    return;
  }
  let at = start.value;
  let turn: Turn = { page: 1, deepest: 0, fresh: false };
  for (let count = 1, idle = 0; idle < mostPages; count++, idle++) {
    const ask = at.first === undefined ? list.changes(at.from) : list.all(at.from);
    const listed = await ask(turn.page, signal);
    if (!listed.ok) {
      yield listed;
      return;
    }
    const { rows, serverNow } = listed.value;
    const unseen = rows.filter(({ id, ticket }) => ticket && at.seen[id]?.[0] !== ticket.revision);
    const tickets = unseen.flatMap(({ id, ticket }) =>
      ticket && (list.holds(ticket) || at.inside.includes(id)) ? [ticket] : [],
    );
    const problems = rows.flatMap(({ problem }) => problem ?? []);
    const begun: Cursor = at.first === 0 ? { ...at, first: serverNow } : at;
    const moved = move(begun, turn, listed.value, unseen, list);
    if (tickets.length > 0 || problems.length > 0 || moved.turn === undefined || count % toldEvery === 0) {
      yield ok({ tickets, problems, cursor: JSON.stringify(moved.cursor) });
    }
    if (moved.turn === undefined) return;
    if (moved.cursor.from > at.from) idle = 0;
    at = moved.cursor;
    turn = moved.turn;
  }
  yield endless();
}

/** The ids of what is in a list at present. */
async function* listMembers(
  { members, holds }: ChangeList,
  signal: AbortSignal,
): AsyncGenerator<Result<string[]>> {
  for (let page = 1; page <= mostMemberPages; page++) {
    const listed = await members(page, signal);
    if (!listed.ok) {
      yield listed;
      return;
    }
    const { rows, isLast } = listed.value;
    yield ok(rows.flatMap(({ id, ticket }) => (ticket && holds(ticket) ? [id] : [])));
    if (isLast) return;
  }
  yield endless();
}

/**
 * What comes after a page; no `turn` at the end. Usually the time goes on, and the first page from there is next. Where
 * more than a page changed within the overlap the pages are turned; as rows shift meanwhile, they are gone through again
 * until nothing new is found, before the time goes on.
 */
function move(
  at: Cursor,
  turn: Turn,
  { rows, isLast }: RowPage,
  unseen: readonly Row[],
  { holds, overlapMs }: ChangeList,
): { cursor: Cursor; turn?: Turn } {
  const fresh = turn.fresh || unseen.length > 0;
  const target = Math.max(at.from, ...rows.map((row) => row.at - overlapMs));
  const cursor = dealtWith(at, unseen, holds);
  if (!isLast && (turn.page < turn.deepest || target <= at.from)) {
    return { cursor, turn: { ...turn, page: turn.page + 1, fresh } };
  }
  if (turn.page > 1 && fresh) return { cursor, turn: { page: 1, deepest: turn.page, fresh: false } };
  if (!isLast) return { cursor: forget(cursor, target, rows), turn: { page: 1, deepest: 0, fresh: false } };
  // What changed while the first listing went on is asked for once more, whoever it belongs to.
  const { first, ...rest } = cursor;
  return { cursor: forget(rest, first === undefined ? target : Math.max(1, first - overlapMs), rows) };
}

function dealtWith(at: Cursor, unseen: readonly Row[], holds: ChangeList['holds']): Cursor {
  const inside = new Set(at.inside);
  const seen = { ...at.seen };
  for (const row of unseen) {
    if (row.ticket === undefined) continue;
    seen[row.id] = [row.ticket.revision, row.at];
    if (holds(row.ticket)) inside.add(row.id);
    else inside.delete(row.id);
  }
  return { ...at, seen, inside: [...inside] };
}

/** Goes on from there. What was listed though it is older, as where time is counted coarsely, will be listed again. */
function forget(cursor: Cursor, from: Instant, rows: readonly Row[]): Cursor {
  const listed = new Set(rows.map(({ id }) => id));
  const recent = Object.entries(cursor.seen).filter(([id, [, at]]) => at >= from || listed.has(id));
  return { ...cursor, from, seen: Object.fromEntries(recent) };
}

function parse(cursor: string | undefined): Result<Cursor> {
  if (cursor === undefined) return ok({ from: 0, seen: {}, inside: [], first: 0 });
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), cursor);
  return parsed.success
    ? ok(parsed.output)
    : fail({ reason: 'protocol', message: 'The place where the last sync ended is not known any more.' });
}

function endless() {
  return fail({ reason: 'protocol', message: 'The list does not end.' });
}
