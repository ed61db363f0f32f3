import { rankName } from '../../desk/operation.ts';
import { slaStateAt, type SlaClock } from '../../desk/sla.ts';
import { isActive, type Channel, type Instant, type Ticket } from '../../desk/ticket.ts';
import { urgentClock } from '../../desk/urgency.ts';
import type { Translate } from '../translate.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What of a ticket its row shows. */
export type RowTicket = Pick<
  Ticket,
  'key' | 'subject' | 'status' | 'priority' | 'channel' | 'assignee' | 'team' | 'sla'
>;

export interface RowOptions {
  /** Say who has it: for lists of more than one's own. */
  assignee: boolean;
  mark: Mark | undefined;
}

/** What a row is marked for, the most pressing first. */
export type Mark = 'collision' | 'unseen' | 'handed' | 'pinned';

/** Longer subjects leave no room for what is said beside them; whole they are in the tooltip. */
const longestSubject = 60;

/** `25m RT-7 The printer is on fire`: the time comes first, because a narrow side bar cuts the end of the row. */
export function rowLabel(ticket: RowTicket, now: Instant, t: Translate): string {
  const { key, subject } = ticket;
  const short =
    subject.length > longestSubject ? `${subject.slice(0, longestSubject - 1).trimEnd()}…` : subject;
  const left = clockShort(urgentClock(ticket), now, t);
  return `${left === '' ? '' : `${left}\u2002`}${key} ${short}`;
}

/** `first reply · phone · P2 · Open` */
export function rowDescription(ticket: RowTicket, options: RowOptions, t: Translate): string {
  return [
    urgentClock(ticket)?.target === 'first-response' ? t('first reply') : '',
    ticket.channel === 'other' ? '' : channelName(ticket.channel, t),
    rankName(ticket.priority.rank),
    ticket.status.name,
    options.assignee ? (ticket.assignee?.name ?? t('unassigned')) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The row as it is read aloud: all that the eye gets from icons and marks is said in words. */
export function rowSpoken(ticket: RowTicket, now: Instant, options: RowOptions, t: Translate): string {
  return [
    options.mark ? markName(options.mark, t) : '',
    ticket.key,
    ticket.subject,
    clockText(urgentClock(ticket), now, t),
    t('priority {0}', ticket.priority.name),
    t('status {0}', ticket.status.name),
    ticket.channel === 'other' ? '' : t('by {0}', channelName(ticket.channel, t)),
    options.assignee ? (ticket.assignee?.name ?? t('unassigned')) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function markName(mark: Mark, t: Translate): string {
  switch (mark) {
    case 'collision':
      return t('changed by somebody else meanwhile');
    case 'unseen':
      return t('new reply');
    case 'handed':
      return t('handed on to you, and not accepted yet');
    case 'pinned':
      return t('pinned');
  }
}

export interface RowIcon {
  icon: string;
  /** A theme colour; absent for the plain foreground. */
  color?: string;
}

/** The service level's state by shape and colour; where none presses, the priority's. */
export function rowIcon(ticket: RowTicket, now: Instant): RowIcon {
  if (!isActive(ticket)) return { icon: 'pass', color: 'charts.green' };
  const clock = urgentClock(ticket);
  const state = clock && slaStateAt(clock, now);
  if (state === 'breached') return { icon: 'flame', color: 'list.errorForeground' };
  if (state === 'running' && clock?.dueAt !== undefined && clock.dueAt - now <= hour) {
    return { icon: 'watch', color: 'list.warningForeground' };
  }
  if (state === 'paused' || ticket.status.category === 'pending') return { icon: 'debug-pause' };
  return priorityIcons[ticket.priority.rank];
}

const priorityIcons: Record<Ticket['priority']['rank'], RowIcon> = {
  1: { icon: 'warning', color: 'list.errorForeground' },
  2: { icon: 'arrow-up', color: 'list.warningForeground' },
  3: { icon: 'circle-outline', color: 'charts.blue' },
  4: { icon: 'arrow-down', color: 'descriptionForeground' },
};

/** `reply due in 25 min`, `overdue 2 h`, `paused`; empty without a clock. */
export function clockText(clock: SlaClock | undefined, now: Instant, t: Translate): string {
  if (!clock) return '';
  const state = slaStateAt(clock, now);
  if (state === 'paused') return t('paused');
  if (clock.dueAt === undefined) return state === 'breached' ? t('overdue') : '';
  const reply = clock.target === 'first-response';
  const left = clock.dueAt - now;
  if (state === 'breached') {
    const late = span(Math.max(0, -left), t);
    return reply ? t('reply overdue {0}', late) : t('overdue {0}', late);
  }
  if (left < minute) return reply ? t('reply due now') : t('due now');
  return reply ? t('reply due in {0}', span(left, t)) : t('due in {0}', span(left, t));
}

/** `25m`, `−2h`, `now` within a minute; empty where no time runs. */
export function clockShort(clock: SlaClock | undefined, now: Instant, t: Translate): string {
  if (clock?.dueAt === undefined || slaStateAt(clock, now) === 'paused') return '';
  const left = clock.dueAt - now;
  if (Math.abs(left) < minute) return t('now');
  const short = spanShort(Math.abs(left), t);
  return left > 0 ? short : t('−{0}', short);
}

function spanShort(milliseconds: number, t: Translate): string {
  if (milliseconds < hour) return t('{0}m', Math.floor(milliseconds / minute));
  if (milliseconds < 2 * day) return t('{0}h', Math.floor(milliseconds / hour));
  return t('{0}d', Math.floor(milliseconds / day));
}

/** A span of time in its largest unit, rounded down. */
export function span(milliseconds: number, t: Translate): string {
  if (milliseconds < hour) return t('{0} min', Math.floor(milliseconds / minute));
  if (milliseconds < 2 * day) return t('{0} h', Math.floor(milliseconds / hour));
  return t('{0} d', Math.floor(milliseconds / day));
}

export function channelName(channel: Channel, t: Translate): string {
  switch (channel) {
    case 'phone':
      return t('phone');
    case 'e-mail':
      return t('e-mail');
    case 'chat':
      return t('chat');
    case 'portal':
      return t('portal');
    case 'walk-in':
      return t('walk-in');
    case 'alert':
      return t('alert');
    case 'other':
      return t('other');
  }
}
