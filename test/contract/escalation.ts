import { strict as assert } from 'node:assert';
import type { Draft } from '../../src/desk/draft.ts';
import { escalationsOf } from '../../src/desk/escalation.ts';
import { declareSteps, joinSteps, majorIncidentTag, partsOf } from '../../src/desk/majorIncident.ts';
import type { Ticket } from '../../src/desk/ticket.ts';
import type { Target } from '../../src/desk/target.ts';
import type { Backend } from '../../src/backends/backend.ts';
import {
  acceptSteps,
  arrivalOf,
  consultText,
  handBackText,
  tierBefore,
  type BegunText,
} from '../../src/editor/escalating/acts.ts';
import { handOffFacts } from '../../src/editor/escalating/facts.ts';
import { handOffText } from '../../src/editor/escalating/handOffText.ts';
import { planDraft } from '../../src/replies/plan.ts';
import { apply, entriesOf, post, teamsOf, ticketOf, unique, update, value, calm } from './helpers.ts';
import type { ContractSubject } from './subject.ts';

const plain = (message: string, ...values: (string | number)[]): string =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));

/** A ticket that goes to another team and back, by the acts and the texts of the editor. */
export function escalationContract(subject: () => ContractSubject): void {
  describe('escalation', () => {
    const secret = unique('between colleagues');

    /** Sends a draft as the editor does. */
    async function send(who: Backend, ticket: Ticket, kind: Draft['kind'], text: string): Promise<void> {
      const draft: Draft = {
        id: 'd',
        kind,
        accountId: ticket.accountId,
        ticketId: ticket.id,
        label: '',
        text,
        savedAt: 0,
      };
      const planned = planDraft(draft, { ticket, capabilities: subject().capabilities });
      assert.ok(planned.ok, planned.ok ? '' : planned.problem.message);
      for (const step of planned.plan.steps) await apply(who, ticket.id, step);
    }

    async function handOffOf(ticket: Ticket, target: Target, who: Backend): Promise<BegunText> {
      const { capabilities } = subject();
      const surroundings = { links: [], runs: [], others: [], now: Date.now() };
      return handOffText(
        ticket,
        {
          target,
          reason: 'needs access we do not have',
          sections: handOffFacts(ticket, await entriesOf(who, ticket.id), surroundings, plain),
          required: [],
          assignee: target.assignee,
          informed: { known: [`Bob <${subject().personId('bob')}>`], unknown: [] },
          capabilities,
          now: Date.now(),
        },
        plain,
      );
    }

    it('goes to another team, is asked about, accepted, returned and handed back; the customer sees none of it', async function () {
      const { alice, bob, capabilities, personId, priorities, trueTicket, trueEntries } = subject();
      const id = await subject().requesterCreates(unique('escalation'), 'The mail does not open.');
      if (!capabilities.internalNote || !capabilities.setTeam) return;
      const teams = teamsOf(subject());
      await update(alice, id, { assignee: personId('alice') });
      await apply(alice, id, post('note', 'internal', `Reset her password: no change. ${secret}`));

      const first = await ticketOf(alice, id);
      const target: Target = {
        name: 'Second line',
        team: teams[1],
        priority: priorities[0],
        ...(capabilities.setTier === 'native' && { tier: 2 }),
        ...(capabilities.setTags && { tags: ['handed-on'] }),
      };
      const handOff = await handOffOf(first, target, alice);
      assert.match(handOff.text, /Reset her password: no change\./);
      await send(alice, first, 'hand-off', withText(handOff, `Her mailbox is locked. ${secret}`));
      const there = await trueTicket(id);
      assert.deepEqual(
        [there.team, there.assignee, there.priority],
        [teams[1], undefined, priorities[0]],
        'the server has it with the team, with nobody, at the priority',
      );
      const arrived = await ticketOf(bob, id);
      if (capabilities.setTier === 'native') assert.equal(arrived.tier, 2);
      if (capabilities.setTags) assert.ok(arrived.tags.includes('handed-on'));
      assert.equal(
        arrived.watchers?.some(({ role, id: one }) => role === 'watcher' && one === personId('bob')) ?? false,
        capabilities.watchers?.includes('watcher') ?? false,
        'who is kept informed watches it',
      );

      await send(alice, arrived, 'note', withText(consultText(teams[0], plain), `Known to you? ${secret}`));
      assert.deepEqual([(await trueTicket(id)).team, (await trueTicket(id)).assignee], [teams[1], undefined]);

      const { me } = value(await bob.signIn(calm));
      for (const step of acceptSteps(arrived, me, `Looking at it. ${secret}`)) await apply(bob, id, step);
      assert.equal((await trueTicket(id)).assignee, 'bob');

      for (const missing of [[`the error message ${secret}`], undefined]) {
        const mine = await ticketOf(bob, id);
        const entries = await entriesOf(bob, id);
        const arrival = arrivalOf(mine, entries);
        assert.deepEqual([arrival?.from, arrival?.by.id], [teams[0], personId('alice')]);
        const back = handBackText(
          {
            team: teams[0],
            person: arrival?.by,
            tier: capabilities.setTier === 'native' ? tierBefore(mine, entries) : undefined,
            missing,
          },
          plain,
        );
        await send(bob, mine, 'hand-off', missing ? back.text : withText(back, `Unlocked it. ${secret}`));
        const returned = await trueTicket(id);
        assert.deepEqual([returned.team, returned.assignee], [teams[0], 'alice']);
        if (capabilities.setTier === 'native') assert.equal((await ticketOf(alice, id)).tier, 1);
        if (!missing) break;
        const again = await ticketOf(alice, id);
        await send(alice, again, 'hand-off', (await handOffOf(again, target, alice)).text);
        const taken = await ticketOf(bob, id);
        for (const step of acceptSteps(taken, me, '')) await apply(bob, id, step);
      }

      const told = escalationsOf(await entriesOf(alice, id));
      assert.deepEqual(
        told.map(({ direction, done, to }) => [direction, done, to]),
        [
          ['onward', false, teams[1]],
          ['back', false, teams[0]],
          ['onward', false, teams[1]],
          ['back', true, teams[0]],
        ],
      );
      const colleagues = (await trueEntries(id)).filter(({ text }) => text.includes(secret));
      assert.equal(colleagues.length, 6 + 1);
      assert.ok(colleagues.every(({ visibility }) => visibility === 'internal'));
      const customer = await subject().requesterSees?.(id);
      assert.ok(customer === undefined || customer.includes('The mail does not open.'));
      assert.ok(!customer?.includes(secret), 'carol sees none of it');
      assert.ok(!customer?.includes('Hand-off'), 'nor that there was a hand-off');
    });

    it('tells the requester only what is in the message, in public', async function () {
      const { alice, capabilities, trueEntries } = subject();
      if (!capabilities.internalNote || !capabilities.setTeam) return;
      const teams = teamsOf(subject());
      const id = await subject().requesterCreates(unique('message'), 'The mail does not open.');
      const ticket = await ticketOf(alice, id);
      const words = unique('A colleague of the mail team goes on');
      const { text } = await handOffOf(ticket, { name: teams[1], team: teams[1] }, alice);
      await send(alice, ticket, 'hand-off', text.replace(/^message:$/m, `message: ${words}`));
      const open = (await trueEntries(id)).filter(({ visibility }) => visibility === 'public');
      assert.ok(open.at(-1)?.text.startsWith(words));
      assert.equal(open.filter(({ text: one }) => one.includes('Hand-off')).length, 0);
      assert.ok((await subject().requesterSees?.(id))?.includes(words) ?? true);
    });

    it('stands for others as a major incident, of which only colleagues read', async function () {
      const { alice, capabilities, trueEntries } = subject();
      if (!capabilities.internalNote || !capabilities.relate?.includes('parent')) return;
      const [incident, part] = [
        await subject().requesterCreates(unique('all printers'), 'Nothing prints.'),
        await subject().requesterCreates(unique('my printer'), 'It does not print.'),
      ];
      const before = await ticketOf(alice, incident);
      const canTag = capabilities.setTags;
      for (const step of declareSteps(before, secret, canTag)) await apply(alice, incident, step);
      for (const step of joinSteps(before, secret)) await apply(alice, part, step);

      const [standing, joined] = [await ticketOf(alice, incident), await ticketOf(alice, part)];
      assert.equal(standing.tags.includes(majorIncidentTag), canTag);
      const { reached } = partsOf(standing.relations ?? [], (id) => (id === part ? joined : undefined));
      assert.deepEqual(reached, [joined]);
      for (const id of [incident, part]) {
        const said = (await trueEntries(id)).filter(({ text }) => text.includes(secret));
        assert.deepEqual(
          said.map(({ visibility }) => visibility),
          ['internal'],
        );
        assert.ok(!(await subject().requesterSees?.(id))?.includes(secret), 'carol sees none of it');
      }
    });
  });
}

function withText({ text, cursor }: BegunText, words: string): string {
  return text.slice(0, cursor) + words + text.slice(cursor);
}
