import assert from 'node:assert/strict';
import { findable, findTickets } from '../../../src/editor/tickets/findTickets.ts';
import { aTicket } from '../../shared/tickets.ts';

describe('finding a ticket by what is typed', () => {
  const jose = { id: 'jose', name: 'José Peña', email: 'jose@example.com' };
  const tickets = [
    aTicket({ key: 'RT-120', subject: 'VPN drops at noon', requester: jose }),
    aTicket({ key: 'RT-12', subject: 'Printer jams', assignee: { id: 'bob', name: 'Bob' } }),
    aTicket({ key: 'INC0012', subject: 'Nothing to do with RT-12' }),
  ].map(findable);

  for (const [typed, keys] of [
    ['', ['RT-120', 'RT-12', 'INC0012']],
    ['rt-12', ['RT-12', 'RT-120', 'INC0012']],
    ['12', ['RT-12', 'RT-120', 'INC0012']],
    ['0012', ['INC0012']],
    ['noon vpn', ['RT-120']],
    ['jose', ['RT-120']],
    ['PEÑA', ['RT-120']],
    ['bob', ['RT-12']],
    ['zebra', []],
  ] as const) {
    it(`"${typed}" finds ${keys.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        findTickets(tickets, typed, 10).map(({ key }) => key),
        keys,
      );
    });
  }

  it('gives no more than asked for', () => assert.equal(findTickets(tickets, '', 2).length, 2));
});
