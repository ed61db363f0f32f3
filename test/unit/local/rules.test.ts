import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { personFrom } from '../../../src/backends/local/people.ts';
import type { LocalTicket } from '../../../src/backends/local/port.ts';
import type { TicketFields } from '../../../src/desk/operation.ts';
import { parseResolution } from '../../../src/desk/resolutionNote.ts';
import {
  act,
  after,
  alice,
  bob,
  carol,
  desk,
  minute,
  newTicket,
  post,
  refusal,
  set,
  start,
  tried,
} from './fixtures.ts';

describe('local desk: rules', () => {
  describe('a new ticket', () => {
    it('is the first team’s, new, and begins with what the requester said', () => {
      const { ticket, entries } = newTicket();
      assert.deepEqual(ticket.status, { name: 'New', category: 'new' });
      assert.equal(ticket.team, 'Service Desk');
      assert.equal(ticket.tier, 1);
      assert.equal(ticket.priority.rank, 3);
      assert.deepEqual(ticket.requester, carol, 'somebody known is recognised');
      assert.equal(ticket.reassignments, 0);
      assert.equal(entries.length, 1);
      assert.equal(entries[0]?.fromRequester, true);
      assert.deepEqual(entries[0].author, carol);
    });

    it('goes where it is wanted', () => {
      const { ticket } = newTicket({ team: 'Engineering', priority: 'Critical', tags: [' a ', 'a', ''] });
      assert.deepEqual([ticket.team, ticket.tier, ticket.priority.rank], ['Engineering', 3, 1]);
      assert.deepEqual(ticket.tags, ['a']);
      assert.equal(ticket.reassignments, 0);
    });

    it('is the agent’s own without a requester', () => {
      assert.deepEqual(newTicket({ requester: undefined }).ticket.requester, alice);
      assert.deepEqual(newTicket({ requester: 'Dan <dan@example.org>' }).ticket.requester, {
        id: 'dan@example.org',
        name: 'Dan',
        email: 'dan@example.org',
      });
    });

    it('is for whom the desk knows by that name, if it is one only', () => {
      assert.deepEqual(newTicket({ requester: 'carol jones' }).ticket.requester, carol);
      const other = personFrom('Carol Jones <cj@example.org>');
      const people = new Map([...desk.people, [other.id, other]]);
      const { requester } = newTicket({ requester: 'Carol Jones' }, { ...desk, people }).ticket;
      assert.deepEqual(requester, { id: 'carol jones', name: 'Carol Jones' });
    });

    it('needs a subject', () => assert.throws(() => newTicket({ subject: '  ' }), /subject/));
  });

  describe('what is posted', () => {
    it('answers the requester only when it is public and the first', () => {
      const opened = newTicket();
      const noted = after(opened, post('note', 'internal', 'Hm'), act(1));
      assert.equal(noted.ticket.firstRespondedAt, undefined);
      const asked = after(noted, post('reply', 'public', 'Still broken'), act(2, carol));
      assert.equal(asked.ticket.firstRespondedAt, undefined);
      assert.equal(asked.entries.at(-1)?.fromRequester, true);
      const answered = after(asked, post('reply', 'public', 'On it'), act(3, bob));
      assert.equal(answered.ticket.firstRespondedAt, start + 3 * minute);
      const again = after(answered, post('reply', 'public', 'Done'), act(9));
      assert.equal(again.ticket.firstRespondedAt, start + 3 * minute);
    });

    it('keeps its visibility', () => {
      for (const visibility of ['public', 'internal'] as const) {
        const { entries } = after(newTicket(), post('note', visibility, 'x'));
        assert.equal(entries.at(-1)?.visibility, visibility);
      }
    });

    it('carries a resolution link for people and for programs', () => {
      const link = {
        document: { id: 'jam', title: 'Paper jam', path: 'jam.md' },
        outcome: 'solved',
      } as const;
      const { entries } = after(newTicket(), { ...post('resolution', 'public', 'Cleaned it.'), link });
      assert.deepEqual(entries.at(-1)?.link, link);
      assert.deepEqual(parseResolution(entries.at(-1)?.body?.text ?? ''), link);
    });

    it('is refused when there is nothing in it', () => {
      assert.equal(refusal(tried(newTicket(), post('reply', 'public', ' \n '))).reason, 'rejected');
      const log = { ...post('log', 'internal', 'Call'), minutes: -3 };
      assert.equal(refusal(tried(newTicket(), log)).reason, 'rejected');
    });
  });

  describe('status', () => {
    it('counts from solved to open as a reopening', () => {
      const solved = set(newTicket(), { status: 'Resolved' }, act(10));
      assert.equal(solved.ticket.resolvedAt, start + 10 * minute);
      const closed = set(solved, { status: 'Closed' }, act(20));
      assert.equal(closed.ticket.resolvedAt, start + 10 * minute, 'it was solved then');
      assert.equal(closed.ticket.closedAt, start + 20 * minute);
      assert.equal(closed.ticket.reopenings, 0);
      const reopened = set(closed, { status: 'Open' }, act(30));
      assert.equal(reopened.ticket.reopenings, 1);
      assert.equal(reopened.ticket.resolvedAt, undefined);
      assert.equal(reopened.ticket.closedAt, undefined);
    });

    it('closes what was never said to be solved', () => {
      const { ticket } = set(newTicket(), { status: 'Closed' }, act(5));
      assert.deepEqual([ticket.resolvedAt, ticket.closedAt], [start + 5 * minute, start + 5 * minute]);
    });

    it('stops and restarts the clocks that an imported ticket came with', () => {
      const { ticket, entries } = newTicket();
      const dueAt = start + 15 * minute;
      const clock = { target: 'resolution', state: 'running', dueAt, source: 'backend' } as const;
      const imported: LocalTicket = { ticket: { ...ticket, sla: [clock] }, entries };
      const late = set(imported, { status: 'Resolved' }, act(20));
      assert.deepEqual(late.ticket.sla, [{ ...clock, state: 'breached', stoppedAt: start + 20 * minute }]);
      const early = set(imported, { status: 'Resolved' }, act(10));
      assert.equal(early.ticket.sla[0]?.state, 'met');
      const reopened = set(early, { status: 'Open' }, act(12));
      assert.deepEqual(reopened.ticket.sla, [{ ...clock, dueAt: dueAt + 2 * minute }]);
      const verdictOnly = {
        ...imported,
        ticket: { ...late.ticket, sla: [{ ...late.ticket.sla[0]!, dueAt: undefined }] },
      };
      assert.deepEqual(set(verdictOnly, { status: 'Open' }).ticket.sla, [], 'the policy takes over');
    });

    it('rests the resolution clock of an imported ticket while it is pending', () => {
      const { ticket, entries } = newTicket();
      const dueAt = start + 15 * minute;
      const clock = { target: 'resolution', state: 'running', dueAt, source: 'backend' } as const;
      const answer = { ...clock, target: 'first-response' } as const;
      const imported: LocalTicket = { ticket: { ...ticket, sla: [answer, clock] }, entries };
      const pending = set(imported, { status: 'Pending' }, act(5));
      assert.deepEqual(pending.ticket.sla, [
        answer,
        { ...clock, state: 'paused', pausedAt: start + 5 * minute },
      ]);
      const open = set(pending, { status: 'Open' }, act(25));
      assert.deepEqual(open.ticket.sla, [answer, { ...clock, dueAt: dueAt + 20 * minute }]);
      const solved = set(pending, { status: 'Resolved' }, act(25));
      assert.equal(solved.ticket.sla[1]?.state, 'met');
      assert.equal(set(solved, { status: 'Open' }, act(30)).ticket.sla[1]?.dueAt, dueAt + 25 * minute);
      const overdue = set(imported, { status: 'Pending' }, act(16));
      assert.deepEqual(overdue.ticket.sla[1], clock, 'what is overdue stays overdue');
    });
  });

  describe('team, tier and assignee', () => {
    it('moves a ticket to the tier of its team, unless another is wanted', () => {
      const opened = newTicket();
      assert.equal(set(opened, { team: 'Applications' }).ticket.tier, 2);
      assert.equal(set(opened, { team: 'Applications', tier: 3 }).ticket.tier, 3);
      assert.equal(
        set(opened, { team: 'Imported Team' }).ticket.tier,
        1,
        'a team without a tier changes none',
      );
    });

    it('counts what is taken from one and given to another, once a step', () => {
      const opened = newTicket();
      const assigned = set(opened, { assignee: alice.id });
      assert.equal(assigned.ticket.reassignments, 0, 'nobody had it');
      const moved = set(assigned, { assignee: bob.id, team: 'Engineering' });
      assert.equal(moved.ticket.reassignments, 1);
      const taken = set(moved, { assignee: null });
      assert.equal(taken.ticket.reassignments, 1);
      assert.equal(taken.ticket.assignee, undefined);
    });
  });

  describe('refusals', () => {
    const wrong: [TicketFields, string][] = [
      [{ subject: ' ' }, 'subject'],
      [{ status: 'Nonsense' }, 'status'],
      [{ priority: 'P1' }, 'priority'],
      [{ team: 'service desk' }, 'team'],
      [{ assignee: 'nobody' }, 'assignee'],
    ];
    for (const [fields, field] of wrong) {
      it(`name the field: ${field}`, () => {
        const error = refusal(tried(newTicket(), { type: 'update', fields, before: {} }));
        assert.ok(error.reason === 'rejected');
        assert.equal(error.field, field);
      });
    }

    it('name a time that is none, and a file that is too large', () => {
      for (const minutes of [0, -1, 1.5, Number.NaN, 1e9]) {
        assert.equal(refusal(tried(newTicket(), { type: 'time', minutes })).reason, 'rejected');
      }
      const base64 = Buffer.alloc(20 * 1024 * 1024 + 1).toString('base64');
      const file = { type: 'attach', name: 'a', mediaType: 'x/y', base64, visibility: 'internal' } as const;
      const error = refusal(tried(newTicket(), file));
      assert.ok(error.reason === 'rejected' && error.field === 'attachment');
    });
  });

  it('write a history from which every field can be followed', () => {
    const fields = fc.record<TicketFields>(
      {
        subject: fc.constantFrom('One', 'Two'),
        status: fc.constantFrom('New', 'Open', 'Pending', 'Resolved', 'Closed'),
        assignee: fc.constantFrom(null, alice.id, bob.id),
        team: fc.constantFrom('Service Desk', 'Engineering', 'Imported Team'),
        priority: fc.constantFrom('Critical', 'Low'),
        tier: fc.constantFrom(1 as const, 2 as const, 3 as const),
        tags: fc.constantFrom([], ['vpn'], ['vpn', 'mail']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 12 }), (sets) => {
        const first = newTicket();
        const last = sets.reduce((local, one, n) => set(local, one, act(n + 1)), first);
        const followed = shown(first);
        for (const { changes } of last.entries) {
          for (const { field, from, to } of changes) {
            assert.equal(followed[field], from, `${field} was ${from ?? 'nothing'}`);
            assert.notEqual(from, to);
            followed[field] = to;
          }
        }
        assert.deepEqual(followed, shown(last));

        const statuses = [
          'New',
          ...last.entries.flatMap(({ changes }) => changes.filter(isStatus).map(({ to }) => to)),
        ];
        const done = (status: string | undefined) => status === 'Resolved' || status === 'Closed';
        const reopenings = statuses.filter((status, n) => n > 0 && done(statuses[n - 1]) && !done(status));
        assert.equal(last.ticket.reopenings, reopenings.length);
        assert.equal(last.ticket.resolvedAt !== undefined, done(last.ticket.status.name));
        assert.equal(last.ticket.closedAt !== undefined, last.ticket.status.name === 'Closed');
        assert.equal(new Set(last.entries.map(({ id }) => id)).size, last.entries.length);
        for (const entry of last.entries.slice(1)) assert.equal(entry.visibility, 'system');
      }),
      { numRuns: 300 },
    );
  });

  it('never change the ticket they were given', () => {
    const opened = newTicket();
    const before = structuredClone(opened);
    set(opened, { status: 'Closed', tags: ['x'], assignee: bob.id, team: 'Engineering' });
    after(opened, post('reply', 'public', 'x'));
    assert.deepEqual(opened, before);
  });
});

function isStatus({ field }: { field: string }): boolean {
  return field === 'status';
}

function shown({ ticket }: LocalTicket): Record<string, string | undefined> {
  return {
    subject: ticket.subject,
    status: ticket.status.name,
    assignee: ticket.assignee?.name,
    team: ticket.team,
    priority: ticket.priority.name,
    tier: ticket.tier?.toString(),
    tags: ticket.tags.join(', ') || undefined,
  };
}
