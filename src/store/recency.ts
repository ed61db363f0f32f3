import type { Instant } from '../desk/ticket.ts';
import type { Connection } from './connection.ts';

/**
 * Tickets are numbered in the order of their last change: each millisecond has room for so many, so that no two have
 * the same number.
 */
export const perMillisecond = 1024;
const lastMillisecond = Math.floor(Number.MAX_SAFE_INTEGER / perMillisecond) - 1;

/** The first number of those that changed then. */
export function firstRecency(at: Instant): number {
  const millisecond = Number.isNaN(at) ? 0 : Math.trunc(Math.min(Math.max(at, 0), lastMillisecond));
  return millisecond * perMillisecond;
}

/** A number that no other ticket has. */
export function freeRecency(db: Connection, updatedAt: Instant): number {
  let first = firstRecency(updatedAt);
  for (;;) {
    const row = db.get(
      'SELECT max(recency) AS taken FROM tickets WHERE recency >= ? AND recency < ?',
      first,
      first + perMillisecond,
    );
    const next = typeof row?.taken === 'number' ? row.taken + 1 : first;
    if (next < first + perMillisecond) return next;
    first += perMillisecond;
  }
}
