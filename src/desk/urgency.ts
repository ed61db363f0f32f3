import { nextClock, slaStateAt, type SlaClock } from './sla.ts';
import { isActive, type Instant, type Ticket } from './ticket.ts';

/** What a ticket's next SLA clock says, the most urgent first. */
export const slaGroups = ['breached', 'within-the-hour', 'today', 'later', 'paused', 'no-clock'] as const;
export type SlaGroup = (typeof slaGroups)[number];

/** What urgency is measured from. The end of the day is the user's, and only the border knows it. */
export interface Moment {
  now: Instant;
  endOfDay: Instant;
}

type Urgent = Pick<Ticket, 'status' | 'sla' | 'priority' | 'createdAt' | 'key'>;

const hour = 3_600_000;

/** Where a ticket stands against its next due target. What is done with has no clock to look at. */
export function slaGroup(ticket: Pick<Ticket, 'status' | 'sla'>, { now, endOfDay }: Moment): SlaGroup {
  const clock = urgentClock(ticket);
  if (clock === undefined) return 'no-clock';
  const state = slaStateAt(clock, now);
  if (state === 'breached') return 'breached';
  if (state === 'paused') return 'paused';
  if (clock.dueAt === undefined) return 'no-clock';
  if (clock.dueAt <= now + hour) return 'within-the-hour';
  return clock.dueAt < endOfDay ? 'today' : 'later';
}

/** Breached or due within the hour: somebody has to act. */
export function isBurning(ticket: Pick<Ticket, 'status' | 'sla'>, now: Instant): boolean {
  const group = slaGroup(ticket, { now, endOfDay: now });
  return group === 'breached' || group === 'within-the-hour';
}

/** What decides between two tickets, one after the other, until they differ. */
const rules = {
  'to-do': (a: Urgent, b: Urgent) => Number(isActive(b)) - Number(isActive(a)),
  due: (a: Urgent, b: Urgent) => ascending(dueAt(a), dueAt(b)),
  priority: (a: Urgent, b: Urgent) => a.priority.rank - b.priority.rank,
  age: (a: Urgent, b: Urgent) => a.createdAt - b.createdAt,
  key: (a: Urgent, b: Urgent) => collator.compare(a.key, b.key),
} as const;
export type UrgencyRule = keyof typeof rules;
const inOrder = Object.entries(rules) as [UrgencyRule, (a: Urgent, b: Urgent) => number][];

/**
 * The order in which to look at tickets: what is still to be done, by when it is due (a paused clock is not), then by
 * priority, then the oldest. The key settles what is left, so that the order is the same everywhere.
 */
export function compareUrgency(a: Urgent, b: Urgent): number {
  for (const [, compare] of inOrder) {
    const order = compare(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

/** By which rule one ticket comes before, or after, the other. */
export function decidingRule(a: Urgent, b: Urgent): UrgencyRule {
  return inOrder.find(([, compare]) => compare(a, b) !== 0)?.[0] ?? 'key';
}

const collator = new Intl.Collator('en', { numeric: true });

/** The clock to watch: the running one that is due first; a paused one where none runs; none on what is done with. */
export function urgentClock(ticket: Pick<Ticket, 'status' | 'sla'>): SlaClock | undefined {
  if (!isActive(ticket)) return undefined;
  return nextClock(ticket.sla.filter((clock) => clock.state !== 'paused')) ?? nextClock(ticket.sla);
}

/** When somebody has to have acted; infinity where no clock runs. */
export function dueAt(ticket: Pick<Ticket, 'status' | 'sla'>): number {
  const clock = urgentClock(ticket);
  return clock === undefined || clock.state === 'paused'
    ? Number.POSITIVE_INFINITY
    : (clock.dueAt ?? Number.POSITIVE_INFINITY);
}

/** Unlike a difference, right for two infinities. */
function ascending(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
