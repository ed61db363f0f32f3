import { strict as assert } from 'node:assert';
import type { Scope } from '../../src/desk/scope.ts';
import {
  apply,
  calm,
  error,
  membersOf,
  pullAll,
  remark,
  teamsOf,
  ticketOf,
  unique,
  update,
} from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** What is a team's, or what a query finds, completely and incrementally; and what is in a scope at present. */
export function scopeContract(subject: () => ContractSubject): void {
  describe('scopes', () => {
    const open = (what: string) => subject().requesterCreates(unique(what), 'It does not work.');
    const noTeam: Scope = { kind: 'team', team: 'no team has this name' };
    const has = (scope: Scope) => subject().capabilities.scopes.includes(scope.kind);

    /** Without the capability it is refused, and nothing else is checked. */
    async function isRefused(scope: Scope): Promise<boolean> {
      if (has(scope)) return false;
      const { alice } = subject();
      for (const pages of [alice.pull(scope, undefined, calm), alice.members(scope, calm)]) {
        let refused = false;
        for await (const page of pages) {
          refused = error<unknown>(page).reason === 'unsupported';
          break;
        }
        assert.ok(refused, `${scope.kind} is refused`);
      }
      return true;
    }

    it('always has what is mine, and says what that is at present', async () => {
      const { alice, bob, capabilities, personId } = subject();
      assert.ok(capabilities.scopes.includes('mine'));
      const [mine, given] = await Promise.all([open('mine at present'), open('given away at present')]);
      for (const id of [mine, given]) await update(alice, id, { assignee: personId('alice') });
      await update(bob, given, { assignee: personId('bob') });
      const members = await membersOf(alice, { kind: 'mine' });
      assert.ok(members.has(mine));
      assert.ok(!members.has(given));
    });

    it('gives what is a team’s, whoever has it, and what changed of it', async () => {
      const { alice, bob, capabilities, personId } = subject();
      if (await isRefused(noTeam)) return;
      const teams = teamsOf(subject());
      const scope: Scope = { kind: 'team', team: teams[0] };
      const [free, bobs, elsewhere] = await Promise.all([open('free'), open('of bob’s'), open('elsewhere')]);
      await update(bob, bobs, { assignee: personId('bob') });
      if (capabilities.setTeam) await update(bob, elsewhere, { team: teams[1] });
      const first = await pullAll(alice, undefined, scope);
      assert.equal(first.tickets.get(free)?.team, teams[0]);
      assert.equal(first.tickets.get(free)?.mine, false);
      assert.equal(first.tickets.get(bobs)?.assignee?.id, personId('bob'));
      assert.equal(first.tickets.has(elsewhere), !capabilities.setTeam);
      assert.deepEqual(first.tickets.get(bobs), await ticketOf(alice, bobs), 'the pull and the ticket agree');

      assert.deepEqual([...(await pullAll(alice, first.cursor, scope)).tickets.keys()], []);
      await apply(bob, bobs, remark(subject(), 'I looked at it.'));
      const second = await pullAll(alice, first.cursor, scope);
      assert.deepEqual([...second.tickets.keys()], [bobs]);
      assert.equal(second.tickets.get(bobs)?.revision, (await ticketOf(alice, bobs)).revision);
    });

    it('says what is a team’s at present', async () => {
      const { alice, bob, capabilities } = subject();
      if (await isRefused(noTeam)) return;
      const teams = teamsOf(subject());
      const scope: Scope = { kind: 'team', team: teams[0] };
      const [stays, moves] = await Promise.all([open('stays'), open('moves')]);
      const before = await membersOf(alice, scope);
      assert.ok(before.has(stays) && before.has(moves));
      if (!capabilities.setTeam) return;
      await update(bob, moves, { team: teams[1] });
      const after = await membersOf(alice, scope);
      assert.ok(after.has(stays) && !after.has(moves));
    });

    it('finds by a query, what changed of that, and what it finds at present', async () => {
      const { alice, bob, capabilities, queryFor } = subject();
      const word = unique('wanted').replace(/\W/g, '');
      const scope: Scope = { kind: 'query', name: 'Wanted', query: queryFor?.(word) ?? word };
      if (await isRefused(scope)) return;
      const [one, two, other] = await Promise.all([open(word), open(`also ${word}`), open('not wanted')]);
      const first = await pullAll(alice, undefined, scope);
      assert.deepEqual([...first.tickets.keys()].sort(), [one, two].sort());
      assert.deepEqual(first.tickets.get(one), await ticketOf(alice, one));
      await apply(bob, one, remark(subject(), 'I looked at it.'));
      await apply(bob, other, remark(subject(), 'At this too.'));
      const second = await pullAll(alice, first.cursor, scope);
      assert.equal(second.tickets.get(one)?.revision, (await ticketOf(alice, one)).revision);
      assert.ok(!second.tickets.has(other));
      assert.deepEqual([...(await membersOf(alice, scope))].sort(), [one, two].sort());
      if (!capabilities.setSubject) return;
      await update(bob, two, { subject: unique('renamed') });
      assert.deepEqual([...(await membersOf(alice, scope))], [one]);
    });

    it('says so where there is no such team', async () => {
      const { alice } = subject();
      if (await isRefused(noTeam)) return;
      for await (const page of alice.pull(noTeam, undefined, calm)) {
        if (page.ok) assert.deepEqual(page.value.tickets, []);
        else assert.equal(page.error.reason, 'not-found');
      }
    });
  });
}
