import { strict as assert } from 'node:assert';
import type { DeskError } from '../../../src/desk/errors.ts';
import {
  accountId,
  error,
  eventually,
  gate,
  makeRig,
  minute,
  never,
  note,
  stateOf,
  synced,
  ticketIn,
  value,
  type Rig,
} from './rig.ts';
import { mine } from '../../../src/desk/scope.ts';

describe('pull', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.end());

  const has = (id: string) => rig.reader.ticket({ accountId, id }) !== undefined;
  const stored = () =>
    rig.reader
      .tickets({})
      .map(({ id }) => id)
      .sort();
  const offline: DeskError = { reason: 'offline', message: 'No way.' };
  const state = () => rig.reader.accountState(accountId);

  it('brings what is mine, and says who we are and when it was', async () => {
    const ids = Array.from({ length: 5 }, () => rig.desk.open());
    rig.desk.open({ assignee: { id: 'bob', name: 'bob' } });
    await synced(rig);
    assert.deepEqual(stored(), ids);
    assert.equal(state()?.me?.id, 'alice');
    assert.equal(state()?.lastSyncedAt, rig.clock.now());
    assert.equal(state()?.capabilities?.internalNote, true);
    assert.equal(state()?.error, undefined);
  });

  it('asks once where nothing is new', async () => {
    rig.desk.open();
    await synced(rig);
    await eventually('timelines are fetched', () => rig.reader.hasTimeline({ accountId, id: '1' }));
    rig.desk.calls.length = 0;
    await synced(rig);
    assert.deepEqual(
      rig.desk.calls.map(({ method }) => method),
      ['pull'],
    );
  });

  it('goes on where a broken one stopped, and does not call that one a success', async () => {
    for (let i = 0; i < 5; i += 1) rig.desk.open();
    let pages = 0;
    const page = rig.desk.page.bind(rig.desk);
    rig.desk.page = (...call) => {
      pages += 1;
      return pages === 3 ? { ok: false, error: offline } : page(...call);
    };
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'offline');
    assert.deepEqual(stored(), ['1', '2', '3', '4'], 'two pages, with the cursor that follows them');
    assert.equal(rig.reader.cursor(accountId, mine), '4');
    assert.equal(state()?.lastSyncedAt, undefined);
    assert.equal(state()?.error?.reason, 'offline');
    const asked = pages;
    await synced(rig);
    assert.deepEqual(stored(), ['1', '2', '3', '4', '5']);
    assert.equal(pages, asked + 1, 'only the page that was missing');
    assert.equal(state()?.error, undefined);
  });

  it('does not move the cursor past a page that was not kept', async () => {
    await rig.end();
    let broken = true;
    rig = await makeRig({
      over: (writer) => ({
        run: (command, argument) =>
          broken && command === 'putPage'
            ? Promise.resolve({ ok: false, error: { reason: 'storage', message: 'Full.' } })
            : writer.run(command, argument),
        close: () => writer.close(),
      }),
    });
    for (let i = 0; i < 5; i += 1) rig.desk.open();
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'storage');
    assert.equal(state()?.lastSyncedAt, undefined);
    assert.deepEqual(stored(), []);
    broken = false;
    await synced(rig);
    assert.equal(stored().length, 5);
  });

  it('stops with an error at a server that sends the same page for ever', async () => {
    for (let i = 0; i < 5; i += 1) rig.desk.open();
    rig.desk.stuck = true;
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'protocol');
    assert.ok(rig.desk.callsOf('pull').length < 5);
    assert.equal(state()?.lastSyncedAt, undefined);
    assert.equal(state()?.error?.reason, 'protocol');
  });

  it('stops at cursors that go in a circle', async () => {
    const page = (cursor: string) => {
      rig.desk.time += 1000;
      const id = rig.desk.open();
      return { tickets: [{ ...rig.desk.held(id).ticket, accountId }], cursor, problems: [], last: false };
    };
    let asked = 0;
    rig.desk.page = () => ({ ok: true, value: page(['a', 'b', 'c'][asked++ % 3]!) });
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'protocol');
    assert.equal(asked, 4);
  });

  it('goes through more than a page of one moment, whose cursor stays', async () => {
    for (let i = 0; i < 7; i += 1) rig.desk.open();
    const all = rig.desk.ids();
    let at = 0;
    rig.desk.page = () => {
      const ids = all.slice(at, at + 2);
      at += 2;
      const tickets = ids.map((id) => ({ ...rig.desk.held(id).ticket, accountId, mine: true }));
      return { ok: true, value: { tickets, cursor: 'this second', problems: [], last: at >= all.length } };
    };
    await synced(rig);
    assert.deepEqual(stored(), all);
  });

  it('reports what was left out, and keeps the rest', async () => {
    rig.desk.open();
    const page = rig.desk.page.bind(rig.desk);
    rig.desk.page = (...call) => {
      const answer = page(...call);
      if (answer.ok) answer.value.problems.push('Ticket 99 has no subject.');
      return answer;
    };
    await synced(rig);
    assert.deepEqual(stored(), ['1']);
    assert.deepEqual(state()?.leftOut, ['Ticket 99 has no subject.']);
  });

  it('tells what was left out before it broke off, and looks for it with the next one that does not', async () => {
    for (let i = 0; i < 3; i += 1) rig.desk.open();
    const page = rig.desk.page.bind(rig.desk);
    let pages = 0;
    rig.desk.page = (...call) => {
      const answer = page(...call);
      pages += 1;
      if (pages === 1 && answer.ok) {
        answer.value.tickets.shift();
        answer.value.problems.push('Ticket 1 is not what it should be.');
      }
      return pages === 2 ? { ok: false, error: offline } : answer;
    };
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'offline');
    assert.deepEqual(stored(), ['2']);
    await synced(rig);
    assert.deepEqual(state()?.leftOut, ['Ticket 1 is not what it should be.']);
    await eventually('what was left out is there', () => has('1'));
    await synced(rig);
    assert.deepEqual(state()?.leftOut, [], 'told until it is there');
  });

  it('names what can not be read for as long as it is in a scope, also after a restart', async () => {
    const why = 'Ticket 1 has no subject.';
    const id = rig.desk.open();
    rig.desk.open();
    const page = rig.desk.page.bind(rig.desk);
    rig.desk.page = (...call) => {
      const answer = page(...call);
      if (!answer.ok) return answer;
      const tickets = answer.value.tickets.filter((one) => one.id !== id);
      const problems = tickets.length < answer.value.tickets.length ? [why] : [];
      return { ok: true, value: { ...answer.value, tickets, problems } };
    };
    for (let n = 0; n < 20; n += 1) {
      rig.desk.next('ticket', { type: 'error', error: { reason: 'protocol', message: why } }, id);
    }
    const looks = () => rig.desk.callsOf('ticket').filter(({ ticketId }) => ticketId === id).length;
    await synced(rig);
    await eventually('a look at it', () => looks() === 1);
    rig.desk.open();
    for (let n = 0; n < 2; n += 1) await synced(rig);
    assert.deepEqual(state()?.leftOut, [why]);
    assert.equal(looks(), 1);

    const restarted = { ...rig, ...(await rig.window()) };
    await synced(restarted);
    assert.deepEqual(state()?.leftOut, [why]);
    await eventually('another look', () => looks() === 2);
    await synced(restarted);
    assert.deepEqual(state()?.leftOut, [why]);

    rig.desk.delete(id);
    restarted.clock.advance(16 * minute);
    await eventually(
      'nothing that is left out',
      () => state()?.leftOut?.length === 0,
      () => synced(restarted),
    );
  });

  it('keeps what it has when the backend is away, and says why it is not newer', async () => {
    rig.desk.open();
    await synced(rig);
    const { lastSyncedAt } = state()!;
    rig.clock.advance(minute);
    rig.desk.next('pull', { type: 'error', error: offline });
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'offline');
    assert.deepEqual(stored(), ['1']);
    assert.equal(state()?.lastSyncedAt, lastSyncedAt);
    assert.equal(state()?.error?.reason, 'offline');
    assert.equal(state()?.me?.id, 'alice');
  });

  it('tells a refused sign-in as that, and signs in again the next time', async () => {
    rig.desk.open();
    const refused = { reason: 'unauthorised', message: 'Who?' } as const;
    rig.desk.next('signIn', { type: 'error', error: refused });
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'unauthorised');
    assert.deepEqual(rig.desk.callsOf('pull'), []);
    await synced(rig);
    rig.desk.next('pull', { type: 'error', error: refused });
    assert.equal(error(await rig.sync.syncNow(undefined, never)).reason, 'unauthorised');
    const signIns = rig.desk.callsOf('signIn').length;
    await synced(rig);
    assert.equal(rig.desk.callsOf('signIn').length, signIns + 1);
  });

  it('fetches the timelines of what is mine, also again when it changed', async () => {
    const id = rig.desk.open();
    const done = rig.desk.open({ status: { name: 'solved', category: 'resolved' } });
    await synced(rig);
    const texts = () => rig.reader.entries({ accountId, id }).map(({ body }) => body?.text);
    await eventually('the timeline is there', () => texts().length === 1);
    rig.desk.write(id, 'carol', 'public', 'Still broken.');
    await synced(rig);
    await eventually('it is new again', () => texts().includes('Still broken.'));
    assert.equal(rig.reader.hasTimeline({ accountId, id: done }), false);
  });

  it('does not keep a timeline waiting for those that can not be had', async () => {
    const ill = Array.from({ length: 50 }, () => rig.desk.open({ priority: { name: 'high', rank: 1 } }));
    const well = rig.desk.open();
    for (const one of ill) {
      for (let n = 0; n < 4; n += 1) {
        const error: DeskError = { reason: 'protocol', message: 'What is this?' };
        rig.desk.next('timeline', { type: 'error', error }, one);
      }
    }
    rig.sync.start();
    await eventually(
      'all were asked for',
      () => rig.desk.callsOf('timeline').length >= 50,
      () => rig.pass(1),
    );
    await rig.pass(61);
    await eventually('the next has its turn', () => rig.desk.callsOf('timeline').length > 50);
    await eventually(
      'and is at rest',
      () => rig.desk.inFlight === 0,
      () => rig.pass(1),
    );
    assert.ok(rig.reader.hasTimeline({ accountId, id: well }));
  });

  it('has the others where a connector breaks off over one of them', async () => {
    const ill = rig.desk.open({ priority: { name: 'high', rank: 1 } });
    const well = rig.desk.open();
    rig.desk.next('timeline', { type: 'throws' }, ill);
    await synced(rig);
    await eventually('the other one is there', () => rig.reader.hasTimeline({ accountId, id: well }));
    rig.desk.next('timeline', { type: 'throws' }, ill);
    const refused = error(await rig.sync.refreshTicket({ accountId, id: ill }, never));
    assert.equal(refused.reason, 'protocol');
    await synced(rig);
    await eventually('it is asked for again', () => rig.reader.hasTimeline({ accountId, id: ill }));
  });

  it('fetches a timeline again that could not be had, whatever was wrong', async () => {
    for (const reason of ['protocol', 'server', 'offline'] as const) {
      const id = rig.desk.open();
      rig.desk.next('timeline', { type: 'error', error: { reason, message: 'Not now.' } }, id);
      await synced(rig);
      await eventually('asked once', () => rig.desk.callsOf('timeline').some((call) => call.ticketId === id));
      await synced(rig);
      await eventually(reason, () => rig.reader.hasTimeline({ accountId, id }));
    }
  });

  it('does not let a page that was fetched before our own change undo it in the store', async () => {
    const id = rig.desk.open();
    await synced(rig);
    const { closed, open } = gate();
    const page = rig.desk.page.bind(rig.desk);
    let old: ReturnType<typeof page> | undefined;
    rig.desk.page = (...call) => (old ??= page(...call));
    rig.desk.write(id, 'carol', 'public', 'News.');
    old = page('alice', accountId, rig.reader.cursor(accountId, mine));
    rig.desk.next('pull', { type: 'wait', until: closed });
    rig.sync.start();
    rig.clock.advance(2 * minute);
    await eventually('the page is under way', () => rig.desk.callsOf('pull').length === 2);
    const operation = await note(rig, id, 'Ours.');
    await eventually('ours is confirmed', () => stateOf(rig, operation) === 'confirmed');
    const { revision } = ticketIn(rig, id);
    open();
    await eventually('the pull went through', () => state()?.lastSyncedAt === rig.clock.now());
    assert.equal(ticketIn(rig, id).revision, revision);
    assert.equal(rig.desk.held(id).ticket.revision, revision);
  });

  describe('sweep', () => {
    const quarter = 15 * minute;

    /** Synced, and nothing left to fetch that would find out by the way. */
    async function complete(): Promise<void> {
      await synced(rig);
      await eventually('timelines are there', () =>
        rig.reader.tickets({ mine: true }).every((ticket) => rig.reader.hasTimeline(ticket)),
      );
    }

    async function swept(): Promise<void> {
      rig.clock.advance(quarter);
      const before = rig.desk.callsOf('ticket').length;
      await complete();
      await eventually('tickets were looked at', () => rig.desk.callsOf('ticket').length > before);
      await eventually('and the sweep is over', () => rig.desk.inFlight === 0);
    }

    it('finds what was given to somebody else', async () => {
      const id = rig.desk.open();
      await complete();
      rig.desk.set(id, 'bob', { assignee: 'bob' });
      await complete();
      assert.equal(ticketIn(rig, id).mine, true, 'the query for mine is silent about it');
      await swept();
      await eventually('it is no longer mine', () => !ticketIn(rig, id).mine);
    });

    it('asks again for a timeline that was refused', async () => {
      const id = rig.desk.open();
      const refused = { reason: 'forbidden', message: 'Not now.' } as const;
      rig.desk.next('timeline', { type: 'error', error: refused }, id);
      await synced(rig);
      await eventually(
        'it was refused',
        () => rig.desk.callsOf('timeline').length > 0 && rig.desk.inFlight === 0,
      );
      assert.equal(rig.reader.hasTimeline(ticketIn(rig, id)), false);
      rig.clock.advance(quarter);
      await eventually(
        'it is there',
        () => rig.reader.hasTimeline(ticketIn(rig, id)),
        () => synced(rig),
      );
    });

    it('does not wait for a time that the clock was put back from', async () => {
      const id = rig.desk.open();
      await complete();
      rig.desk.set(id, 'bob', { assignee: 'bob' });
      rig.clock.sleep(-60 * minute);
      await eventually('it is no longer mine', () => !ticketIn(rig, id).mine, complete);
    });

    it('looks at the others where a connector breaks off over one of them', async () => {
      const [ill, given] = [rig.desk.open(), rig.desk.open()];
      await complete();
      for (const id of [ill, given]) rig.desk.set(id, 'bob', { assignee: 'bob' });
      rig.desk.next('ticket', { type: 'throws' }, ill);
      await swept();
      await eventually('the other one is no longer mine', () => !ticketIn(rig, given).mine);
      await complete();
      await swept();
      await eventually('nor is it, a sweep later', () => !ticketIn(rig, ill).mine);
    });

    it('finds what was deleted, hidden or merged, and says so', async () => {
      const [deleted, hidden, merged, kept] = [1, 2, 3, 4].map(() => rig.desk.open());
      await complete();
      rig.desk.delete(deleted!);
      rig.desk.hide(hidden!, 'alice');
      rig.desk.merge(merged!, kept!);
      await swept();
      await eventually('they are gone', () => !has(deleted!) && !has(hidden!) && !has(merged!));
      assert.ok(has(kept!));
      assert.equal(rig.log.filter((line) => /merged into T-4|deleted or is no longer/.test(line)).length, 3);
    });

    it('keeps everything when the server suddenly knows nothing', async () => {
      const ids = [1, 2, 3].map(() => rig.desk.open());
      await complete();
      for (const id of ids) rig.desk.delete(id);
      await swept();
      await eventually('the log says so', () => rig.log.some((line) => line.includes('kept as they are')));
      assert.deepEqual(stored(), ids);
    });

    it('finds several that were deleted at once, as long as the server knows another', async () => {
      const [kept, ...deleted] = [1, 2, 3, 4].map(() => rig.desk.open());
      await complete();
      for (const id of deleted) rig.desk.delete(id);
      await swept();
      await eventually('they are gone', () => !deleted.some(has));
      assert.ok(has(kept!));
    });

    it('keeps several that are not found where no other is found either', async () => {
      const [listed, ...deleted] = [1, 2, 3, 4].map(() => rig.desk.open());
      await complete();
      for (const id of deleted) rig.desk.delete(id);
      const error: DeskError = { reason: 'not-found', message: 'Nothing here.' };
      rig.desk.next('ticket', { type: 'error', error }, listed);
      await swept();
      await eventually('the log says so', () => rig.log.some((line) => line.includes('kept as they are')));
      assert.deepEqual(stored(), [listed, ...deleted]);
    });

    it('keeps a ticket on which the user has work', async () => {
      const [id] = [rig.desk.open(), rig.desk.open()];
      await complete();
      await note(rig, id, 'Not sent yet.');
      rig.desk.delete(id);
      rig.desk.next('ticket', { type: 'error', error: { reason: 'forbidden', message: 'No.' } }, id);
      await swept();
      assert.ok(has(id));
    });

    it('looks at a ticket that was not found when it was opened', async () => {
      const [id] = [rig.desk.open(), rig.desk.open()];
      await complete();
      rig.desk.delete(id);
      assert.equal(error(await rig.sync.refreshTicket({ accountId, id: id }, never)).reason, 'not-found');
      assert.ok(has(id), 'one answer is not enough');
      value(await rig.sync.syncNow(undefined, never));
      await eventually('it is gone', () => !has(id));
    });
  });
});
