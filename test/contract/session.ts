import { strict as assert } from 'node:assert';
import { abilityRows, type Ability } from '../../src/backends/abilities.ts';
import type { Result } from '../../src/desk/errors.ts';
import { calm, error, post, remark, unique, value, sending } from './helpers.ts';
import type { ContractSubject } from './subject.ts';
import { mine } from '../../src/desk/scope.ts';

/** Signing in, what may be set, who is there, and being stopped. */
export function sessionContract(subject: () => ContractSubject): void {
  describe('session', () => {
    it('says who is signed in and what they may do', async () => {
      const { alice, bob, capabilities, personId } = subject();
      const session = value(await alice.signIn(calm));
      assert.equal(session.me.id, personId('alice'));
      assert.deepEqual(session.capabilities, capabilities);
      assert.equal(value(await bob.signIn(calm)).me.id, personId('bob'));
    });

    it('does not take a wrong token for anything else', async () => {
      const { stranger } = subject();
      if (stranger) assert.equal(error(await stranger.signIn(calm)).reason, 'unauthorised');
    });

    it('can do what the README says of it', () => {
      const { abilities, capabilities } = subject();
      for (const [row, names] of Object.entries(abilityRows)) {
        for (const name of names) {
          const can = capabilities[name];
          const able = Array.isArray(can) ? can.length > 0 : can !== false && can !== undefined;
          assert.equal(abilities[row as Ability] !== 'no', able, `${row}: ${name}`);
        }
      }
    });

    it('names what may be set', async () => {
      const { alice, capabilities, priorities, requesterCreates, statuses, teams } = subject();
      const ticketId = await requesterCreates(unique('vocabulary'), 'A question.');
      for (const id of capabilities.createTicket ? [ticketId, undefined] : [ticketId]) {
        const vocabulary = value(await alice.vocabulary(id, calm));
        const teamNames = vocabulary.teams.map((team) => team.name);
        for (const team of teams) assert.ok(team !== undefined && teamNames.includes(team), team);
        const priorityNames = vocabulary.priorities.map((priority) => priority.name);
        for (const priority of priorities) assert.ok(priorityNames.includes(priority), priority);
      }
      const offered = value(await alice.vocabulary(ticketId, calm)).statuses;
      for (const [category, status] of Object.entries(statuses)) {
        assert.equal(offered.find((one) => one.name === status)?.category, category, status);
      }
    });

    it('finds people', async () => {
      const { alice, personId, silentOn } = subject();
      assert.deepEqual(value(await alice.people('nobody-has-this-name', calm)), []);
      if (silentOn?.includes('people')) return;
      const bob = value(await alice.people('bob', calm));
      assert.equal(bob[0]?.id, personId('bob'));
      const everybody = value(await alice.people('', calm)).map((person) => person.id);
      assert.ok(everybody.includes(personId('alice')));
      assert.ok(everybody.includes(personId('bob')));
    });

    it('says of a ticket that does not exist that it does not', async () => {
      const { alice, unknownTicketId: id } = subject();
      assert.equal(error(await alice.ticket(id, calm)).reason, 'not-found');
      assert.equal(error(await alice.timeline(id, calm)).reason, 'not-found');
      assert.equal(
        error(await alice.apply(sending(id, remark(subject(), 'nobody')), calm)).reason,
        'not-found',
      );
      assert.equal(error(await alice.attachment(id, '1', calm)).reason, 'not-found');
    });

    it('does nothing once cancelled', async () => {
      const { alice, requesterCreates, trueEntries } = subject();
      const id = await requesterCreates(unique('cancelled'), 'A question.');
      const signal = AbortSignal.abort();
      const step = post('reply', 'public', 'must not arrive');
      const answers: Promise<Result<unknown>>[] = [
        alice.signIn(signal),
        alice.ticket(id, signal),
        alice.timeline(id, signal),
        alice.apply(sending(id, step), signal),
        alice.landed(sending(id, step), signal),
        alice.vocabulary(id, signal),
        alice.people('', signal),
        alice.attachment(id, '1', signal),
        first(alice.pull(mine, undefined, signal)),
        first(alice.members(mine, signal)),
      ];
      for (const answer of await Promise.all(answers)) assert.equal(error(answer).reason, 'cancelled');
      assert.equal((await trueEntries(id)).length, 1);
    });
  });
}

async function first(pages: AsyncIterable<Result<unknown>>): Promise<Result<unknown>> {
  for await (const page of pages) return page;
  return { ok: true, value: 'no page' };
}
