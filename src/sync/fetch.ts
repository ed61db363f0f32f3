import type { Backend, Timeline } from '../backends/backend.ts';
import type { Result } from '../desk/errors.ts';
import { sameTicket, type TicketRef } from '../desk/ticket.ts';
import type { StoreWriter } from '../store/api.ts';
import { answerOf } from './answer.ts';
import type { Freshness } from './freshness.ts';

/** Times an answer may be overtaken by another before it is taken as it is. */
const patience = 3;

/**
 * Fetches a ticket's timeline into the store. A ticket that was merged into another leaves the store in favour of that
 * one; whether one that is not found is gone for good, the sweep finds out.
 */
export async function fetchTimeline(
  { writer, freshness }: { writer: StoreWriter; freshness: Freshness },
  backend: Backend,
  ref: TicketRef,
  signal: AbortSignal,
): Promise<Result<Timeline>> {
  for (let attempt = 1; ; attempt += 1) {
    const watch = freshness.watch();
    const timeline = await answerOf(() => backend.timeline(ref.id, signal));
    const overtaken = watch.overtaken(ref);
    watch.end();
    if (!timeline.ok) return timeline;
    if (overtaken && attempt < patience) continue;
    freshness.wrote(timeline.value.ticket);
    const put = await writer.run('putTimeline', timeline.value);
    if (!put.ok) return put;
    if (!sameTicket(timeline.value.ticket, ref)) await writer.run('dropTickets', [ref]);
    return timeline;
  }
}
