import { strict as assert } from 'node:assert';
import type { DeskError } from '../../../src/desk/errors.ts';
import { FakeDesk } from './fakeDesk.ts';
import {
  accountId,
  eventually,
  gate,
  makeRig,
  minute,
  never,
  note,
  startOfTime,
  stateOf,
  synced,
  ticketIn,
  value,
  type Rig,
} from './rig.ts';

describe('schedule', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig();
    rig.desk.open();
  });
  afterEach(() => rig.end());

  const pulls = () => rig.desk.callsOf('pull').length;
  const tick = () => rig.pass(1);
  const offline: DeskError = { reason: 'offline', message: 'No way.' };

  it('asks nothing before it is started, then at once, then at its interval', async () => {
    await rig.pass(120);
    assert.deepEqual(rig.desk.calls, []);
    rig.sync.start();
    await eventually('the first sync', () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined);
    assert.equal(pulls(), 1);
    await rig.pass(58);
    assert.equal(pulls(), 1);
    await eventually('the second', () => pulls() === 2, tick);
  });

  it('asks less often while nobody looks', async () => {
    rig.sync.start();
    rig.sync.setAttention('away');
    await eventually('the first sync', () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined);
    await rig.pass(290);
    assert.equal(pulls(), 1);
    rig.sync.setAttention('active');
    await eventually('at once when somebody looks again', () => pulls() === 2, tick);
  });

  it('waits longer after each failure, and not after a success', async () => {
    rig.sync.start();
    await eventually('the first sync', () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined);
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      rig.desk.next('pull', { type: 'error', error: offline });
      const before = pulls();
      await eventually('the next attempt', () => pulls() > before, tick);
      await eventually(
        'is noted',
        () => (rig.reader.accountState(accountId)?.notBefore ?? 0) > rig.clock.now(),
      );
      waits.push(rig.reader.accountState(accountId)!.notBefore! - rig.clock.now());
    }
    assert.ok(waits[7]! > 100_000, waits.join());
    assert.ok(
      waits.every((wait, index) => index === 0 || wait > waits[index - 1]! * 0.9),
      waits.join(),
    );
    const before = pulls();
    await eventually('back again', () => rig.reader.accountState(accountId)?.error === undefined, tick);
    assert.equal(pulls(), before + 1);
    await rig.pass(62);
    assert.equal(pulls(), before + 2);
  });

  it('waits for the reset a backend names, also with what it sends', async () => {
    await synced(rig);
    const resetAt = rig.clock.now() + 10 * minute;
    rig.desk.next('apply', { type: 'error', error: { reason: 'rate-limited', message: 'Slow.', resetAt } });
    rig.sync.start();
    const operation = await note(rig, '1', 'Later.');
    await rig.sync.idle();
    assert.ok(rig.reader.operation(operation.id)!.notBefore! > resetAt);
    await rig.sync.syncNow(undefined, never);
    assert.equal(stateOf(rig, operation), 'queued', 'not even when the user is impatient');
    rig.clock.sleep(9 * minute);
    await rig.pass(30);
    assert.equal(stateOf(rig, operation), 'queued');
    await eventually('then it goes', () => stateOf(rig, operation) === 'confirmed', tick);
    assert.ok(rig.clock.now() > resetAt);
  });

  it('remembers a reset through a restart', async () => {
    await synced(rig);
    const resetAt = rig.clock.now() + 10 * minute;
    rig.desk.next('apply', { type: 'error', error: { reason: 'rate-limited', message: 'Slow.', resetAt } });
    rig.sync.start();
    const operation = await note(rig, '1', 'Later.');
    await rig.sync.idle();
    await rig.sync.dispose();
    const restarted = await rig.window();
    await restarted.sync.syncNow(undefined, never);
    assert.equal(stateOf(rig, operation), 'queued');
    assert.equal(rig.desk.callsOf('apply').length, 1);
  });

  it('sends at once when the backend is back', async () => {
    await synced(rig);
    const operation = await note(rig, '1', 'From the train.');
    const error: DeskError = { reason: 'offline', message: 'A tunnel.' };
    const waiting = { ...operation, error, notBefore: rig.clock.now() + 5 * minute };
    await rig.writer.run('advance', { from: 'queued', done: 0, operation: waiting });
    await rig.writer.run('putAccountState', { accountId, error, problems: [] });
    rig.sync.start();
    await eventually('it takes that along', () => stateOf(rig, operation) === 'confirmed');
    assert.deepEqual(rig.desk.texts('1'), ['From the train.']);
  });

  it('does not wait for a time that a wrong clock noted', async () => {
    const lastSyncedAt = rig.clock.now() + 24 * 60 * minute;
    await rig.writer.run('putAccountState', { accountId, lastSyncedAt, problems: [] });
    rig.sync.start();
    await eventually('it syncs all the same', () => pulls() === 1);
  });

  it('tries one operation, not all, while the account is out of reach', async () => {
    for (let i = 0; i < 9; i += 1) rig.desk.open();
    await synced(rig);
    rig.desk.calls.length = 0;
    for (let i = 0; i < 4; i += 1) rig.desk.next('ticket', { type: 'error', error: offline });
    for (const { id } of rig.reader.tickets({})) await note(rig, id, 'Soon.');
    rig.sync.start();
    await rig.sync.idle();
    assert.ok(rig.desk.callsOf('ticket').length <= 4, 'no more than were under way together');
    assert.deepEqual(rig.desk.callsOf('apply'), []);
    await eventually('all go when it is back', () => rig.reader.outbox().length === 0, tick);
  });

  it('looks at once after it has sent something', async () => {
    rig.sync.start();
    await eventually('the first sync', () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined);
    await rig.pass(10);
    const before = pulls();
    const operation = await note(rig, '1', 'Look.');
    await eventually('it is sent', () => stateOf(rig, operation) === 'confirmed');
    await rig.pass(2);
    assert.equal(pulls(), before + 1);
    await rig.pass(30);
    assert.equal(pulls(), before + 1, 'and once');
  });

  it('asks less often for an hour where it was told that it asks too much', async () => {
    rig.sync.start();
    await eventually('the first sync', () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined);
    rig.desk.next('pull', { type: 'error', error: { reason: 'rate-limited', message: 'Slow.' } });
    await eventually('it is refused', () => rig.reader.accountState(accountId)?.error !== undefined, tick);
    await eventually(
      'it is let in again',
      () => rig.reader.accountState(accountId)?.error === undefined,
      tick,
    );
    const before = pulls();
    await rig.pass(230);
    assert.equal(pulls(), before);
    await rig.pass(20);
    assert.equal(pulls(), before + 1);
  });

  it('tries again at once in another network, and when somebody comes back to it', async () => {
    await rig.end();
    let network = 'home';
    rig = await makeRig({ tuning: { network: () => network } });
    rig.desk.open();
    const fail = () => rig.desk.next('pull', { type: 'error', error: offline });
    const state = () => rig.reader.accountState(accountId);
    for (let n = 0; n < 8; n += 1) fail();
    rig.sync.start();
    await eventually('it waits long', () => (state()?.notBefore ?? 0) - rig.clock.now() > 30_000, tick);
    network = 'train';
    const before = pulls();
    await rig.pass(2);
    assert.equal(pulls(), before + 1);
    rig.sync.setAttention('away');
    rig.sync.setAttention('active');
    await eventually('it tries', () => pulls() === before + 2);
    await eventually('until it works', () => state()?.error === undefined, tick);
  });

  it('lets no account wait for another', async () => {
    await rig.end();
    const slow = new FakeDesk(startOfTime);
    slow.next('signIn', { type: 'wait', until: gate().closed });
    rig = await makeRig({
      accounts: ['slow', accountId],
      connect: (id) =>
        Promise.resolve({
          ok: true,
          value: id === 'slow' ? slowBackend : (backend ??= rig.desk.as('alice', id)),
        }),
    });
    const slowBackend = slow.as('alice', 'slow');
    let backend: ReturnType<FakeDesk['as']> | undefined;
    rig.desk.open();
    rig.sync.start();
    await eventually(
      'the other is served',
      () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined,
    );
    assert.equal(rig.reader.accountState('slow'), undefined);
  });

  it('notices accounts that come and go', async () => {
    await rig.end();
    const accounts: string[] = [];
    rig = await makeRig({ accounts });
    rig.desk.open();
    rig.sync.start();
    await rig.pass(5);
    assert.deepEqual(rig.desk.calls, []);
    accounts.push(accountId);
    await eventually(
      'it is synced',
      () => rig.reader.accountState(accountId)?.lastSyncedAt !== undefined,
      tick,
    );
    accounts.length = 0;
    await rig.pass(1);
    const asked = rig.desk.calls.length;
    await rig.pass(180);
    assert.equal(rig.desk.calls.length, asked);
    assert.equal((await rig.sync.syncNow(accountId, never)).ok, false);
  });

  it('tells of every change of the store, ours at once and those of others within a second', async () => {
    await synced(rig);
    let told = 0;
    rig.sync.onDidChange(() => void (told += 1));
    rig.clock.advance(1_000);
    told = 0;
    await note(rig, '1', 'Ours.');
    assert.equal(told, 1);
    rig.sync.start();
    await rig.sync.idle();
    await rig.pass(2);
    const other = await rig.window();
    told = 0;
    await other.writer.run('putTicket', { ...ticketIn(other, '1'), subject: 'Changed over there' });
    assert.equal(told, 0);
    rig.clock.advance(1_000);
    assert.equal(told, 1);
    assert.equal(ticketIn(rig, '1').subject, 'Changed over there');
  });

  it('tells when it is busy', async () => {
    const told: boolean[] = [];
    const listening = rig.sync.onDidChangeActivity((busy) => void told.push(busy));
    await synced(rig);
    assert.equal(told.at(0), true);
    assert.equal(told.at(-1), false);
    listening.dispose();
    const before = told.length;
    await synced(rig);
    assert.equal(told.length, before);
  });

  it('asks anew when the user says so, though it is asking already: what they wait for may be newer', async () => {
    const { closed, open } = gate();
    rig.desk.next('pull', { type: 'wait', until: closed });
    rig.sync.start();
    await eventually('it is under way', () => pulls() === 1);
    const [first, second] = [rig.sync.syncNow(undefined, never), rig.sync.syncNow(undefined, never)];
    open();
    value(await first);
    value(await second);
    assert.equal(pulls(), 2);
  });

  it('asks nothing after it was closed, and gives up what is under way', async () => {
    rig.desk.next('pull', { type: 'wait', until: gate().closed });
    rig.sync.start();
    await eventually('it is under way', () => pulls() === 1);
    await rig.sync.dispose();
    const asked = rig.desk.calls.length;
    await rig.pass(300);
    assert.equal(rig.desk.calls.length, asked);
    assert.equal(rig.reader.accountState(accountId)?.error, undefined, 'closing is no error');
    assert.equal((await rig.sync.syncNow(undefined, never)).ok, true);
    assert.equal(rig.desk.calls.length, asked);
  });
});

