import { rankName } from '../../desk/operation.ts';
import { statusCategories, type Ticket } from '../../desk/ticket.ts';
import { compareUrgency, slaGroup, slaGroups, type Moment, type SlaGroup } from '../../desk/urgency.ts';
import type { Translate } from '../translate.ts';

export const groupings = ['sla', 'status', 'priority', 'assignee', 'team', 'account'] as const;
export type Grouping = (typeof groupings)[number];

/** What comes first in a group. */
export const orders = ['urgent', 'changed', 'unchanged', 'newest', 'oldest', 'priority'] as const;
export type Order = (typeof orders)[number];

export interface TicketGroup {
  /** Stays the same while the group's tickets change. */
  key: string;
  label: string;
  tickets: Ticket[];
}

export interface GroupingNeeds {
  order: Order;
  moment: Moment;
  accountLabel: (accountId: string) => string;
  t: Translate;
}

/** The tickets in groups, the groups in the order they should be worked; a group without tickets is left out. */
export function groupTickets(tickets: readonly Ticket[], by: Grouping, needs: GroupingNeeds): TicketGroup[] {
  const found = new Map<string, Placed>();
  for (const ticket of [...tickets].sort(comparisons[needs.order])) {
    const { position, name, label } = placeOf(ticket, by, needs);
    const key = `${by}:${position}:${name}`;
    const placed = found.get(key);
    if (placed) placed.group.tickets.push(ticket);
    else found.set(key, { position, name, group: { key, label, tickets: [ticket] } });
  }
  return [...found.values()]
    .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name))
    .map(({ group }) => group);
}

/** The most urgent first where the order leaves it open. */
const comparisons: Record<Order, (a: Ticket, b: Ticket) => number> = {
  urgent: compareUrgency,
  changed: (a, b) => b.updatedAt - a.updatedAt || compareUrgency(a, b),
  unchanged: (a, b) => a.updatedAt - b.updatedAt || compareUrgency(a, b),
  newest: (a, b) => b.createdAt - a.createdAt || compareUrgency(a, b),
  oldest: (a, b) => a.createdAt - b.createdAt || compareUrgency(a, b),
  priority: (a, b) => a.priority.rank - b.priority.rank || compareUrgency(a, b),
};

interface Placed {
  position: number;
  name: string;
  group: TicketGroup;
}

/** Where a ticket's group stands among the others: by position, then by name. */
function placeOf(
  ticket: Ticket,
  by: Grouping,
  { moment, accountLabel, t }: GroupingNeeds,
): { position: number; name: string; label: string } {
  switch (by) {
    case 'sla': {
      const group = slaGroup(ticket, moment);
      return { position: slaGroups.indexOf(group), name: group, label: slaGroupName(group, t) };
    }
    case 'status': {
      const { name, category } = ticket.status;
      return { position: statusCategories.indexOf(category), name, label: name };
    }
    case 'priority': {
      const { rank } = ticket.priority;
      return { position: rank, name: '', label: priorityName(rank, t) };
    }
    case 'assignee':
      return ticket.assignee === undefined
        ? { position: 0, name: '', label: t('Unassigned') }
        : { position: 1, name: ticket.assignee.name, label: ticket.assignee.name };
    case 'team':
      return ticket.team === undefined
        ? { position: 1, name: '', label: t('No team') }
        : { position: 0, name: ticket.team, label: ticket.team };
    case 'account':
      return { position: 0, name: ticket.accountId, label: accountLabel(ticket.accountId) };
  }
}

function slaGroupName(group: SlaGroup, t: Translate): string {
  switch (group) {
    case 'breached':
      return t('Overdue');
    case 'within-the-hour':
      return t('Due within the hour');
    case 'today':
      return t('Due today');
    case 'later':
      return t('Due later');
    case 'paused':
      return t('Paused');
    case 'no-clock':
      return t('Without a target');
  }
}

function priorityName(rank: Ticket['priority']['rank'], t: Translate): string {
  switch (rank) {
    case 1:
      return t('{0} · Critical', rankName(rank));
    case 2:
      return t('{0} · High', rankName(rank));
    case 3:
      return t('{0} · Normal', rankName(rank));
    case 4:
      return t('{0} · Low', rankName(rank));
  }
}

export function groupingName(by: Grouping, t: Translate): string {
  switch (by) {
    case 'sla':
      return t('Service level');
    case 'status':
      return t('Status');
    case 'priority':
      return t('Priority');
    case 'assignee':
      return t('Assignee');
    case 'team':
      return t('Team');
    case 'account':
      return t('Account');
  }
}

export function orderName(order: Order, t: Translate): string {
  switch (order) {
    case 'urgent':
      return t('Most urgent first');
    case 'changed':
      return t('Changed last first');
    case 'unchanged':
      return t('Longest without a change first');
    case 'newest':
      return t('Newest first');
    case 'oldest':
      return t('Oldest first');
    case 'priority':
      return t('Highest priority first');
  }
}
