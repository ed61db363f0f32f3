import { elapsed } from '../../desk/elapsed.ts';
import type { Instant } from '../../desk/ticket.ts';

/** Where the clock was put back since: so far a new ticket is looked for. */
const longAgo = 24 * 60 * 60 * 1000;

/** Milliseconds since a step was sent. */
export function sentAgo(sentAt: Instant, now: Instant): number {
  return elapsed(sentAt, now, longAgo);
}
