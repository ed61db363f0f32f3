import { strict as assert } from 'node:assert';
import type { DeskError } from '../../src/desk/errors.ts';
import type { Step, TicketFields } from '../../src/desk/operation.ts';
import {
  apply,
  calm,
  entriesOf,
  error,
  refused,
  remark,
  ticketOf,
  unique,
  update,
  value,
  sending,
} from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** What may be set, what the history says of it, and what is refused. */
export function fieldContract(subject: () => ContractSubject): void {
  describe('fields', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'A question.');
    }

    /** By the field; where the right to set it is missing, that may be said instead. */
    function isRefusalOf(name: string, can: boolean, refusal: DeskError): void {
      if (!can && refusal.reason === 'unsupported') return;
      assert.equal(refusal.reason, 'rejected', name);
      assert.equal(refusal.field, name);
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

    const isRefused = (ticketId: string, fields: TicketFields) =>
      refused(subject(), ticketId, { type: 'update', fields, before: {} });
    const tellsHistory = () => !subject().silentOn?.includes('history');

    it('sets the status, and the history says from what to what', async () => {
      const { alice, capabilities, statuses, trueTicket } = subject();
      const id = await ticket('status');
      const { name: from } = (await ticketOf(alice, id)).status;
      for (const category of ['pending', 'resolved'] as const) {
        const status = statuses[category];
        if (status === undefined) continue;
        if (!capabilities.setStatus) return isRefused(id, { status });
        await update(alice, id, { status });
        assert.equal((await trueTicket(id)).status, status);
        assert.deepEqual((await ticketOf(alice, id)).status, { name: status, category });
      }
      if (statuses.resolved !== undefined) assert.ok((await ticketOf(alice, id)).resolvedAt !== undefined);
      if (!tellsHistory()) return;
      const [first] = await changesOf(id, 'status');
      assert.equal(first?.kind, 'status');
      assert.deepEqual(first.change, { field: 'status', from, to: statuses.pending });
    });

    it('assigns, reassigns and takes the assignee away', async () => {
      const { alice, bob, capabilities, personId, trueTicket } = subject();
      const id = await ticket('assignee');
      if (!capabilities.assign) return isRefused(id, { assignee: personId('alice') });
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
      if (!capabilities.assign) return isRefused(id, { assignee: personId('alice') });
      await update(alice, id, { assignee: personId('alice') });
      if (!tellsHistory()) return;
      const changes = await changesOf(id, 'assignee');
      assert.equal(changes.length, 1);
      assert.equal(changes[0]!.kind, 'field');
      assert.ok(changes[0]!.change.to);
    });

    it('sets subject, team and priority at once', async () => {
      const { alice, capabilities, priorities, teams, trueTicket } = subject();
      const id = await ticket('several');
      const can = {
        subject: capabilities.setSubject,
        team: capabilities.setTeam,
        priority: capabilities.setPriority,
      };
      const all = {
        subject: unique('Now it is about the network'),
        team: teams[1] ?? 'any',
        priority: priorities[0],
      };
      const names = ['subject', 'team', 'priority'] as const;
      for (const name of names.filter((one) => !can[one])) await isRefused(id, { [name]: all[name] });
      const able = names.filter((one) => can[one]);
      await update(alice, id, Object.fromEntries(able.map((name) => [name, all[name]])));
      const truth = await trueTicket(id);
      const { priority, ...after } = await ticketOf(alice, id);
      for (const name of able) {
        assert.equal(truth[name], all[name], name);
        assert.equal(name === 'priority' ? priority.name : after[name], all[name], name);
        if (!tellsHistory()) continue;
        const told = await changesOf(id, name);
        assert.equal(told[0]?.change.to, all[name], name);
        if (name === 'team') assert.deepEqual([told.length, told[0].change.from], [1, teams[0]]);
      }
    });

    it('sets the tier', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('tier');
      if (capabilities.setTier !== 'native') return isRefused(id, { tier: 2 });
      await update(alice, id, { tier: 2 });
      assert.equal((await ticketOf(bob, id)).tier, 2);
      if (tellsHistory()) assert.equal((await changesOf(id, 'tier'))[0]?.change.to, '2');
    });

    it('sets tags', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('tags');
      if (!capabilities.setTags) return isRefused(id, { tags: ['printer'] });
      await update(alice, id, { tags: ['printer', 'second-floor'] });
      assert.deepEqual((await ticketOf(bob, id)).tags.toSorted(), ['printer', 'second-floor']);
    });

    it('logs time', async () => {
      const { alice, bob, capabilities, trueTicket } = subject();
      const id = await ticket('time');
      const step = { type: 'time', minutes: 25, note: 'Looked for the cable' } as const;
      if (!capabilities.logTime) return refused(subject(), id, step);
      await apply(alice, id, step);
      assert.equal((await trueTicket(id)).minutes, 25);
      const logged = (await entriesOf(bob, id)).filter((entry) => entry.minutes === 25);
      assert.equal(logged.length, 1);
      assert.ok(['time', 'note'].includes(logged[0]!.kind));
      await apply(alice, id, { type: 'time', minutes: 5 });
      assert.equal((await trueTicket(id)).minutes, 30);
    });

    it('names the field when a value is refused, and leaves the ticket as it was', async () => {
      const { alice, capabilities, priorities, trueTicket } = subject();
      const id = await ticket('refused');
      const before = await trueTicket(id);
      const wrong = [
        ['status', 'no-such-status', capabilities.setStatus],
        ['assignee', 'no-such-person', capabilities.assign],
        ['team', 'No Such Team', capabilities.setTeam],
        ['priority', 'No Such Priority', capabilities.setPriority],
      ] as const;
      for (const [field, given, can] of wrong) {
        const fields: TicketFields = {
          [field]: given,
          ...(capabilities.setSubject && { subject: 'must not be set' }),
        };
        const step: Step = { type: 'update', fields, before: {} };
        isRefusalOf(field, can, error(await alice.apply(sending(id, step), calm)));
        assert.deepEqual(await trueTicket(id), before);
      }
      if (!capabilities.setPriority) return;
      await update(alice, id, { priority: priorities[0] });
      assert.equal((await trueTicket(id)).priority, priorities[0], 'and the right one is still taken');
    });

    it('refuses a new ticket with a wrong team by that field', async () => {
      const { alice, capabilities, teams } = subject();
      const step: Step = {
        type: 'create',
        ticket: {
          subject: unique('nowhere'),
          description: 'x',
          team: 'No Such Team',
          kind: 'other',
          channel: 'other',
          tags: [],
        },
      };
      const can = capabilities.createTicket && teams.length > 0;
      isRefusalOf('team', can, error(await alice.apply(sending(undefined, step), calm)));
    });

    it('gives a revision that changes with the ticket and not without', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('revision');
      const first = await ticketOf(alice, id);
      assert.equal((await ticketOf(alice, id)).revision, first.revision);
      assert.equal(value(await alice.timeline(id, calm)).ticket.revision, first.revision);
      if (capabilities.setSubject) await update(bob, id, { subject: unique('renamed') });
      else await apply(bob, id, remark(subject(), 'I looked at it.'));
      const second = await ticketOf(alice, id);
      assert.notEqual(second.revision, first.revision);
      assert.ok(second.updatedAt >= first.updatedAt);
    });

    it('refuses a change of a ticket that has moved on, where it says that it does', async () => {
      const { alice, bob, capabilities, personId, trueTicket } = subject();
      if (!capabilities.optimisticConcurrency) return;
      const id = await ticket('stale');
      const stale = await ticketOf(alice, id);
      await apply(bob, id, remark(subject(), 'I looked at it.'));
      const step: Step = { type: 'update', fields: { assignee: personId('alice') }, before: {} };
      const assign = (revision: string) => alice.apply(sending(id, step, { revision }), calm);
      assert.equal(error(await assign(stale.revision)).reason, 'conflict');
      assert.equal((await trueTicket(id)).assignee, undefined);
      value(await assign((await ticketOf(alice, id)).revision));
      assert.equal((await trueTicket(id)).assignee, 'alice');
    });
  });
}