describe('an account that is removed', () => {
  let rig: Rig;
  const accounts = [accountId];

  beforeEach(async () => {
    rig = await makeRig({ accounts });
    accounts.splice(0, 1, accountId);
    for (let n = 0; n < 5; n++) rig.desk.open();
  });
  afterEach(() => rig.end());

  it('writes nothing any more once it is let go', async () => {
    const { closed, open } = gate();
    rig.desk.next('pull', { type: 'wait', until: closed });
    rig.sync.start();
    await eventually('its tickets are asked for', () => rig.desk.callsOf('pull').length === 1);
    accounts.pop();
    await rig.sync.letGo();
    value(await rig.writer.run('purgeAccount', { accountId, work: false }));
    open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await rig.pass(5);
    assert.deepEqual(rig.reader.tickets({}), []);
    assert.equal(rig.reader.accountState(accountId), undefined);
  });
});

describe('working offline by choice', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig();
    rig.desk.open();
  });
  afterEach(() => rig.end());

  const tick = () => rig.pass(1);

  it('asks nothing of the server in any window, keeps what is done, and sends it in order afterwards', async () => {
    await synced(rig);
    const other = await rig.window();
    rig.sync.start();
    other.sync.start();
    value(await rig.sync.workOffline(true));
    assert.equal(other.sync.isWorkingOffline(), true);
    assert.equal(other.sync.isWorkingOffline(accountId), true);
    await tick();
    rig.desk.calls.length = 0;
    const { lastSyncedAt } = rig.reader.accountState(accountId)!;
    const texts = [...Array(5).keys()].map((n) => `note ${n}`);
    for (const [n, text] of texts.entries()) {
      await note(n % 2 ? rig : other, '1', text);
      await tick();
    }
    await rig.pass(600);
    assert.equal((await rig.sync.refreshTicket({ accountId, id: '1' }, never)).ok, false);
    const refused = await rig.sync.syncNow(undefined, never);
    assert.equal(!refused.ok && refused.error.reason, 'offline');
    assert.deepEqual(rig.desk.calls, []);
    assert.equal(rig.reader.outbox().length, 5);
    assert.equal(rig.reader.accountState(accountId)?.error, undefined, 'it is no error');
    assert.equal(rig.reader.accountState(accountId)?.lastSyncedAt, lastSyncedAt);

    value(await other.sync.workOffline(false));
    await eventually('all is sent', () => rig.reader.outbox().length === 0, tick);
    assert.deepEqual(rig.desk.texts('1'), texts);
    await eventually(
      'and what is new is fetched',
      () => rig.reader.accountState(accountId)!.lastSyncedAt! > lastSyncedAt!,
      tick,
    );
  });

  it('ends what is being sent, and sends no more', async () => {
    await synced(rig);
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    await note(rig, '1', 'on its way');
    await note(rig, '1', 'waits');
    await eventually('the first is on its way', () => rig.desk.callsOf('apply').length === 1);
    value(await rig.sync.workOffline(true));
    open();
    await eventually('that one is sent', () => rig.reader.outbox().length === 1, tick);
    await rig.pass(60);
    assert.deepEqual(rig.desk.texts('1'), ['on its way']);
    assert.equal(rig.reader.outbox()[0]?.state, 'queued');

    value(await rig.sync.workOffline(false));
    await eventually('the rest follows', () => rig.reader.outbox().length === 0, tick);
    assert.deepEqual(rig.desk.texts('1'), ['on its way', 'waits']);
  });

  it('stops reading in every window, and goes on where it was', async () => {
    for (let n = 0; n < 7; n++) rig.desk.open();
    const other = await rig.window();
    const { closed, open } = gate();
    rig.desk.next('pull', { type: 'wait', until: closed });
    other.sync.start();
    await eventually('it is asked for', () => rig.desk.callsOf('pull').length === 1);
    value(await rig.sync.workOffline(true));
    await tick();
    open();
    await rig.pass(60);
    assert.equal(rig.desk.callsOf('pull').length, 1);
    assert.equal(rig.reader.accountState(accountId)?.error, undefined, 'it is no error');

    value(await other.sync.workOffline(false));
    await eventually('all is there', () => rig.reader.tickets({}).length === 8, tick);
  });

  it('is remembered through a restart', async () => {
    await synced(rig);
    value(await rig.sync.workOffline(true));
    await rig.sync.dispose();
    rig.desk.calls.length = 0;
    const restarted = await rig.window();
    restarted.sync.start();
    await rig.pass(120);
    assert.deepEqual(rig.desk.calls, []);
    value(await restarted.sync.workOffline(false));
    await eventually('it syncs', () => rig.desk.callsOf('pull').length === 1, tick);
  });

  it('leaves alone what has no server', async () => {
    await rig.end();
    rig = await makeRig({ follows: { url: undefined } });
    rig.desk.open();
    value(await rig.sync.workOffline(true));
    assert.equal(rig.sync.isWorkingOffline(accountId), false);
    await synced(rig);
    assert.equal(rig.reader.tickets({}).length, 1);
  });
});

