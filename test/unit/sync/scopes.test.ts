import { strict as assert } from 'node:assert';
import { accountId, error, makeRig, never, synced, type Rig } from './rig.ts';

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
});
