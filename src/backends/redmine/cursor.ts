import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';

/**
 * Where a pull stands. Redmine tells changes by the second only, and a long transaction shows itself late. So all that
 * changed since `since`, a while before the latest change that was dealt with, is listed again each time, and `seen` are
 * those of it that were dealt with.
 */
const cursorSchema = v.object({
  since: v.number(),
  seen: v.array(
    v.object({
      id: v.number(),
      /** When it had changed. */
      at: v.number(),
      revision: v.string(),
      /** By our clock, when it was first found so: read within the second of a change, it is to be read again. */
      found: v.optional(v.number()),
    }),
  ),
  /** The open tickets of the scope that can be lost from it unnoticed. */
  held: v.array(v.number()),
  /** While the first listing is under way: the last ticket it gave, and how many came before. */
  after: v.optional(v.number()),
  offset: v.optional(v.number()),
});
export type Cursor = v.InferOutput<typeof cursorSchema>;
export type Seen = Cursor['seen'][number];

const overlapMs = 120_000;
const settledMs = 2_000;

export function parseCursor(text: string): Result<Cursor> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), text);
  return parsed.success
    ? ok(parsed.output)
    : fail({ reason: 'protocol', message: 'The place where the last sync ended is not known any more.' });
}

/** From when on changes are listed again, when the latest that is known is of `newest`. */
export function sinceFor(newest: Instant): Instant {
  return Math.max(0, newest - overlapMs);
}

/** What has been dealt with of the time that is listed again. */
export class Memory {
  readonly #seen: Map<number, Seen>;
  #newest: Instant;

  constructor(cursor: Cursor) {
    this.#seen = new Map(cursor.seen.map((one) => [one.id, one]));
    this.#newest = cursor.since + overlapMs;
  }

  knows(id: number): boolean {
    return this.#seen.has(id);
  }

  /** Was it read when it can't have changed unseen any more? */
  isSettled(id: number, at: Instant): boolean {
    const seen = this.#seen.get(id);
    return seen?.at === at && seen.found === undefined;
  }

  /** Takes in that it was read just now; is it new to us? */
  take(id: number, at: Instant, revision: string, now: Instant): boolean {
    const before = this.#seen.get(id);
    const same = before?.at === at;
    const found = same ? before.found : now;
    const settled = same && (found === undefined || now - found >= settledMs);
    this.#seen.set(id, { id, at, revision, ...(!settled && found !== undefined && { found }) });
    return before?.revision !== revision;
  }

  /** A change that is none of ours still moves the time on. */
  pass(at: Instant): void {
    this.#newest = Math.max(this.#newest, at);
  }

  get since(): Instant {
    return sinceFor(this.#newest);
  }

  /** Those that will be listed again; one second more, as Redmine begins early. */
  get seen(): Seen[] {
    return [...this.#seen.values()].filter(({ at }) => at >= this.since - 1_000);
  }
}
