import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  groupings,
  groupTickets,
  orders,
  type Grouping,
  type Order,
} from '../../../src/editor/tickets/grouping.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { plain } from './plain.ts';
import { aTicket, dueIn, hour, minute, now, paused } from '../../shared/tickets.ts';

const needs = {
  order: 'urgent' as const,
  moment: { now, endOfDay: now + 14 * hour },
  accountLabel: (id: string) => `Account ${id}`,
  t: plain,
};

function groups(tickets: Ticket[], by: Grouping): [string, string[]][] {
  return groupTickets(tickets, by, needs).map((group) => [group.label, group.tickets.map(({ key }) => key)]);
}

describe('grouping tickets', () => {
  it('by service level puts what burns first, and the most urgent first in it', () => {
    const tickets = [
      aTicket({ key: 'NONE' }),
      aTicket({ key: 'PAUSED', sla: [paused] }),
      aTicket({ key: 'LATER', sla: [dueIn(48 * hour)] }),
      aTicket({ key: 'TODAY', sla: [dueIn(5 * hour)] }),
      aTicket({ key: 'SOON-B', sla: [dueIn(50 * minute)] }),
      aTicket({ key: 'SOON-A', sla: [dueIn(20 * minute)] }),
      aTicket({ key: 'LATE', sla: [dueIn(-minute)] }),
    ];
    assert.deepEqual(groups(tickets, 'sla'), [
      ['Overdue', ['LATE']],
      ['Due within the hour', ['SOON-A', 'SOON-B']],
      ['Due today', ['TODAY']],
      ['Due later', ['LATER']],
      ['Paused', ['PAUSED']],
      ['Without a target', ['NONE']],
    ]);
  });

  it('puts first in a group what the order says, and the most urgent where it leaves that open', () => {
    const tickets = [
      aTicket({ key: 'A', createdAt: 1, updatedAt: 30, priority: { name: '', rank: 2 } }),
      aTicket({ key: 'B', createdAt: 2, updatedAt: 10, priority: { name: '', rank: 1 } }),
      aTicket({ key: 'C', createdAt: 3, updatedAt: 20, priority: { name: '', rank: 2 }, sla: [dueIn(hour)] }),
    ];
    const inOrder = (order: Order) =>
      groupTickets(tickets, 'account', { ...needs, order })[0]
        ?.tickets.map(({ key }) => key)
        .join('');
    assert.deepEqual(orders.map(inOrder), ['CBA', 'ACB', 'BCA', 'CBA', 'ABC', 'BCA']);
  });

  it('by status follows a ticket’s life, in the backend’s own words', () => {
    const tickets = (
      [
        ['Waiting for customer', 'pending'],
        ['In progress', 'open'],
        ['Assigned', 'open'],
        ['New', 'new'],
      ] as const
    ).map(([name, category]) => aTicket({ key: name, status: { name, category } }));
    assert.deepEqual(
      groups(tickets, 'status').map(([label]) => label),
      ['New', 'Assigned', 'In progress', 'Waiting for customer'],
    );
  });

  it('by priority, team and account', () => {
    const tickets = [
      aTicket({ key: 'A', priority: { name: 'Meh', rank: 4 }, team: 'Network', accountId: 'b' }),
      aTicket({ key: 'B', priority: { name: 'Urgent', rank: 1 }, accountId: 'a' }),
      aTicket({ key: 'C', priority: { name: 'Very', rank: 1 }, team: 'Helpdesk', accountId: 'a' }),
    ];
    assert.deepEqual(
      groups(tickets, 'priority').map(([label]) => label),
      ['P1 · Critical', 'P4 · Low'],
    );
    assert.deepEqual(
      groups(tickets, 'team').map(([label]) => label),
      ['Helpdesk', 'Network', 'No team'],
    );
    assert.deepEqual(
      groups(tickets, 'account').map(([label]) => label),
      ['Account a', 'Account b'],
    );
  });

  it('never loses a ticket, shows it twice or makes an empty group', () => {
    const ticket = fc
      .record({
        accountId: fc.constantFrom('a', 'b'),
        id: fc.uuid(),
        team: fc.option(fc.constantFrom('', 'Network', 'No team'), { nil: undefined }),
        status: fc.record({
          name: fc.string(),
          category: fc.constantFrom('new', 'open', 'pending', 'closed'),
        }),
        sla: fc.array(fc.constantFrom(paused, dueIn(-hour), dueIn(hour), dueIn(100 * hour)), {
          maxLength: 2,
        }),
      })
      .map((given) => aTicket(given as Partial<Ticket>));
    fc.assert(
      fc.property(fc.array(ticket), fc.constantFrom(...groupings), (tickets, by) => {
        const made = groupTickets(tickets, by, needs);
        const grouped = made.flatMap((group) => group.tickets);
        assert.equal(grouped.length, tickets.length);
        assert.deepEqual(new Set(grouped), new Set(tickets));
        assert.ok(made.every((group) => group.tickets.length > 0));
        assert.equal(new Set(made.map(({ key }) => key)).size, made.length);
      }),
    );
  });
});
