import type { Instant } from './ticket.ts';

/** Milliseconds from then until now; `unknown` where the clock was put back meanwhile, so that nobody can tell. */
export function elapsed(then: Instant, now: Instant, unknown = Infinity): number {
  return now < then ? unknown : now - then;
}
