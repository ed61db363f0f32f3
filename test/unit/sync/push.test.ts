import { strict as assert } from 'node:assert';
import type { Backend } from '../../../src/backends/backend.ts';
import { ok } from '../../../src/desk/errors.ts';
import type { Step } from '../../../src/desk/operation.ts';
import {
  accountId,
  eventually,
  gate,
  makeRig,
  minute,
  note,
  post,
  reply,
  request,
  setStatus,
  setting,
  stateOf,
  synced,
  value,
  type Rig,
} from './rig.ts';

describe('push', () => {
  let rig: Rig;
  let id: string;

  beforeEach(async () => {
    rig = await makeRig();
    id = rig.desk.open();
    await synced(rig);
    rig.desk.calls.length = 0;
  });
  afterEach(() => rig.end());

  it('sends what was queued, and shows it before the outbox lets go of it', async () => {
    await rig.end();
    const done: string[] = [];
    rig = await makeRig({
      over: (writer) => ({
        run: (command, argument) => {
          const state = /"state":"(\w+)"/.exec(command === 'advance' ? JSON.stringify(argument) : '');
          done.push(state?.[1] ?? command);
          return writer.run(command, argument);
        },
        close: () => writer.close(),
      }),
    });
    const mine = rig.desk.open();
    await synced(rig);
    done.length = 0;
    rig.sync.start();
    const operation = await note(rig, mine, 'Looked at it.');
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(mine), ['Looked at it.']);
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.reader.outbox(), []);
    const bodies = rig.reader.entries({ accountId, id: mine }).map(({ body }) => body?.text);
    assert.ok(bodies.includes('Looked at it.'));
    const order = ['sending', 'putTimeline', 'confirmed'].map((one) => done.lastIndexOf(one));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
      done.join(', '),
    );
    assert.ok(!order.includes(-1));
  });

  it('sends nothing before it was started', async () => {
    const operation = await note(rig, id, 'Later.');
    await rig.sync.idle();
    assert.deepEqual(rig.desk.calls, []);
    assert.equal(stateOf(rig, operation), 'queued');
    rig.sync.start();
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['Later.']);
  });

  it('keeps the order in which it was asked, also where the clock was put back before a new window', async () => {
    await note(rig, id, 'First.');
    rig.clock.sleep(-60 * minute);
    const other = await rig.window();
    await note(other, id, 'Second.');
    other.sync.start();
    await other.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['First.', 'Second.']);
  });

  it('keeps the order within a ticket and does not wait between tickets', async () => {
    const other = rig.desk.open();
    await synced(rig);
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed }, id);
    rig.sync.start();
    await note(rig, id, 'first');
    await note(rig, id, 'second');
    const elsewhere = await note(rig, other, 'elsewhere');
    await eventually('the other ticket is written', () => stateOf(rig, elsewhere) === 'confirmed');
    assert.deepEqual(rig.desk.texts(id), []);
    open();
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['first', 'second']);
  });

  it('goes on with a ticket that was merged, whatever is sent to others meanwhile', async () => {
    const [into, elsewhere] = [rig.desk.open(), rig.desk.open()];
    await synced(rig);
    rig.desk.merge(id, into);
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    const ours = await note(rig, id, 'Hello.');
    await eventually('it is on its way', () => stateOf(rig, ours) === 'sending');
    const other = await note(rig, elsewhere, 'elsewhere');
    await eventually('the other ticket is written', () => stateOf(rig, other) === 'confirmed');
    assert.equal(stateOf(rig, ours), 'sending', 'its sender is still there');
    open();
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(into), ['Hello.']);
    assert.ok(!rig.desk.calls.some(({ method }) => method === 'landed'));
  });

  it('writes to no more tickets at a time than it may', async () => {
    const ids = Array.from({ length: 12 }, () => rig.desk.open());
    await synced(rig);
    for (const one of ids) await note(rig, one, 'hello');
    rig.desk.mostInFlight = 0;
    rig.sync.start();
    await rig.sync.idle();
    assert.equal(rig.desk.mostInFlight, 4);
    for (const one of ids) assert.deepEqual(rig.desk.texts(one), ['hello']);
  });

  it('sends the steps of an operation one after the other, onto what the first one made of the ticket', async () => {
    const fresh = rig.desk.open({ status: { name: 'new', category: 'new' } });
    await synced(rig);
    const steps = [post('Fixed.', 'public'), setting(rig, fresh, { status: 'solved' })];
    value(await rig.sync.enqueue(request(rig, fresh, 'resolve', ...steps)));
    rig.sync.start();
    await rig.sync.idle();
    assert.deepEqual(rig.reader.outbox(), [], 'that the reply opened the ticket is no conflict');
    assert.equal(rig.desk.held(fresh).ticket.status.name, 'solved');
    assert.deepEqual(rig.desk.texts(fresh), ['Fixed.']);
  });

  it('resumes an operation at the step that failed', async () => {
    const steps = [post('Hand-off.'), setting(rig, id, { status: 'nonsense' })];
    const operation = value(await rig.sync.enqueue(request(rig, id, 'escalate', ...steps)));
    rig.sync.start();
    await rig.sync.idle();
    const failed = rig.reader.operation(operation.id);
    assert.equal(failed?.state, 'failed');
    assert.equal(failed.done, 1);
    assert.deepEqual(failed.error, {
      reason: 'rejected',
      message: '"nonsense" is no status.',
      field: 'status',
    });
    value(await rig.sync.retry(operation.id, { force: false }));
    await rig.sync.idle();
    assert.equal(stateOf(rig, operation), 'failed');
    assert.deepEqual(rig.desk.texts(id), ['Hand-off.']);
  });

  it('creates a ticket and goes on with it', async () => {
    const create: Step = {
      type: 'create',
      ticket: {
        subject: 'New laptop',
        description: 'For dave',
        kind: 'request',
        channel: 'walk-in',
        tags: [],
      },
    };
    const steps = [create, post('Ordered.')];
    const operation = value(
      await rig.sync.enqueue({ accountId, label: 'New laptop', intent: 'create', steps }),
    );
    rig.sync.start();
    await rig.sync.idle();
    const created = rig.reader.operation(operation.id)?.ticketId;
    assert.ok(created !== undefined);
    assert.deepEqual(rig.desk.texts(created), ['For dave', 'Ordered.']);
    assert.equal(rig.reader.ticket({ accountId, id: created })?.subject, 'New laptop');
  });

  it('is not sent to another ticket that has the same id on another server', async () => {
    const operation = await note(rig, id, 'For the first one.');
    const held = rig.desk.held(id);
    held.ticket = { ...held.ticket, subject: 'Another one', createdAt: held.ticket.createdAt - minute };
    rig.sync.start();
    await eventually('the refusal', () => stateOf(rig, operation) === 'failed');
    assert.deepEqual(rig.desk.texts(id), []);
  });

  it('follows a ticket that was merged into another', async () => {
    const target = rig.desk.open();
    await note(rig, id, 'one');
    await note(rig, id, 'two');
    rig.desk.merge(id, target);
    rig.sync.start();
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(target), ['one', 'two']);
    assert.deepEqual(rig.reader.outbox(), []);
  });

  it('leaves later operations of a ticket waiting behind one that waits for the user, and no others', async () => {
    const other = rig.desk.open();
    await synced(rig);
    const bad = value(
      await rig.sync.enqueue(request(rig, id, 'status', setting(rig, id, { status: 'nonsense' }))),
    );
    await note(rig, id, 'behind');
    await note(rig, other, 'elsewhere');
    rig.sync.start();
    await rig.sync.idle();
    assert.equal(stateOf(rig, bad), 'failed');
    assert.deepEqual(rig.desk.texts(id), []);
    assert.deepEqual(rig.desk.texts(other), ['elsewhere']);
    value(await rig.sync.discard(bad.id));
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['behind']);
  });

  it('is not held up by what happens to another account', async () => {
    await rig.end();
    rig = await makeRig({ accounts: ['desk', 'ill'] });
    const mine = rig.desk.open();
    await synced(rig);
    const { closed, open } = gate();
    rig.desk.next('ticket', { type: 'wait', until: closed });
    rig.sync.start();
    const ill = { ...request(rig, mine, 'note', post('ill')), accountId: 'ill' };
    value(await rig.sync.enqueue(ill));
    await eventually('the ill account is being asked', () => rig.desk.callsOf('ticket').length === 1);
    const well = await note(rig, mine, 'well');
    await eventually('the other is served', () => stateOf(rig, well) === 'confirmed');
    open();
  });

  it('says that nothing is queued where the store can not keep it', async () => {
    await rig.end();
    const full = { reason: 'storage', message: 'The disk is full.' } as const;
    rig = await makeRig({
      over: (writer) => ({
        run: (command, argument) =>
          command === 'queue' ? Promise.resolve({ ok: false, error: full }) : writer.run(command, argument),
        close: () => writer.close(),
      }),
    });
    const mine = rig.desk.open();
    await synced(rig);
    rig.sync.start();
    const answer = await rig.sync.enqueue(request(rig, mine, 'note', post('lost?')));
    assert.deepEqual(answer, { ok: false, error: full });
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(mine), []);
  });

  it('leaves a connector alone for a while that breaks off before anything is sent', async () => {
    await rig.end();
    let asked = 0;
    let broken = false;
    const desks = new Map<string, Backend>();
    rig = await makeRig({
      connect: (account) => {
        asked += 1;
        if (broken) return Promise.reject(new Error('Broken.'));
        const desk = desks.get(account) ?? rig.desk.as('alice', account);
        desks.set(account, desk);
        return Promise.resolve(ok(desk));
      },
      tuning: { leaseMs: 60 * minute },
    });
    const mine = rig.desk.open();
    await synced(rig);
    rig.sync.start();
    broken = true;
    asked = 0;
    await note(rig, mine, 'Waits.');
    await rig.pass(50);
    assert.ok(asked <= 6, `asked ${asked} times`);
    broken = false;
    await eventually(
      'it is sent',
      () => rig.reader.outbox().length === 0,
      () => rig.pass(1),
    );
    assert.deepEqual(rig.desk.texts(mine), ['Waits.']);
  });

  it('leaves it alone for a while where the connector breaks off as it sends, or as it looks for it', async () => {
    rig.sync.start();
    for (let times = 0; times < 30; times++) {
      rig.desk.next('apply', { type: 'throws' });
      rig.desk.next('landed', { type: 'throws' });
    }
    const operation = await reply(rig, id, 'Once.');
    await rig.pass(50);
    assert.equal(stateOf(rig, operation), 'unknown');
    assert.equal(rig.desk.callsOf('apply').length, 1);
    const looked = rig.desk.callsOf('landed').length;
    assert.ok(looked > 0 && looked <= 6, `looked for ${looked} times`);
    assert.deepEqual(rig.desk.texts(id), []);
  });

  it('has it on disk when it says queued', async () => {
    const operation = await note(rig, id, 'kept');
    const elsewhere = await rig.window();
    assert.deepEqual(elsewhere.reader.operation(operation.id), rig.reader.operation(operation.id));
    assert.equal(elsewhere.reader.outbox().length, 1);
  });

  it('does not send what could not be written down as being sent', async () => {
    await rig.end();
    let broken = true;
    rig = await makeRig({
      over: (writer) => ({
        run: (command, argument) =>
          broken && command === 'advance'
            ? Promise.resolve({ ok: false, error: { reason: 'storage', message: 'The disk is full.' } })
            : writer.run(command, argument),
        close: () => writer.close(),
      }),
    });
    const mine = rig.desk.open();
    await synced(rig);
    rig.sync.start();
    await note(rig, mine, 'careful');
    await rig.sync.idle();
    assert.deepEqual(rig.desk.callsOf('apply'), []);
    broken = false;
    rig.clock.advance(minute);
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(mine), ['careful']);
  });

  it('refuses to discard or retry what is being sent', async () => {
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    const operation = await note(rig, id, 'on its way');
    await eventually('it is being sent', () => stateOf(rig, operation) === 'sending');
    assert.equal((await rig.sync.discard(operation.id)).ok, false);
    assert.equal((await rig.sync.retry(operation.id, { force: true })).ok, false);
    open();
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['on its way']);
    assert.equal((await rig.sync.discard('no such operation')).ok, false);
  });

  it('lets what is being sent end when it is closed', async () => {
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    const operation = await reply(rig, id, 'Goodbye.');
    await eventually('it is being sent', () => rig.desk.callsOf('apply').length === 1);
    const disposed = rig.sync.dispose();
    open();
    await disposed;
    assert.deepEqual(rig.desk.texts(id), ['Goodbye.']);
    assert.equal(stateOf(rig, operation), 'confirmed');
  });

  it('gives up what takes too long when it is closed, and does not claim to know how it ended', async () => {
    rig.desk.next('apply', { type: 'wait', until: gate().closed });
    rig.sync.start();
    const operation = await reply(rig, id, 'Goodbye.');
    await eventually('it is being sent', () => rig.desk.callsOf('apply').length === 1);
    const disposed = rig.sync.dispose();
    rig.clock.advance(2_000);
    await disposed;
    assert.equal(stateOf(rig, operation), 'unknown');
  });

  it('does not begin to send while it is being closed', async () => {
    await rig.end();
    let closing: Promise<void> | undefined;
    rig = await makeRig({
      over: (writer) => ({
        run: async (command, argument) => {
          const result = await writer.run(command, argument);
          if (command === 'advance') closing ??= rig.sync.dispose();
          return result;
        },
        close: () => writer.close(),
      }),
    });
    const mine = rig.desk.open();
    await synced(rig);
    rig.sync.start();
    const operation = await reply(rig, mine, 'Too late.');
    await eventually('it is closed', () => closing !== undefined);
    await closing;
    assert.equal(stateOf(rig, operation), 'queued');
    assert.deepEqual(rig.desk.callsOf('apply'), []);
  });

  it('knows what it was told, even if another window gave it up meanwhile', async () => {
    const { closed, open } = gate();
    rig.desk.next('apply', { type: 'wait', until: closed });
    rig.sync.start();
    const operation = await reply(rig, id, 'Slow.');
    await eventually('it is being sent', () => rig.desk.callsOf('apply').length === 1);
    const sending = rig.reader.operation(operation.id);
    assert.ok(sending);
    const given = { from: 'sending', done: 0, operation: { ...sending, state: 'unknown' } } as const;
    assert.deepEqual(await rig.writer.run('advance', given), { ok: true, value: true });
    open();
    await rig.sync.idle();
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.desk.callsOf('landed'), []);
  });

  it('sets a status twice in a row without taking the first for a stranger', async () => {
    await setStatus(rig, id, 'pending');
    await setStatus(rig, id, 'solved');
    rig.sync.start();
    await rig.sync.idle();
    assert.deepEqual(rig.reader.outbox(), []);
    assert.equal(rig.desk.held(id).ticket.status.name, 'solved');
  });
});
