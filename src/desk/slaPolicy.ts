import type { SlaClock, SlaTarget } from './sla.ts';
import type { Instant, PriorityRank } from './ticket.ts';

/** Minutes of working time until the customer should have an answer, and until it should be solved. */
export interface SlaTargets {
  firstResponse: number;
  resolution: number;
}

/** When the desk works. Days count from Monday (1) to Sunday (7), times of day in minutes since midnight. */
export interface BusinessHours {
  /** IANA name of the zone the times are in. */
  zone: string;
  days: readonly number[];
  from: number;
  to: number;
  /** Days off, as `2026-12-25`. */
  holidays: readonly string[];
}

export interface SlaPolicy {
  targets: Readonly<Record<PriorityRank, SlaTargets>>;
  /** Absent: the clocks run day and night. */
  hours?: BusinessHours;
}

/**
 * Used where the user has not said otherwise: round the clock, as nobody's business hours can be guessed.
 * P1 15 min / 4 h, P2 1 h / 8 h, P3 4 h / 24 h, P4 8 h / 72 h.
 */
export const defaultSlaPolicy: SlaPolicy = {
  targets: {
    1: { firstResponse: 15, resolution: 4 * 60 },
    2: { firstResponse: 60, resolution: 8 * 60 },
    3: { firstResponse: 4 * 60, resolution: 24 * 60 },
    4: { firstResponse: 8 * 60, resolution: 72 * 60 },
  },
};

/** From when until when a ticket waited for somebody else; without `to` it still does. */
export interface Pause {
  from: Instant;
  to?: Instant;
}

/** What the clocks are computed from. */
export interface SlaFacts {
  createdAt: Instant;
  rank: PriorityRank;
  firstRespondedAt?: Instant;
  resolvedAt?: Instant;
  /** In order, not overlapping. */
  pauses: readonly Pause[];
}

/** How many minutes a zone is ahead of UTC at an instant. */
export type ZoneOffset = (instant: Instant) => number;

/**
 * Both clocks of a ticket. Pauses stop the resolution clock only: waiting for the requester does not answer them.
 * A ticket that was solved without an answer was answered by the solution.
 */
export function slaClocks(facts: SlaFacts, policy: SlaPolicy, offset: ZoneOffset): SlaClock[] {
  const targets = policy.targets[facts.rank];
  const due = (minutes: number, pauses: readonly Pause[]) =>
    workingTimeAfter(facts.createdAt, minutes, pauses, policy.hours, offset);
  const answeredAt = facts.firstRespondedAt ?? facts.resolvedAt;
  return [
    clock('first-response', due(targets.firstResponse, []), answeredAt, false),
    clock(
      'resolution',
      due(targets.resolution, facts.pauses),
      facts.resolvedAt,
      facts.pauses.at(-1)?.to === undefined && facts.pauses.length > 0,
    ),
  ];
}

function clock(
  target: SlaTarget,
  dueAt: Instant | undefined,
  stoppedAt: Instant | undefined,
  waiting: boolean,
): SlaClock {
  const base = { target, ...(dueAt !== undefined && { dueAt }), source: 'policy' as const };
  if (stoppedAt !== undefined) {
    return { ...base, state: dueAt !== undefined && stoppedAt >= dueAt ? 'breached' : 'met', stoppedAt };
  }
  return { ...base, state: waiting && dueAt === undefined ? 'paused' : 'running' };
}

/**
 * The instant at which `minutes` of working time have passed since `start`, pauses not counted; `undefined` if that is
 * never, as far as can be seen (a pause without end, no working days).
 */
export function workingTimeAfter(
  start: Instant,
  minutes: number,
  pauses: readonly Pause[],
  hours: BusinessHours | undefined,
  offset: ZoneOffset,
): Instant | undefined {
  let left = minutes * minute;
  for (const window of hours === undefined
    ? [{ from: start, to: Infinity }]
    : windows(start, hours, offset)) {
    for (const piece of without(window, pauses)) {
      if (piece.to - piece.from >= left) return piece.from + left;
      left -= piece.to - piece.from;
    }
  }
  return undefined;
}

interface Span {
  from: Instant;
  to: Instant;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const horizonInDays = 3660;

/** The spans in which the desk works from `start` on, in order. */
function* windows(start: Instant, hours: BusinessHours, offset: ZoneOffset): Generator<Span> {
  const today = Math.floor((start + offset(start) * minute) / day);
  for (let date = today; date < today + horizonInDays; date++) {
    if (!hours.days.includes(weekday(date)) || hours.holidays.includes(isoDate(date))) continue;
    const from = Math.max(start, toInstant(date, hours.from, offset));
    const to = toInstant(date, hours.to, offset);
    if (from < to) yield { from, to };
  }
}

/** Days since 1970-01-01, which was a Thursday. */
function weekday(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

function isoDate(date: number): string {
  return new Date(date * day).toISOString().slice(0, 10);
}

/** The instant of a local time of day: by the offset that holds then, not now. */
function toInstant(date: number, minuteOfDay: number, offset: ZoneOffset): Instant {
  const local = date * day + minuteOfDay * minute;
  const near = local - offset(local) * minute;
  return local - offset(near) * minute;
}

/** What is left of a span when the pauses are taken out. */
function* without(span: Span, pauses: readonly Pause[]): Generator<Span> {
  let { from } = span;
  for (const pause of pauses) {
    const to = Math.min(pause.from, span.to);
    if (from < to) yield { from, to };
    from = Math.max(from, pause.to ?? Infinity);
  }
  if (from < span.to) yield { from, to: span.to };
}
