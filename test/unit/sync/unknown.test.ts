import { strict as assert } from 'node:assert';
import type { Operation } from '../../../src/desk/operation.ts';
import {
  accountId,
  error,
  eventually,
  gate,
  makeRig,
  minute,
  note,
  post,
  reply,
  request,
  stateOf,
  synced,
  value,
  type Rig,
} from './rig.ts';

/** What happens when nobody knows whether the backend acted. */
describe('unknown outcome', () => {
  let rig: Rig;
  let id: string;

  beforeEach(async () => {
    rig = await makeRig();
    id = rig.desk.open();
    await synced(rig);
    rig.sync.start();
  });
  afterEach(() => rig.end());

  /** Lets `minutes` pass, a heartbeat at a time. */
  async function pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i += 1) {
      rig.clock.advance(minute);
      await rig.sync.idle();
    }
  }

  function applied(): number {
    return rig.desk.callsOf('apply').length;
  }

  async function ended(operation: Operation, state: Operation['state']): Promise<void> {
    await rig.sync.idle();
    assert.equal(stateOf(rig, operation), state);
  }

  it('is settled by reading where the answer was lost', async () => {
    rig.desk.next('apply', { type: 'lost-after' });
    await ended(await reply(rig, id, 'Only once.'), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['Only once.']);
    assert.equal(applied(), 1);
    assert.equal(rig.desk.callsOf('landed').length, 1);
  });

  it('never sends a public reply again by itself, and shows that it is unknown', async () => {
    rig.desk.next('apply', { type: 'lost-before' });
    const operation = await reply(rig, id, 'Did it arrive?');
    await ended(operation, 'unknown');
    await pass(60);
    assert.equal(applied(), 1);
    assert.equal(stateOf(rig, operation), 'unknown');
    assert.deepEqual(
      rig.reader.outbox().map(({ state, error }) => [state, error?.reason]),
      [['unknown', 'unknown-outcome']],
    );
  });

  it('sends a public reply again when the user says so, after looking once more', async () => {
    rig.desk.next('apply', { type: 'lost-before' });
    const operation = await reply(rig, id, 'Did it arrive?');
    await ended(operation, 'unknown');
    const looked = rig.desk.callsOf('landed').length;
    value(await rig.sync.retry(operation.id, { force: false }));
    await ended(operation, 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['Did it arrive?']);
    assert.equal(rig.desk.callsOf('landed').length, looked + 1);
  });

  it('notices a server that acted late, and neither the user nor we send it twice', async () => {
    rig.desk.next('apply', { type: 'late' });
    rig.desk.next('apply', { type: 'late' });
    const first = await reply(rig, id, 'Slow.');
    const other = rig.desk.open();
    await synced(rig);
    const second = await reply(rig, other, 'Slow too.');
    await ended(first, 'unknown');
    await ended(second, 'unknown');
    rig.desk.actLate();
    value(await rig.sync.retry(first.id, { force: true }));
    await ended(first, 'confirmed');
    await pass(10);
    assert.equal(stateOf(rig, second), 'confirmed');
    assert.deepEqual([...rig.desk.texts(id), ...rig.desk.texts(other)], ['Slow.', 'Slow too.']);
  });

  it('sends an internal note again by itself, but only after the server had its time', async () => {
    rig.desk.next('apply', { type: 'lost-before' });
    const operation = await note(rig, id, 'For us.');
    await ended(operation, 'unknown');
    rig.clock.advance(minute);
    await ended(operation, 'unknown');
    assert.equal(applied(), 1, 'the server may still act');
    await pass(5);
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['For us.']);
  });

  it('sends a note once when the server acts while we wait', async () => {
    rig.desk.next('apply', { type: 'late' });
    const operation = await note(rig, id, 'For us.');
    await ended(operation, 'unknown');
    rig.clock.advance(minute);
    rig.desk.actLate();
    await pass(5);
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['For us.']);
    assert.equal(applied(), 1);
  });

  it('does not create a ticket again by itself', async () => {
    rig.desk.next('apply', { type: 'lost-before' });
    const ticket = { subject: 'Twice?', description: 'No.', kind: 'request', channel: 'chat' } as const;
    const steps = [{ type: 'create' as const, ticket: { ...ticket, tags: [] } }];
    const operation = value(
      await rig.sync.enqueue({ accountId, label: ticket.subject, intent: 'create', steps }),
    );
    await ended(operation, 'unknown');
    await pass(20);
    assert.equal(applied(), 1);
    assert.equal(stateOf(rig, operation), 'unknown');
  });

  it('is sent again at once to a system that knows a step by its key', async () => {
    rig.desk.capabilities.idempotent = true;
    const window = await rig.window();
    rig.desk.next('apply', { type: 'lost-before' });
    window.sync.start();
    const operation = await reply(window, id, 'Harmless.');
    await window.sync.idle();
    assert.equal(stateOf(window, operation), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['Harmless.']);
    assert.equal(applied(), 2);
  });

  it('looks before it sends again after the server broke down', async () => {
    const down = { reason: 'server', message: '503' } as const;
    rig.desk.next('apply', { type: 'error', error: down });
    const operation = await reply(rig, id, 'Hello?');
    await ended(operation, 'queued');
    assert.equal(rig.reader.operation(operation.id)?.error?.reason, 'server');
    rig.desk.write(id, 'alice', 'public', 'Hello?');
    await pass(1);
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['Hello?'], 'it had acted all the same');
  });

  it('keeps what can not be looked up, and looks again later', async () => {
    rig.desk.next('apply', { type: 'lost-after' });
    rig.desk.next('landed', { type: 'error', error: { reason: 'server', message: '503' } });
    const operation = await reply(rig, id, 'Patience.');
    await ended(operation, 'unknown');
    await pass(1);
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['Patience.']);
  });

  it('is what a window that dies while sending leaves behind', async () => {
    await rig.sync.dispose();
    let dead = false;
    const window = await rig.window({
      over: (writer) => ({
        run: (command, argument) =>
          dead
            ? Promise.resolve({ ok: false, error: { reason: 'storage', message: 'dead' } })
            : writer.run(command, argument),
        close: () => writer.close(),
      }),
    });
    rig.desk.next('apply', { type: 'wait', until: gate().closed });
    window.sync.start();
    const operation = await reply(window, id, 'From a dead window.');
    await eventually('it is being sent', () => stateOf(rig, operation) === 'sending');
    rig.desk.write(id, 'alice', 'public', 'From a dead window.');
    dead = true;
    const heir = await rig.window();
    heir.sync.start();
    rig.clock.advance(5_000);
    assert.equal(stateOf(rig, operation), 'sending', 'its lease has not run out');
    await eventually(
      'the heir settles it',
      () => stateOf(rig, operation) === 'confirmed',
      () => rig.pass(1),
    );
    assert.deepEqual(rig.desk.texts(id), ['From a dead window.']);
  });

  it('blocks what comes after it on the ticket', async () => {
    rig.desk.next('apply', { type: 'lost-before' });
    const first = await reply(rig, id, 'one');
    const second = await note(rig, id, 'two');
    await ended(first, 'unknown');
    assert.equal(stateOf(rig, second), 'queued');
    value(await rig.sync.discard(first.id));
    await ended(second, 'confirmed');
    assert.deepEqual(rig.desk.texts(id), ['two']);
  });

  it('is not claimed of what the backend refused', async () => {
    rig.desk.next('apply', { type: 'error', error: { reason: 'forbidden', message: 'No.' } });
    const operation = value(await rig.sync.enqueue(request(rig, id, 'note', post('May I?'))));
    await ended(operation, 'failed');
    await pass(10);
    assert.equal(applied(), 1);
    assert.equal(error(await rig.sync.retry('gone', { force: false })).reason, 'not-found');
  });
});
