import { isTicking, slaStateAt, type SlaClock } from '../../desk/sla.ts';
import type { Instant } from '../../desk/ticket.ts';

/*
 * What becomes of the clocks that an imported ticket came with. They rest as those of the desk's own policy do: the one
 * of the resolution while the ticket is pending, and while it is taken for solved; due times move by as much.
 */

export function paused(clock: SlaClock, now: Instant): SlaClock {
  const rests = clock.target === 'resolution' && isTicking(clock) && slaStateAt(clock, now) === 'running';
  return rests ? { ...clock, state: 'paused', pausedAt: now } : clock;
}

export function resumed(clock: SlaClock, now: Instant): SlaClock {
  const { pausedAt = now, ...rest } = clock;
  return clock.state === 'paused' ? later({ ...rest, state: 'running' }, now - pausedAt) : clock;
}

export function stopped(clock: SlaClock, now: Instant): SlaClock {
  if (!isTicking(clock)) return clock;
  const ran = resumed(clock, now);
  return { ...ran, state: slaStateAt(ran, now) === 'breached' ? 'breached' : 'met', stoppedAt: now };
}

export function restarted(clock: SlaClock, now: Instant): SlaClock {
  const { stoppedAt = now, ...rest } = clock;
  return clock.target === 'first-response' ? clock : later({ ...rest, state: 'running' }, now - stoppedAt);
}

/** Without a due time there is nothing to go on from: the desk's own policy takes over. */
export function goesOn(clock: SlaClock): boolean {
  return clock.state !== 'running' || clock.dueAt !== undefined;
}

function later(clock: SlaClock, ms: number): SlaClock {
  return clock.dueAt === undefined ? clock : { ...clock, dueAt: clock.dueAt + ms };
}
