import type { Instant } from './ticket.ts';

export type SlaTarget = 'first-response' | 'resolution';
export type SlaState = 'running' | 'paused' | 'met' | 'breached';

/** One target of one ticket, as of the moment it was computed or received. */
export interface SlaClock {
  target: SlaTarget;
  /** `running` turns to `breached` by the mere passing of `dueAt`: ask {@link slaStateAt}, not this. */
  state: SlaState;
  /** Absent while paused without a known resumption. */
  dueAt?: Instant;
  /** Since when a paused one rests, where the local desk paused it. */
  pausedAt?: Instant;
  /** When the target was reached, met or missed. */
  stoppedAt?: Instant;
  source: 'backend' | 'policy';
}

/** The state of a clock at a moment: a running one whose due time has passed is breached. */
export function slaStateAt(clock: SlaClock, now: Instant): SlaState {
  return clock.state === 'running' && clock.dueAt !== undefined && clock.dueAt <= now
    ? 'breached'
    : clock.state;
}

/** A clock nobody has stopped yet: running, paused, or breached and still unanswered. */
export function isTicking(clock: SlaClock): boolean {
  return clock.stoppedAt === undefined && clock.state !== 'met';
}

/** The clock a person should look at: the unstopped one that is due first. */
export function nextClock(clocks: readonly SlaClock[]): SlaClock | undefined {
  let next: SlaClock | undefined;
  for (const clock of clocks) {
    if (isTicking(clock) && (next === undefined || due(clock) < due(next))) next = clock;
  }
  return next;
}

function due(clock: SlaClock): number {
  return clock.dueAt ?? Number.POSITIVE_INFINITY;
}
