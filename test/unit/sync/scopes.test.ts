import { strict as assert } from 'node:assert';
import {
  accountId,
  error,
  eventually,
  makeRig,
  minute,
  never,
  note,
  synced,
  ticketIn,
  type Rig,
} from './rig.ts';

describe('scopes', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig({ follows: { teams: ['Network'], queries: [{ name: 'Old', query: 'old' }] } });
  });
  afterEach(() => rig.end());

  const bob = { id: 'bob', name: 'bob' };
  const ids = (filter: Parameters<Rig['reader']['tickets']>[0]) =>
    rig.reader
      .tickets(filter)
      .map(({ id }) => id)
      .sort();

  it('brings what is mine, my teams’ and what my queries find into one cache', async () => {
    const own = rig.desk.open();
    const teams = rig.desk.open({ assignee: bob, team: 'Network' });
    const found = rig.desk.open({ assignee: bob, subject: 'An old one' });
    rig.desk.open({ assignee: bob });
    await synced(rig);
    assert.deepEqual(ids({}), [own, teams, found]);
    assert.deepEqual(ids({ mine: true }), [own]);
    assert.deepEqual(ids({ teams: ['Network'] }), [teams]);
    assert.deepEqual(ids({ query: 'old' }), [found]);
  });

  it('asks only for what the backend can', async () => {
    rig.desk.capabilities.scopes = ['mine'];
    const own = rig.desk.open();
    rig.desk.open({ assignee: bob, team: 'Network' });
    await synced(rig);
    assert.deepEqual(ids({}), [own]);
    assert.equal(rig.desk.callsOf('pull').length, 1);
  });

  it('tells what is wrong with one team, and goes on with the rest', async () => {
    const found = rig.desk.open({ assignee: bob, subject: 'An old one' });
    const page = rig.desk.page.bind(rig.desk);
    rig.desk.page = (user, account, cursor, scope) =>
      scope?.kind === 'team'
        ? { ok: false, error: { reason: 'not-found', message: 'There is no team "Network".' } }
        : page(user, account, cursor, scope);
    await synced(rig);
    assert.deepEqual(ids({}), [found]);
    assert.deepEqual(rig.reader.accountState(accountId)?.problems, ['There is no team "Network".']);
    rig.desk.page = (user, account, cursor, scope) =>
      scope?.kind === 'team'
        ? { ok: false, error: { reason: 'offline', message: 'No way.' } }
        : page(user, account, cursor, scope);
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'offline');
  });

  describe('sweep', () => {
    async function swept(): Promise<void> {
      rig.clock.advance(15 * minute);
      const before = rig.desk.callsOf('members').length;
      const asked = () => rig.desk.callsOf('members').length === before + 3;
      await eventually('it is over', asked, () => synced(rig));
      await eventually('and all was looked at', () => rig.desk.inFlight === 0);
    }

    it('finds what left a team or a query, and what came without a trace', async () => {
      const moved = rig.desk.open({ assignee: bob, team: 'Network' });
      const renamed = rig.desk.open({ assignee: bob, subject: 'An old one' });
      await synced(rig);
      assert.deepEqual(ids({}), [moved, renamed]);
      rig.desk.held(moved).ticket.team = 'Helpdesk';
      rig.desk.held(moved).ticket.revision = 'moved';
      rig.desk.held(renamed).ticket.subject = 'A new one';
      rig.desk.held(renamed).ticket.revision = 'renamed';
      const silent = rig.desk.open({ assignee: bob, team: 'Network' });
      rig.desk.held(silent).sequence = 0;
      await swept();
      await eventually('what came is there', () => ids({ teams: ['Network'] }).join() === silent);
      await eventually('what left the query is known', () => ids({ query: 'old' }).length === 0);
      assert.ok(rig.log.includes(`T-${moved} was moved from Network to Helpdesk`), rig.log.join());
      await eventually('as it is now', () => ticketIn(rig, renamed).subject === 'A new one');
    });

    it('asks now and then about what is in no scope any more, until it is done', async () => {
      const id = rig.desk.open();
      await synced(rig);
      rig.desk.set(id, 'bob', { assignee: 'bob' });
      await swept();
      await eventually('it is given away', () => !ticketIn(rig, id).mine);
      await swept();
      rig.desk.set(id, 'bob', { status: 'solved' });
      rig.desk.calls.length = 0;
      await swept();
      assert.deepEqual(rig.desk.callsOf('ticket'), [], 'not each time');
      rig.clock.advance(24 * 60 * minute);
      await swept();
      await eventually('it is done', () => ticketIn(rig, id).status.category === 'resolved');
    });
  });

  it('keeps the timelines of so many solved tickets of a team as the user wants', async () => {
    await rig.end();
    rig = await makeRig({ follows: { teams: ['Network'], solvedTimelines: 2 } });
    const solved = {
      assignee: bob,
      team: 'Network',
      status: { name: 'solved', category: 'resolved' },
    } as const;
    for (let n = 0; n < 4; n += 1) {
      rig.desk.time += 1000;
      rig.desk.open(solved);
    }
    rig.desk.open({ ...solved, team: 'Helpdesk' });
    await synced(rig);
    const withTimeline = () => ids({}).filter((id) => rig.reader.hasTimeline({ accountId, id }));
    await eventually('the latest two', () => withTimeline().join() === '3,4');
    await synced(rig);
    await eventually('nothing more is asked', () => rig.desk.inFlight === 0);
    assert.deepEqual(withTimeline(), ['3', '4']);
  });

  it('forgets what is no longer followed, but not what is mine or in use', async () => {
    await rig.end();
    const follows = { teams: ['Network', 'Helpdesk'] };
    rig = await makeRig({ follows });
    const own = rig.desk.open({ team: 'Network' });
    const other = rig.desk.open({ assignee: bob, team: 'Network' });
    const used = rig.desk.open({ assignee: bob, team: 'Network' });
    const kept = rig.desk.open({
      assignee: bob,
      team: 'Helpdesk',
      status: { name: 'solved', category: 'resolved' },
    });
    await synced(rig);
    assert.deepEqual(ids({}), [own, other, used, kept]);
    await note(rig, used, 'About to be sent.');
    rig.desk.next('apply', { type: 'error', error: { reason: 'forbidden', message: 'No.' } });
    follows.teams = ['Helpdesk'];
    await synced(rig);
    await eventually('it is gone', () => ids({}).join() === [own, used, kept].join());
    assert.deepEqual(rig.reader.scopes(accountId).sort(), ['mine', 'team Helpdesk']);
  });
});
