import { strict as assert } from 'node:assert';
import {
  apply,
  catchUp,
  calm,
  error,
  membersOf,
  pullAll,
  remark,
  ticketOf,
  unique,
  update,
  value,
} from './helpers.ts';
import type { ContractSubject } from './subject.ts';
import { mine } from '../../src/desk/scope.ts';

/** What is mine, completely and incrementally. */
export function pullContract(subject: () => ContractSubject): void {
  describe('pull', () => {
    /** A ticket of carol's that is alice's to work on. */
    async function ticketOfAlices(what: string): Promise<string> {
      const { alice, personId, requesterCreates } = subject();
      const id = await requesterCreates(unique(what), 'It does not work.');
      await update(alice, id, { assignee: personId('alice') });
      return id;
    }

    it('gives what is mine and not what is not', async () => {
      const { accountId, alice, personId, requesterCreates } = subject();
      const mine = await ticketOfAlices('mine');
      const nobodys = await requesterCreates(unique('not mine'), 'A question.');
      const { tickets } = await pullAll(alice);
      const ticket = tickets.get(mine);
      assert.ok(ticket);
      assert.equal(ticket.accountId, accountId);
      assert.equal(ticket.mine, true);
      assert.equal(ticket.assignee?.id, personId('alice'));
      assert.equal(ticket.requester?.id, personId('carol'));
      assert.equal(tickets.get(nobodys)?.mine ?? false, false);
      assert.deepEqual(ticket, await ticketOf(alice, mine), 'the pull and the ticket agree');
    });

    it('gives only what changed since, and a cursor that stays', async () => {
      const { alice, bob } = subject();
      const untouched = await ticketOfAlices('untouched');
      const touched = await ticketOfAlices('touched');
      const first = await catchUp(alice);
      assert.ok(first.tickets.has(untouched) && first.tickets.has(touched));
      const before = first.tickets.get(touched)!;

      await apply(bob, touched, remark(subject(), 'I looked at it.'));
      const second = await pullAll(alice, first.cursor);
      const after = second.tickets.get(touched);
      assert.ok(after, 'what changed is given');
      assert.notEqual(after.revision, before.revision);
      assert.ok(!second.tickets.has(untouched), 'what did not change is not');

      const third = await pullAll(alice, second.cursor);
      assert.deepEqual([...third.tickets.keys()], []);
    });

    it('never misses a change made in the same moment as the cursor', async () => {
      const { alice, bob } = subject();
      const ids = await Promise.all(['a', 'b', 'c'].map((name) => ticketOfAlices(`moment ${name}`)));
      let { cursor } = await catchUp(alice);
      for (const [round, id] of [...ids, ...ids].entries()) {
        await apply(bob, id, remark(subject(), `round ${round}`));
        const pulled = await pullAll(alice, cursor);
        assert.ok(pulled.tickets.has(id), `round ${round}`);
        assert.equal(pulled.tickets.get(id)?.revision, (await ticketOf(alice, id)).revision);
        cursor = pulled.cursor;
      }
    });

    it('can be stopped after any page and resumed from its cursor', async () => {
      const { bob, personId } = subject();
      const ids = await Promise.all(['d', 'e', 'f'].map((name) => ticketOfAlices(`resumed ${name}`)));
      for (const id of ids) await update(bob, id, { assignee: personId('bob') });
      const whole = await pullAll(bob);
      const seen = new Set<string>();
      let cursor: string | undefined;
      for (let more = true; more;) {
        more = false;
        for await (const result of bob.pull(mine, cursor, calm)) {
          const page = value(result);
          more = page.cursor !== cursor && page.tickets.length > 0;
          for (const ticket of page.tickets) seen.add(ticket.id);
          cursor = page.cursor;
          break;
        }
      }
      for (const id of [...ids, ...whole.tickets.keys()]) assert.ok(seen.has(id), id);
      assert.equal(whole.pages.flatMap((page) => page.problems).length, 0);
    });

    it('tells when a ticket is no longer mine', async () => {
      const { alice, bob, personId } = subject();
      const id = await ticketOfAlices('given away');
      const { cursor } = await catchUp(alice);
      await update(bob, id, { assignee: personId('bob') });
      const { tickets } = await pullAll(alice, cursor);
      assert.equal(tickets.get(id)?.mine, false);
      assert.equal(tickets.get(id)?.assignee?.id, personId('bob'));
      assert.equal((await pullAll(bob)).tickets.get(id)?.mine, true);
    });

    it('turns pages, and loses nothing on the way', async () => {
      const { alice, pageSize } = subject();
      if (pageSize === undefined) return;
      const ids = await Promise.all(
        Array.from({ length: pageSize + 1 }, (_, index) => ticketOfAlices(`page ${index}`)),
      );
      const { pages, tickets } = await pullAll(alice);
      assert.ok(pages.length > 1, 'there is more than a page');
      const members = await membersOf(alice, mine);
      assert.deepEqual(
        ids.filter((id) => !tickets.has(id) || !members.has(id)),
        [],
      );
    });

    it('lists what is in a scope without a gap, though a ticket changes between two pages', async () => {
      const { alice, bob, pageSize } = subject();
      if (pageSize === undefined) return;
      await Promise.all(
        Array.from({ length: pageSize + 1 }, (_, index) => ticketOfAlices(`member ${index}`)),
      );
      const before = await membersOf(alice, mine);
      const listed: string[] = [];
      for await (const page of alice.members(mine, calm)) {
        const first = listed.length === 0;
        listed.push(...value(page));
        if (first) await apply(bob, listed[0], remark(subject(), 'between two pages'));
      }
      assert.deepEqual(
        [...before].filter((id) => !listed.includes(id)),
        [],
      );
    });

    it('does not take a cursor it did not give for the beginning', async () => {
      for await (const page of subject().alice.pull(mine, 'not a cursor', calm)) {
        assert.equal(error(page).reason, 'protocol');
        return;
      }
      assert.fail('no answer');
    });
  });
}
