import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { SlaClock } from '../../../src/desk/sla.ts';
import type { PriorityRank, StatusCategory } from '../../../src/desk/ticket.ts';
import { compareUrgency, isBurning, slaGroup, slaGroups } from '../../../src/desk/urgency.ts';

const now = Date.UTC(2026, 2, 10, 12);
const minute = 60_000;
const hour = 60 * minute;
const moment = { now, endOfDay: now + 12 * hour };

function clock(more: Partial<SlaClock> = {}): SlaClock {
  return { target: 'resolution', state: 'running', source: 'backend', ...more };
}

function ticket(
  key: string,
  more: { sla?: SlaClock[]; rank?: PriorityRank; createdAt?: number; category?: StatusCategory } = {},
) {
  return {
    key,
    sla: more.sla ?? [],
    priority: { name: 'any', rank: more.rank ?? 3 },
    createdAt: more.createdAt ?? now - hour,
    status: { name: 'any', category: more.category ?? 'open' },
  };
}

describe('urgency', () => {
  it('groups by the clock that is due next', () => {
    const group = (...sla: SlaClock[]) => slaGroup(ticket('T-1', { sla }), moment);
    assert.equal(group(clock({ dueAt: now })), 'breached', 'a due time is over when it is reached');
    assert.equal(group(clock({ state: 'breached', dueAt: now - hour })), 'breached');
    assert.equal(group(clock({ dueAt: now + hour })), 'within-the-hour');
    assert.equal(group(clock({ dueAt: now + hour + 1 })), 'today');
    assert.equal(group(clock({ dueAt: moment.endOfDay - 1 })), 'today');
    assert.equal(group(clock({ dueAt: moment.endOfDay })), 'later');
    assert.equal(group(clock({ state: 'paused' })), 'paused');
    assert.equal(group(), 'no-clock');
    assert.equal(group(clock({ state: 'met', stoppedAt: now - hour, dueAt: now + 1 })), 'no-clock');
    assert.equal(group(clock({ dueAt: now + 9 * hour }), clock({ dueAt: now - 1 })), 'breached');
  });

  it('does not let a paused clock hide a running one', () => {
    const sla = [clock({ state: 'paused', dueAt: now - hour }), clock({ dueAt: now + 2 * hour })];
    assert.equal(slaGroup(ticket('T-1', { sla }), moment), 'today');
  });

  it('does not count a breach that was answered in the end, or a ticket that is done with', () => {
    const late = clock({ state: 'breached', dueAt: now - 2 * hour, stoppedAt: now - hour });
    assert.equal(slaGroup(ticket('T-1', { sla: [late] }), moment), 'no-clock');
    const over = ticket('T-2', { sla: [clock({ dueAt: now - hour })], category: 'resolved' });
    assert.equal(slaGroup(over, moment), 'no-clock');
    assert.equal(isBurning(over, now), false);
  });

  it('calls burning what is breached or due within the hour', () => {
    assert.equal(isBurning(ticket('T-1', { sla: [clock({ dueAt: now - 1 })] }), now), true);
    assert.equal(isBurning(ticket('T-1', { sla: [clock({ dueAt: now + hour })] }), now), true);
    assert.equal(isBurning(ticket('T-1', { sla: [clock({ dueAt: now + hour + 1 })] }), now), false);
    assert.equal(isBurning(ticket('T-1', { sla: [clock({ state: 'paused', dueAt: now })] }), now), false);
  });

  it('orders by due time, then priority, then age, then key', () => {
    const ordered = [
      ticket('due-first', { sla: [clock({ dueAt: now - hour })], rank: 4 }),
      ticket('due-next', { sla: [clock({ dueAt: now + hour })], rank: 4 }),
      ticket('critical', { rank: 1 }),
      ticket('paused', { rank: 2, sla: [clock({ state: 'paused', dueAt: now - 9 * hour })] }),
      ticket('old', { rank: 3, createdAt: now - 5 * hour }),
      ticket('T-9'),
      ticket('T-10'),
      ticket('solved', { category: 'resolved', sla: [clock({ dueAt: now - 9 * hour })], rank: 1 }),
    ];
    const shuffled = [3, 7, 0, 5, 1, 6, 2, 4].map((index) => ordered[index]!);
    assert.deepEqual(
      shuffled.toSorted(compareUrgency).map(({ key }) => key),
      ordered.map(({ key }) => key),
    );
  });

  it('is a total order over any tickets, and groups all of them', () => {
    const clocks = fc.record({
      target: fc.constantFrom('first-response' as const, 'resolution' as const),
      state: fc.constantFrom('running' as const, 'paused' as const, 'met' as const, 'breached' as const),
      dueAt: fc.option(fc.integer({ min: now - hour, max: now + hour }), { nil: undefined }),
      source: fc.constant('backend' as const),
    });
    const tickets = fc.record({
      key: fc.string(),
      sla: fc.array(clocks, { maxLength: 3 }),
      priority: fc.record({ name: fc.constant('any'), rank: fc.constantFrom(1 as const, 2 as const) }),
      createdAt: fc.integer({ min: now, max: now + 3 }),
      status: fc.record({
        name: fc.constant('any'),
        category: fc.constantFrom('open' as const, 'resolved' as const),
      }),
    });
    fc.assert(
      fc.property(tickets, tickets, tickets, (a, b, c) => {
        assert.equal(Math.sign(compareUrgency(a, b)) + Math.sign(compareUrgency(b, a)), 0);
        if (compareUrgency(a, b) <= 0 && compareUrgency(b, c) <= 0) assert.ok(compareUrgency(a, c) <= 0);
        assert.ok(slaGroups.includes(slaGroup(a, moment)));
      }),
    );
  });
});
