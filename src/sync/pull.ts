import type { PullPage } from '../backends/backend.ts';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import type { Scope } from '../desk/scope.ts';
import type { TicketRef } from '../desk/ticket.ts';
import type { StoreReader } from '../store/api.ts';
import { pagesOf } from './answer.ts';
import { Intake, type IntakeDeps } from './intake.ts';
import type { Link } from './sessions.ts';

export interface PullDeps extends IntakeDeps {
  reader: StoreReader;
}

/** What a pull that went through found. */
export interface Pulled {
  /** What is the user's to work on and changed, or whose answer was overtaken: their timelines have to be read. */
  changed: TicketRef[];
}

/**
 * Brings what changed into the store, each page with the cursor that follows it. The next pages are fetched while some
 * are written. Stopped anywhere, the next pull goes on where this one was: `leaveOut` is told at once of what it left out.
 */
export async function pull(
  deps: PullDeps,
  accountId: string,
  { backend }: Link,
  scope: Scope,
  signal: AbortSignal,
  leaveOut: (problem: string) => void,
): Promise<Result<Pulled>> {
  const { reader, freshness } = deps;
  const unreadable = reader.problem();
  if (unreadable) return fail(unreadable);
  const cursor = reader.cursor(accountId, scope);
  const loops = new LoopDetector(cursor);
  const intake = new Intake(deps, accountId, scope);
  let watch = freshness.watch();
  let error: DeskError | undefined;

  for await (const page of pagesOf(backend.pull(scope, cursor, signal))) {
    if (!page.ok) {
      error = page.error;
      break;
    }
    const verdict = loops.judge(page.value);
    if (verdict === 'loop') {
      error = { reason: 'protocol', message: 'The ticketing system keeps sending the same page again.' };
      break;
    }
    page.value.problems.forEach(leaveOut);
    const asked = watch;
    watch = freshness.watch();
    if (verdict === 'repeated') {
      asked.end();
      continue;
    }
    const taken = await intake.take(page.value, asked);
    if (!taken.ok) {
      error = taken.error;
      break;
    }
  }
  watch.end();
  const written = await intake.finish();
  if (error) return fail(error);
  if (!written.ok) return written;
  if (signal.aborted) return fail({ reason: 'cancelled', message: 'The sync was stopped.' });
  return ok({ changed: intake.changed });
}

/** Tells a server that moves on from one that sends the same page for ever. */
class LoopDetector {
  readonly #cursors = new Set<string>();
  /** Of the pages that share the present cursor. */
  #versions = new Set<string>();
  #last: string | undefined;
  #repeated = false;

  constructor(start: string | undefined) {
    this.#last = start;
    if (start !== undefined) this.#cursors.add(start);
  }

  /**
   * A cursor may stay as it is: where nothing is new, and where more than a page shares one moment. Nothing new under the
   * same cursor is harmless once (that was the end); twice in a row, or back to an earlier cursor, is for ever.
   */
  judge({ cursor, tickets, unchanged = [] }: PullPage): 'new' | 'repeated' | 'loop' {
    const versions = [...tickets.map(({ id, revision }) => `${id}\n${revision}`), ...unchanged];
    if (cursor !== this.#last) {
      if (this.#cursors.has(cursor)) return 'loop';
      this.#cursors.add(cursor);
      this.#last = cursor;
      this.#versions = new Set(versions);
      this.#repeated = false;
      return 'new';
    }
    const isNew = versions.some((version) => !this.#versions.has(version));
    for (const version of versions) this.#versions.add(version);
    if (isNew) {
      this.#repeated = false;
      return 'new';
    }
    if (this.#repeated) return 'loop';
    this.#repeated = true;
    return 'repeated';
  }
}
