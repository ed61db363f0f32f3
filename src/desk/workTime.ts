import type { Instant, TicketRef } from './ticket.ts';

/** The time worked on one ticket, as it is kept over reloads and restarts. */
export interface Counted {
  ref: TicketRef;
  key: string;
  /** Milliseconds that were counted before it was last started. */
  elapsed: number;
  /** Absent while it rests. */
  startedAt?: Instant;
}

/** A timer that ran longer at a stretch was forgotten. */
const longestStretch = 12 * 3_600_000;
const mostMinutes = 31 * 24 * 60;

/** Milliseconds counted up to `now`. */
export function elapsedAt(
  { elapsed, startedAt }: Pick<Counted, 'elapsed' | 'startedAt'>,
  now: Instant,
): number {
  const since = startedAt === undefined ? 0 : Math.max(0, Math.min(longestStretch, now - startedAt));
  return elapsed + since;
}

/** Begun minutes count; there is no log of none. */
export function minutesOf(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 60_000));
}

/** Minutes as people write them: `45`, `1:30`, `1h 30m`, `2h`, `90 min`. */
export function minutesIn(text: string): number | undefined {
  const typed = text.trim().toLowerCase();
  const [, hours, minutes] = /^(?:(\d{1,3})(?::|\s*h\s*))?(\d{1,5})?\s*(?:m|min)?$/.exec(typed) ?? [];
  if (hours === undefined && minutes === undefined) return undefined;
  if (typed.includes(':') && (minutes?.length !== 2 || Number(minutes) > 59)) return undefined;
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return total > 0 && total <= mostMinutes ? total : undefined;
}
