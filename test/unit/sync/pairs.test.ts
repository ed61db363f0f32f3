import { strict as assert } from 'node:assert';
import type { Backend } from '../../../src/backends/backend.ts';
import { ok } from '../../../src/desk/errors.ts';
import type { NewTicket } from '../../../src/desk/operation.ts';
import { linkedPlace } from '../../../src/desk/pair.ts';
import { FakeDesk, type Fault } from './fakeDesk.ts';
import {
  accountId,
  eventually,
  makeRig,
  minute,
  post,
  setting,
  startOfTime,
  synced,
  ticketIn,
  value,
  type Rig,
} from './rig.ts';

const there = 'engineering';
const offline: Fault = { type: 'error', error: { reason: 'offline', message: 'No route.' } };

/** A ticket of one account that is escalated to another. */
describe('a ticket escalated to another account', () => {
  let rig: Rig;
  let engineering: FakeDesk;
  let id: string;

  beforeEach(async () => {
    engineering = new FakeDesk(startOfTime);
    const backends = new Map<string, Backend>();
    rig = await makeRig({
      accounts: [accountId, there],
      // Time passes here by the half minute, with no turn for a heartbeat in between.
      tuning: { leaseMs: 60 * minute },
      connect: (account) => {
        const desk = account === there ? engineering : rig.desk;
        const backend = backends.get(account) ?? desk.as('alice', account);
        backends.set(account, backend);
        return Promise.resolve(ok(backend));
      },
    });
    id = rig.desk.open();
    await synced(rig);
    await refreshed();
    rig.sync.start();
  });
  afterEach(() => rig.end());

  async function refreshed(): Promise<void> {
    const never = new AbortController().signal;
    for (const { accountId: account, id: ticket } of rig.reader.tickets({})) {
      value(await rig.sync.refreshTicket({ accountId: account, id: ticket }, never));
    }
  }

  async function pulled(): Promise<void> {
    for (const account of [accountId, there]) await rig.sync.syncNow(account, new AbortController().signal);
    await rig.sync.idle();
  }

  async function escalate(notes = true): Promise<void> {
    const ticket: NewTicket = {
      subject: 'VPN drops',
      description: 'It drops every hour.',
      kind: 'incident',
      channel: 'other',
      tags: [],
    };
    const steps = [post(`Hand-off. Linked: ${linkedPlace}`), setting(rig, id, { status: 'pending' })];
    const request = { ticket: ticketIn(rig, id), steps, there: { accountId: there, ticket }, notes };
    value(await rig.sync.escalateAcross(request));
  }

  /** All that is due happens, and what the user alone can decide is tried again. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 3 || (round < 60 && rig.reader.outbox().length > 0); round += 1) {
      await rig.sync.idle();
      for (const seconds of [30, 30, 1]) {
        rig.clock.advance(seconds * 1_000);
        for (let turn = 0; turn < 3; turn += 1) {
          await rig.writer.run('releaseLease', { name: 'none', holder: 'nobody' });
        }
      }
      for (const { id: operation, state } of rig.reader.outbox()) {
        if (state === 'unknown' || state === 'failed') await rig.sync.retry(operation, { force: false });
      }
      await rig.sync.idle();
      await refreshed();
    }
    for (const desk of [rig.desk, engineering]) desk.time += 60_000;
    assert.deepEqual(
      rig.reader.outbox().map(({ label, state, error }) => [label, state, error?.message]),
      [],
    );
  }

  const texts = (desk: FakeDesk, ticket: string) => desk.texts(ticket);
  const handOff = 'Hand-off. Linked: T-1';

  it('is made there, and then named here', async () => {
    await escalate();
    await settle();
    assert.deepEqual(engineering.ids(), ['1']);
    assert.equal(engineering.held('1').ticket.subject, 'VPN drops');
    assert.deepEqual(texts(rig.desk, id), [handOff]);
    assert.equal(rig.desk.held(id).ticket.status.name, 'pending');
    assert.deepEqual(
      rig.reader.pairs().map(({ from, to }) => [from, to]),
      [
        [
          { accountId, id },
          { accountId: there, id: '1' },
        ],
      ],
    );
  });

  it('does not hold up what else happens here while the other account is down', async () => {
    for (let n = 0; n < 50; n += 1) engineering.next('apply', offline);
    await escalate();
    value(
      await rig.sync.enqueue({
        accountId,
        ticket: ticketIn(rig, id),
        label: 'T-1',
        intent: 'note',
        steps: [post('Meanwhile.')],
      }),
    );
    await rig.sync.idle();
    assert.deepEqual(texts(rig.desk, id), ['Meanwhile.']);
    assert.equal(rig.reader.outbox().length, 2);
  });

  it('goes on where the other one can be made, but not be seen', async () => {
    const forbidden: Fault = { type: 'error', error: { reason: 'forbidden', message: 'Not yours.' } };
    for (let n = 0; n < 50; n += 1) engineering.next('timeline', forbidden);
    await escalate();
    await rig.pass(20);
    assert.deepEqual(engineering.ids(), ['1']);
    assert.ok(engineering.callsOf('timeline').length < 5, 'it is not asked for again and again');
    assert.deepEqual(rig.reader.outbox(), []);
    assert.deepEqual(texts(rig.desk, id), ['Hand-off. Linked: 1']);
    assert.deepEqual(rig.reader.pairs(), [], 'there is nothing to keep in step with');
  });

  it('leaves nothing behind when it is taken back before it went', async () => {
    for (let n = 0; n < 50; n += 1) engineering.next('apply', offline);
    await escalate();
    const [first] = rig.reader.outbox();
    value(await rig.sync.discard(first!.id));
    assert.deepEqual(rig.reader.outbox(), []);
    assert.deepEqual(rig.reader.pairs(), []);
  });

  it('hears of the other one: its status, what is said there in public, and when it is its turn again', async () => {
    await escalate();
    await settle();
    engineering.write('1', 'bob', 'public', 'The gateway is too old.');
    engineering.write('1', 'bob', 'internal', 'Who bought this?');
    engineering.set('1', 'bob', { status: 'solved' });
    await settle();
    assert.deepEqual(texts(rig.desk, id), [
      handOff,
      '**Linked ticket T-1** is now solved.\n\nbob wrote:\n\n> The gateway is too old.',
    ]);
    assert.ok(
      rig.desk
        .held(id)
        .entries.every(({ author, visibility }) => author.id !== 'alice' || visibility !== 'public'),
    );
    assert.equal(rig.desk.held(id).ticket.status.name, 'open');
    rig.desk.write(id, 'carol', 'public', 'Works again!');
    rig.desk.set(id, 'alice', { status: 'solved' });
    await settle();
    assert.deepEqual(texts(engineering, '1').slice(1), [
      '**Linked ticket T-1** is now solved.\n\ncarol wrote:\n\n> Works again!',
    ]);
    assert.deepEqual(rig.reader.pairs(), [], 'both are done: nothing more is passed on');
  });

  it('hears of it after its own hand-off, also where that has to wait', async () => {
    for (let n = 0; n < 6; n += 1) rig.desk.next('apply', offline);
    await escalate();
    await eventually('the other one is made', () => rig.reader.pairs()[0]?.to !== undefined);
    await eventually('only the hand-off waits', () => rig.reader.outbox().length === 1);
    await rig.pass(2);
    engineering.set('1', 'bob', { status: 'solved' });
    await refreshed();
    await rig.pass(2);
    await settle();
    await settle();
    assert.deepEqual(texts(rig.desk, id), [handOff, '**Linked ticket T-1** is now solved.']);
    assert.equal(rig.desk.held(id).ticket.status.name, 'open', 'it is its turn again');
  });

  it('passes on no words where that was not wanted', async () => {
    await escalate(false);
    await settle();
    engineering.write('1', 'bob', 'public', 'The gateway is too old.');
    await settle();
    assert.deepEqual(texts(rig.desk, id), [handOff]);
  });

  it('is told that the other one is gone, takes its turn again, and goes on alone', async () => {
    await escalate();
    await settle();
    engineering.delete('1');
    await pulled();
    await settle();
    assert.deepEqual(texts(rig.desk, id), [
      handOff,
      '**Linked ticket T-1** was deleted, or can no longer be seen from here.',
    ]);
    assert.equal(rig.desk.held(id).ticket.status.name, 'open');
    assert.deepEqual(rig.reader.pairs(), []);
  });

  it('goes, and the other one is told', async () => {
    await escalate();
    await settle();
    rig.desk.delete(id);
    await pulled();
    await settle();
    assert.deepEqual(texts(engineering, '1').slice(1), [
      '**Linked ticket T-1** was deleted, or can no longer be seen from here.',
    ]);
    assert.deepEqual(rig.reader.pairs(), []);
  });

  it('goes on with the ticket that the other one is merged into', async () => {
    await escalate();
    await settle();
    const into = engineering.open();
    engineering.merge('1', into);
    await pulled();
    await settle();
    assert.deepEqual(
      rig.reader.pairs().map(({ to }) => to),
      [{ accountId: there, id: into }],
    );
    engineering.set(into, 'bob', { status: 'solved' });
    await pulled();
    await settle();
    assert.equal(rig.desk.held(id).ticket.status.name, 'open', 'it is its turn again');
  });

  const places = [
    { name: 'the making of the ticket there', desk: () => engineering, at: 'make', nth: 0 },
    { name: 'the note here', desk: () => rig.desk, at: 'make', nth: 0 },
    { name: 'the status here', desk: () => rig.desk, at: 'make', nth: 1 },
    { name: 'the news here', desk: () => rig.desk, at: 'news', nth: 0 },
    { name: 'its turn here', desk: () => rig.desk, at: 'news', nth: 1 },
    { name: 'the news there', desk: () => engineering, at: 'back', nth: 0 },
  ] as const;
  const faults: [string, Fault][] = [
    ['is out of reach', offline],
    ['is broken', { type: 'error', error: { reason: 'server', message: '500' } }],
    ['gets nothing', { type: 'lost-before' }],
    ['acts, and its answer is lost', { type: 'lost-after' }],
  ];
  for (const { name, desk, at, nth } of places) {
    for (const [what, fault] of faults) {
      it(`is whole and single when the server ${what} at ${name}`, async () => {
        // What is before it goes well: a fault is met by the next request of its kind.
        const arm = (moment: string) => {
          if (moment !== at) return;
          for (let n = 0; n < nth; n += 1) desk().next('apply', { type: 'wait', until: Promise.resolve() });
          desk().next('apply', fault);
        };
        arm('make');
        await escalate();
        await settle();
        arm('news');
        engineering.write('1', 'bob', 'public', 'Found it.');
        engineering.set('1', 'bob', { status: 'solved' });
        await settle();
        arm('back');
        rig.desk.set(id, 'alice', { status: 'solved' });
        await settle();
        assert.deepEqual(engineering.ids(), ['1']);
        assert.deepEqual(texts(rig.desk, id), [
          handOff,
          '**Linked ticket T-1** is now solved.\n\nbob wrote:\n\n> Found it.',
        ]);
        const statuses = rig.desk.held(id).entries.flatMap(({ changes }) => changes.map(({ to }) => to));
        assert.deepEqual(statuses, ['pending', 'open', 'solved']);
        assert.deepEqual(texts(engineering, '1').slice(1), ['**Linked ticket T-1** is now solved.']);
        assert.deepEqual(rig.reader.pairs(), []);
      });
    }
  }
});
