import { strict as assert } from 'node:assert';
import type { Step } from '../../src/desk/operation.ts';
import { relationKinds, watcherRoles, type RelationKind } from '../../src/desk/ticket.ts';
import {
  apply,
  calm,
  entriesOf,
  error,
  post,
  refused,
  sending,
  ticketOf,
  unique,
  update,
  value,
} from './helpers.ts';
import type { ContractSubject } from './subject.ts';

const inverse: Record<RelationKind, RelationKind> = { parent: 'child', child: 'parent', related: 'related' };

/** Custom fields, watchers, ties to other tickets, merging: done where the system can, refused where it can't. */
export function tieContract(subject: () => ContractSubject): void {
  describe('ties and custom fields', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'A question.');
    }

    /** Done, and found again if the answer was lost. */
    async function done(ticketId: string, step: Step): Promise<void> {
      const { alice } = subject();
      const { revision } = await ticketOf(alice, ticketId);
      const sent = { ...sending(ticketId, step), revision };
      const landed = async () => value(await alice.landed(sent, calm));
      assert.equal(await landed(), undefined, `before: ${step.type}`);
      value(await alice.apply(sent, calm));
      assert.deepEqual(await landed(), { ticketId }, `after: ${step.type}`);
    }

    async function customOf(ticketId: string, name: string): Promise<{ id: string; values: string[] }> {
      const { customFields } = await ticketOf(subject().bob, ticketId);
      const found = customFields.find((field) => field.name === name);
      assert.ok(found, `a field "${name}"`);
      return found;
    }

    it('sets custom fields that are defined, and leaves the others as they are', async () => {
      const { alice, capabilities, customFields } = subject();
      const id = await ticket('custom');
      if (customFields === undefined) {
        assert.equal(capabilities.setCustomFields ?? false, false);
        return refused(subject(), id, { type: 'update', fields: { custom: { 1: ['x'] } }, before: {} });
      }
      const defined = value(await alice.vocabulary(id, calm)).customFields ?? [];
      const set: Record<string, string[]> = {};
      for (const { name, type, values } of customFields) {
        const definition = defined.find((one) => one.name === name);
        assert.equal(definition?.type, type, name);
        set[definition.id] = values;
      }
      await done(id, { type: 'update', fields: { custom: set }, before: {} });
      for (const { name, values } of customFields)
        assert.deepEqual((await customOf(id, name)).values, values);

      const [first, second] = customFields;
      const firstId = defined.find(({ name }) => name === first.name)!.id;
      await update(alice, id, { custom: { [firstId]: [] } });
      const emptied = (await ticketOf(alice, id)).customFields.find((field) => field.id === firstId);
      assert.deepEqual(emptied?.values ?? [], []);
      assert.deepEqual((await customOf(id, second.name)).values, second.values, 'what was not named stays');
    });

    it('refuses a custom field that it does not have, and takes nothing of the change', async () => {
      const { alice, capabilities, customFields, trueTicket } = subject();
      if (customFields === undefined) return;
      const id = await ticket('no such field');
      const before = await trueTicket(id);
      const fields = {
        custom: { 'no-such-field': ['1'] },
        ...(capabilities.setSubject && { subject: 'must not be set' }),
      };
      const refusal = error(await alice.apply(sending(id, { type: 'update', fields, before: {} }), calm));
      assert.equal(refusal.reason, 'rejected');
      assert.equal(refusal.field, 'custom');
      assert.deepEqual(await trueTicket(id), before);
    });

    it('adds watchers and takes them away', async () => {
      const { alice, bob, capabilities, personId } = subject();
      const id = await ticket('watchers');
      const able = capabilities.watchers ?? [];
      for (const role of watcherRoles) {
        const watcher = { id: personId('bob'), name: 'Bob', role };
        if (able.length === 0) await refused(subject(), id, { type: 'watch', change: 'add', watcher });
        if (!able.includes(role)) continue;
        const watches = async () =>
          ((await ticketOf(bob, id)).watchers ?? []).some(
            (one) => one.role === role && one.id === personId('bob'),
          );
        await done(id, { type: 'watch', change: 'add', watcher });
        assert.ok(await watches());
        await apply(alice, id, { type: 'watch', change: 'add', watcher });
        await done(id, { type: 'watch', change: 'remove', watcher });
        assert.ok(!(await watches()));
      }
    });

    it('ties tickets together, seen from both, and parts them', async () => {
      const { bob, capabilities, silentOn } = subject();
      const able = capabilities.relate ?? [];
      for (const kind of relationKinds) {
        const [id, otherId] = [await ticket('this'), await ticket('other')];
        const { key: otherKey } = await ticketOf(bob, otherId);
        const relation = { kind, ticketId: otherId, key: otherKey };
        if (able.length === 0) await refused(subject(), id, { type: 'relate', change: 'add', relation });
        if (!able.includes(kind)) continue;
        const related = async (from: string) => (await ticketOf(bob, from)).relations ?? [];
        await done(id, { type: 'relate', change: 'add', relation });
        assert.deepEqual(await related(id), [relation]);
        const [back] = await related(otherId);
        assert.equal(back?.kind, inverse[kind]);
        assert.equal(back.ticketId, id);
        const told = (await entriesOf(bob, id)).flatMap(({ changes }) => changes);
        if (kind !== 'child' && !silentOn?.includes('history'))
          assert.ok(
            told.some(({ field, to }) => field === kind && to === otherKey),
            kind,
          );
        await done(id, { type: 'relate', change: 'remove', relation });
        assert.deepEqual(await related(id), []);
        assert.deepEqual(await related(otherId), []);
      }
    });

    it('merges a ticket into another, which has all that was said', async () => {
      const { alice, bob, capabilities, trueEntries, unknownTicketId } = subject();
      const [id, intoId] = [await ticket('merged'), await ticket('goes on')];
      const { key: intoKey } = await ticketOf(bob, intoId);
      const step = { type: 'merge', into: { id: intoId, key: intoKey } } as const;
      if (capabilities.merge !== true) return refused(subject(), id, step);
      await apply(alice, id, post('reply', 'public', 'Said before they were one.'));
      const nowhere = { type: 'merge', into: { id: unknownTicketId, key: 'nowhere' } } as const;
      assert.equal(error(await alice.apply(sending(id, nowhere), calm)).reason, 'rejected');
      await done(id, step);
      const merged = await ticketOf(bob, id);
      assert.equal(merged.id, id);
      assert.deepEqual(merged.mergedInto, { id: intoId, key: intoKey });
      assert.equal(merged.status.category, 'closed');
      const said = (await entriesOf(bob, intoId)).flatMap(({ body }) => body?.text ?? []);
      assert.ok(said.some((text) => text.includes('Said before they were one.')));
      await apply(alice, id, post('reply', 'public', 'Said after they were one.'));
      assert.ok((await trueEntries(intoId)).some(({ text }) => text.includes('Said after they were one.')));
    });
  });
}
