import type { Instant } from '../desk/ticket.ts';
import type { Connection } from './connection.ts';

/**
 * Tickets are numbered in the order of their last change: each millisecond has room for so many, so that no two have
 * the same number.
 */
const perMillisecond = 1024;
const lastMillisecond = Math.floor(Number.MAX_SAFE_INTEGER / perMillisecond) - 1;

/** The first number of those that changed then. */
export function firstRecency(at: Instant): number {
  const millisecond = Number.isNaN(at) ? 0 : Math.trunc(Math.min(Math.max(at, 0), lastMillisecond));
  return millisecond * perMillisecond;
}

/** Gives out numbers that no ticket has, within one transaction. */
export class Recencies {
  readonly #db: Connection;
  /** The last one of a millisecond, by its first. */
  readonly #taken = new Map<number, number>();

  constructor(db: Connection) {
    this.#db = db;
  }

  next(updatedAt: Instant): number {
    let first = firstRecency(updatedAt);
    for (;;) {
      const next = (this.#taken.get(first) ?? this.#takenBefore(first)) + 1;
      if (next < first + perMillisecond) {
        this.#taken.set(first, next);
        return next;
      }
      first += perMillisecond;
    }
  }

  #takenBefore(first: number): number {
    const row = this.#db.get(
      'SELECT max(recency) AS taken FROM tickets WHERE recency >= ? AND recency < ?',
      first,
      first + perMillisecond,
    );
    return typeof row?.taken === 'number' ? row.taken : first - 1;
  }
}
