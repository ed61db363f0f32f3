import { strict as assert } from 'node:assert';
import type { TicketFields } from '../../src/desk/operation.ts';
import { apply, calm, entriesOf, error, ticketOf, unique, update, value, sending } from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** What may be set, what the history says of it, and what is refused. */
export function fieldContract(subject: () => ContractSubject): void {
  describe('fields', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'A question.');
    }

    async function changesOf(ticketId: string, field: string) {
      const entries = await entriesOf(subject().bob, ticketId);
      return entries
        .filter((entry) => entry.changes.some((change) => change.field === field))
        .map((entry) => {
          assert.equal(entry.visibility, 'system');
          assert.equal(entry.author.id, subject().personId('alice'));
          return { kind: entry.kind, change: entry.changes.find((change) => change.field === field)! };
        });
    }

    /** Where the right is missing, nothing is sent and the answer says so. */
    async function refused(ticketId: string, fields: TicketFields): Promise<void> {
      const { alice } = subject();
      const answer = await alice.apply(sending(ticketId, { type: 'update', fields, before: {} }), calm);
      assert.equal(error(answer).reason, 'unsupported');
    }

    it('sets the status, and the history says from what to what', async () => {
      const { alice, capabilities, statuses, trueTicket } = subject();
      const id = await ticket('status');
      const { name: from } = (await ticketOf(alice, id)).status;
      for (const category of ['pending', 'resolved'] as const) {
        const status = statuses[category];
        if (status === undefined) continue;
        if (!capabilities.setStatus) return refused(id, { status });
        await update(alice, id, { status });
        assert.equal((await trueTicket(id)).status, status);
        assert.deepEqual((await ticketOf(alice, id)).status, { name: status, category });
      }
      const [first] = await changesOf(id, 'status');
      assert.equal(first?.kind, 'status');
      assert.deepEqual(first.change, { field: 'status', from, to: statuses.pending });
      if (statuses.resolved !== undefined) assert.ok((await ticketOf(alice, id)).resolvedAt !== undefined);
    });

    it('assigns, reassigns and takes the assignee away', async () => {
      const { alice, bob, capabilities, personId, trueTicket } = subject();
      const id = await ticket('assignee');
      if (!capabilities.assign) return refused(id, { assignee: personId('alice') });
      await update(alice, id, { assignee: personId('alice') });
      assert.equal((await trueTicket(id)).assignee, 'alice');
      assert.equal((await ticketOf(alice, id)).mine, true);
      assert.equal((await ticketOf(bob, id)).mine, false);
      await update(alice, id, { assignee: personId('bob') });
      assert.equal((await trueTicket(id)).assignee, 'bob');
      assert.equal((await ticketOf(bob, id)).mine, true);
      await update(bob, id, { assignee: personId('alice') });
      await update(alice, id, { assignee: null });
      assert.equal((await trueTicket(id)).assignee, undefined);
      assert.equal((await ticketOf(alice, id)).assignee, undefined);
    });

    it('writes assignments into the history', async () => {
      const { alice, capabilities, personId } = subject();
      const id = await ticket('assignee history');
      if (!capabilities.assign) return refused(id, { assignee: personId('alice') });
      await update(alice, id, { assignee: personId('alice') });
      const changes = await changesOf(id, 'assignee');
      assert.equal(changes.length, 1);
      assert.equal(changes[0]!.kind, 'field');
      assert.ok(changes[0]!.change.to);
    });

    it('sets subject, team and priority at once', async () => {
      const { alice, capabilities, priorities, teams, trueTicket } = subject();
      const id = await ticket('several');
      if (!capabilities.setTeam) return refused(id, { team: teams[1] });
      if (!capabilities.setPriority) return refused(id, { priority: priorities[0] });
      const title = unique('Now it is about the network');
      await update(alice, id, { subject: title, team: teams[1], priority: priorities[0] });
      const truth = await trueTicket(id);
      assert.equal(truth.subject, title);
      assert.equal(truth.team, teams[1]);
      assert.equal(truth.priority, priorities[0]);
      const after = await ticketOf(alice, id);
      assert.equal(after.subject, title);
      assert.equal(after.team, teams[1]);
      assert.equal(after.priority.name, priorities[0]);
      const moved = await changesOf(id, 'team');
      assert.deepEqual(
        moved.map(({ change }) => change),
        [{ field: 'team', from: teams[0], to: teams[1] }],
      );
      const raised = await changesOf(id, 'priority');
      assert.equal(raised[0]?.change.to, priorities[0]);
      assert.equal((await changesOf(id, 'subject'))[0]?.change.to, title);
    });

    it('sets the tier', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('tier');
      if (capabilities.setTier !== 'native') return refused(id, { tier: 2 });
      await update(alice, id, { tier: 2 });
      assert.equal((await ticketOf(bob, id)).tier, 2);
      assert.equal((await changesOf(id, 'tier'))[0]?.change.to, '2');
    });

    it('sets tags', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('tags');
      if (!capabilities.setTags) return refused(id, { tags: ['printer'] });
      await update(alice, id, { tags: ['printer', 'second-floor'] });
      assert.deepEqual((await ticketOf(bob, id)).tags.toSorted(), ['printer', 'second-floor']);
    });

    it('logs time', async () => {
      const { alice, bob, capabilities, trueTicket } = subject();
      const id = await ticket('time');
      const step = { type: 'time', minutes: 25, note: 'Looked for the cable' } as const;
      if (!capabilities.logTime) {
        assert.equal(error(await alice.apply(sending(id, step), calm)).reason, 'unsupported');
        return;
      }
      await apply(alice, id, step);
      assert.equal((await trueTicket(id)).minutes, 25);
      const logged = (await entriesOf(bob, id)).filter((entry) => entry.minutes === 25);
      assert.equal(logged.length, 1);
      assert.ok(['time', 'note'].includes(logged[0]!.kind));
      await apply(alice, id, { type: 'time', minutes: 5 });
      assert.equal((await trueTicket(id)).minutes, 30);
    });

    it('names the field when a value is refused, and leaves the ticket as it was', async () => {
      const { alice, priorities, trueTicket } = subject();
      const id = await ticket('refused');
      const before = await trueTicket(id);
      const wrong: TicketFields[] = [
        { status: 'no-such-status' },
        { assignee: 'no-such-person' },
        { team: 'No Such Team' },
        { priority: 'No Such Priority' },
      ];
      for (const fields of wrong) {
        const step = {
          type: 'update',
          fields: { ...fields, subject: 'must not be set' },
          before: {},
        } as const;
        const refusal = error(await alice.apply(sending(id, step), calm));
        assert.equal(refusal.reason, 'rejected', JSON.stringify(fields));
        assert.equal(refusal.field, Object.keys(fields)[0]);
        assert.deepEqual(await trueTicket(id), before);
      }
      await update(alice, id, { priority: priorities[0] });
      assert.equal((await trueTicket(id)).priority, priorities[0], 'and the right one is still taken');
    });

    it('refuses a new ticket with a wrong team by that field', async () => {
      const { alice } = subject();
      const refusal = error(
        await alice.apply(
          sending(undefined, {
            type: 'create',
            ticket: {
              subject: unique('nowhere'),
              description: 'x',
              team: 'No Such Team',
              kind: 'other',
              channel: 'other',
              tags: [],
            },
          }),
          calm,
        ),
      );
      assert.equal(refusal.reason, 'rejected');
      assert.equal(refusal.field, 'team');
    });

    it('gives a revision that changes with the ticket and not without', async () => {
      const { alice, bob } = subject();
      const id = await ticket('revision');
      const first = await ticketOf(alice, id);
      assert.equal((await ticketOf(alice, id)).revision, first.revision);
      assert.equal(value(await alice.timeline(id, calm)).ticket.revision, first.revision);
      await update(bob, id, { subject: unique('renamed') });
      const second = await ticketOf(alice, id);
      assert.notEqual(second.revision, first.revision);
      assert.ok(second.updatedAt >= first.updatedAt);
    });
  });
}
