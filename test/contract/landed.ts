import { strict as assert } from 'node:assert';
import type { Step } from '../../src/desk/operation.ts';
import type { ResolutionLink } from '../../src/desk/links.ts';
import { calm, key, post, ticketOf, unique, value, sending } from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** "Did this step reach the system?": what stands between a lost answer and a second reply to the customer. */
export function landedContract(subject: () => ContractSubject): void {
  describe('landed', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'A question.');
    }

    /** Asks before and after the step was applied; the answers must differ. */
    async function settles(ticketId: string, step: Step): Promise<void> {
      const { alice } = subject();
      const id = key();
      const watermark = (await ticketOf(alice, ticketId)).revision;
      const sentAt = Date.now();
      const ask = async () =>
        value(await alice.landed(sending(ticketId, step, { key: id, revision: watermark, sentAt }), calm));
      assert.equal(await ask(), undefined, `before: ${step.type}`);
      value(await alice.apply(sending(ticketId, step, { key: id }), calm));
      assert.deepEqual(await ask(), { ticketId }, `after: ${step.type}`);
    }

    const link: ResolutionLink = {
      document: { id: 'vpn', title: 'VPN', path: 'vpn.md' },
      outcome: 'solved',
    };

    it('tells an applied post of every kind from one that was not', async () => {
      const { capabilities } = subject();
      const id = await ticket('posts');
      await settles(id, post('reply', 'public', '  Text with **markup**,\r\nlines and trailing space \n\n'));
      if (capabilities.internalNote) {
        await settles(id, post('note', 'internal', 'A note'));
        await settles(id, post('resolution', 'internal', 'Solved.', { link }));
        await settles(id, post('hand-off', 'internal', '## Hand-off\n\nAll of it.'));
        await settles(id, post('run', 'internal', '`ipconfig` gave 0'));
      }
      if (capabilities.interactionLog !== false) {
        await settles(id, post('log', 'internal', 'A call', { channel: 'phone', minutes: 3 }));
      }
    });

    it('tells an applied change of fields from one that was not', async () => {
      const { capabilities, personId, priorities, statuses, teams } = subject();
      const id = await ticket('changes');
      const settle = (fields: Extract<Step, { type: 'update' }>['fields']) =>
        settles(id, { type: 'update', fields, before: {} });
      if (capabilities.setSubject) await settle({ subject: unique('other') });
      if (capabilities.setPriority) await settle({ priority: priorities[0] });
      if (capabilities.assign) await settle({ assignee: personId('alice') });
      if (capabilities.assign) await settle({ assignee: null });
      if (capabilities.setTier === 'native') await settle({ tier: 3 });
      if (capabilities.setTags) await settle({ tags: ['a', 'b'] });
      if (capabilities.setStatus && statuses.pending !== undefined)
        await settle({ status: statuses.pending });
      if (capabilities.setTeam) {
        await settle({ team: teams[1], ...(capabilities.setSubject && { subject: unique('and') }) });
      }
    });

    it('tells time and files', async () => {
      const { capabilities } = subject();
      const id = await ticket('time and files');
      if (capabilities.logTime) {
        await settles(id, { type: 'time', minutes: 7 });
        await settles(id, { type: 'time', minutes: 7 });
        await settles(id, { type: 'time', minutes: 8, note: 'phoned' });
      }
      if (capabilities.attach) {
        const base64 = Buffer.from('content').toString('base64');
        const file = { type: 'attach', name: 'a.txt', mediaType: 'text/plain', base64 } as const;
        const visibility = capabilities.attach === 'public' ? 'public' : 'internal';
        await settles(id, { ...file, visibility });
        await settles(id, { ...file, visibility });
      }
    });

    it('tells one of two identical replies from the other', async () => {
      const { alice, trueEntries } = subject();
      const id = await ticket('identical');
      const step = post('reply', 'public', 'Still waiting for the supplier.');
      await settles(id, step);
      await settles(id, step);
      const same = (await trueEntries(id)).filter((entry) => entry.text.includes('Still waiting'));
      assert.equal(same.length, 2);
      const now = (await ticketOf(alice, id)).revision;
      assert.equal(value(await alice.landed(sending(id, step, { revision: now }), calm)), undefined);
    });

    it("does not take a colleague's reply, or our note, for our reply", async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('not ours');
      const step = post('reply', 'public', 'Thank you, we are on it.');
      const watermark = (await ticketOf(alice, id)).revision;
      const sentAt = Date.now();
      value(await bob.apply(sending(id, step), calm));
      if (capabilities.internalNote) {
        value(await alice.apply(sending(id, post('note', 'internal', 'Thank you, we are on it.')), calm));
      }
      assert.equal(
        value(await alice.landed(sending(id, step, { revision: watermark, sentAt }), calm)),
        undefined,
      );
    });

    it('does nothing twice where the answer was lost, and finds out that it was done', async () => {
      const { alice, capabilities, loseNextAnswer, trueEntries, trueTicket } = subject();
      if (loseNextAnswer === undefined) return;
      const id = await ticket('lost answer');
      async function lost(step: Step): Promise<void> {
        const { revision } = await ticketOf(alice, id);
        const sent = sending(id, step, { revision });
        loseNextAnswer!();
        const answer = await alice.apply(sent, calm);
        if (!answer.ok) assert.equal(answer.error.reason, 'unknown-outcome', step.type);
        assert.deepEqual(value(await alice.landed(sent, calm)), { ticketId: id }, step.type);
      }
      const text = unique('The answer to this is lost');
      await lost(post('reply', 'public', text));
      assert.equal((await trueEntries(id)).filter((entry) => entry.text.includes(text)).length, 1);
      if (!capabilities.logTime) return;
      await lost({ type: 'time', minutes: 7 });
      assert.equal((await trueTicket(id)).minutes, 7);
    });

    it('finds a created ticket again', async () => {
      const { alice, bob, capabilities, teams } = subject();
      if (!capabilities.createTicket) return;
      const step: Step = {
        type: 'create',
        ticket: {
          subject: unique('created once'),
          description: 'Told at the door.',
          team: teams[0],
          kind: 'incident',
          channel: 'walk-in',
          tags: [],
        },
      };
      const id = key();
      const sentAt = Date.now();
      const ask = async () => value(await alice.landed(sending(undefined, step, { key: id, sentAt }), calm));
      assert.equal(await ask(), undefined);
      value(await bob.apply(sending(undefined, step), calm));
      assert.equal(await ask(), undefined, "a colleague's is not ours");
      const applied = value(await alice.apply(sending(undefined, step, { key: id }), calm));
      assert.deepEqual(await ask(), applied);
    });
  });
}
