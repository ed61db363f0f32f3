import assert from 'node:assert/strict';
import { whyFirst } from '../../../src/editor/tickets/whyFirst.ts';
import { aTicket, dueIn, hour, minute, now } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

describe('why a ticket comes first', () => {
  const late = aTicket({ key: 'LATE', sla: [dueIn(-2 * hour)] });
  const soon = aTicket({ key: 'SOON', sla: [dueIn(5 * minute)], priority: { name: 'Urgent', rank: 1 } });
  const alike = { sla: soon.sla, priority: { name: 'Low', rank: 4 as const } };

  for (const [first, after, said] of [
    [late, soon, 'It comes before SOON because it is due first: overdue 2 h.'],
    [soon, aTicket({ key: 'B', ...alike }), 'It comes before B because its priority is higher: Urgent.'],
    [
      aTicket({ key: 'A', createdAt: 1 }),
      aTicket({ key: 'B', createdAt: 2 }),
      'It comes before B because it is older.',
    ],
    [aTicket({ key: 'A', createdAt: 1 }), aTicket({ key: 'B', createdAt: 1 }), 'B is as urgent.'],
    [late, undefined, 'It is the only one left.'],
  ] as const) {
    it(`is said: ${said}`, () => assert.equal(whyFirst(first, after, now, plain), said));
  }
});