describe('several windows', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig();
    rig.desk.open();
  });
  afterEach(() => rig.end());

  const tick = () => rig.pass(1);

  it('sync an account once between them', async () => {
    const other = await rig.window();
    rig.sync.start();
    other.sync.start();
    await eventually(
      'one has synced',
      () => other.reader.accountState(accountId)?.lastSyncedAt !== undefined,
    );
    const { length } = rig.desk.callsOf('pull');
    assert.equal(length, 1);
    await eventually('one syncs again', () => rig.desk.callsOf('pull').length > length, tick);
    await rig.pass(30);
    assert.equal(rig.desk.callsOf('pull').length, length + 1);
  });

  it('sync it once when one comes to its turn after another is done', async () => {
    const { closed, open } = gate();
    const late = await rig.window({
      over: (writer) => ({
        run: async (command, argument) => {
          if (command === 'takeLease') await closed;
          return writer.run(command, argument);
        },
        close: () => writer.close(),
      }),
    });
    late.sync.start();
    await synced(rig);
    open();
    await rig.pass(30);
    assert.equal(rig.desk.callsOf('pull').length, 1);
  });

  it('send each operation once, whoever queued it', async () => {
    const other = await rig.window();
    const ids = [...Array(8).keys()].map(() => rig.desk.open());
    await synced(rig);
    rig.sync.start();
    other.sync.start();
    await Promise.all(ids.flatMap((id) => [note(rig, id, `a ${id}`), note(other, id, `b ${id}`)]));
    await eventually('the outbox is empty', () => rig.reader.outbox().length === 0, tick);
    for (const id of ids) assert.deepEqual(rig.desk.texts(id).toSorted(), [`a ${id}`, `b ${id}`]);
  });

  it('leave alone what a living one is sending', async () => {
    await synced(rig);
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    const operation = await note(rig, '1', 'Slowly.');
    await eventually('it is being sent', () => stateOf(rig, operation) === 'sending');
    const other = await rig.window();
    other.sync.start();
    for (let i = 0; i < 60; i += 1) {
      await tick();
      assert.equal(stateOf(rig, operation), 'sending');
    }
    assert.deepEqual(rig.desk.callsOf('landed'), []);
    open();
    await eventually('it arrived', () => stateOf(rig, operation) === 'confirmed', tick);
    assert.deepEqual(rig.desk.texts('1'), ['Slowly.']);
  });

  it('do not send after a sleep what another may have taken over', async () => {
    await synced(rig);
    let asleep = false;
    const sleeper = await rig.window({
      over: (writer) => ({
        run: async (command, argument) => {
          const result = await writer.run(command, argument);
          if (command === 'advance' && !asleep) {
            asleep = true;
            rig.clock.sleep(60 * minute);
          }
          return result;
        },
        close: () => writer.close(),
      }),
    });
    sleeper.sync.start();
    const operation = await note(sleeper, '1', 'Good morning.');
    await sleeper.sync.idle();
    assert.deepEqual(rig.desk.callsOf('apply'), []);
    assert.equal(stateOf(rig, operation), 'queued');
    await eventually('it goes when awake', () => stateOf(rig, operation) === 'confirmed', tick);
    assert.deepEqual(rig.desk.texts('1'), ['Good morning.']);
  });

  it('wait for each other when the user says "sync now"', async () => {
    const other = await rig.window();
    const { closed, open } = gate();
    rig.desk.next('pull', { type: 'wait', until: closed });
    rig.sync.start();
    await eventually('one is syncing', () => rig.desk.callsOf('pull').length === 1);
    let done = false;
    const waiting = other.sync.syncNow(undefined, never).then((result) => {
      done = true;
      return result;
    });
    await rig.pass(2);
    assert.equal(done, false);
    open();
    await eventually('both are done', () => done, tick);
    assert.equal((await waiting).ok, true);
  });
});
