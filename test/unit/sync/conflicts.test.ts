import { strict as assert } from 'node:assert';
import type { Operation, Step } from '../../../src/desk/operation.ts';
import { fieldConflict } from '../../../src/sync/conflicts.ts';
import {
  accountId,
  error,
  makeRig,
  never,
  note,
  post,
  reply,
  request,
  setStatus,
  setting,
  stateOf,
  synced,
  ticketIn,
  value,
  type Rig,
} from './rig.ts';

describe('conflicts', () => {
  let rig: Rig;
  let id: string;

  beforeEach(async () => {
    rig = await makeRig();
    id = rig.desk.open();
    await synced(rig);
    rig.desk.time += 60_000;
  });
  afterEach(() => rig.end());

  async function sent(): Promise<void> {
    rig.sync.start();
    await rig.sync.idle();
  }

  function conflictOf(operation: Operation) {
    const stored = rig.reader.operation(operation.id);
    assert.equal(stored?.state, 'conflict');
    return stored.conflict;
  }

  it('are fields that somebody else set to something else, shown with both sides', async () => {
    const operation = await setStatus(rig, id, 'pending');
    rig.desk.set(id, 'bob', { status: 'solved' });
    await sent();
    assert.deepEqual(conflictOf(operation), {
      type: 'fields',
      fields: [{ field: 'status', base: 'open', mine: 'pending', theirs: 'solved' }],
    });
    assert.equal(rig.desk.held(id).ticket.status.name, 'solved', 'nothing was overwritten');
  });

  it('are custom fields one by one, by their names', () => {
    const floor = { id: '7', name: 'Floor', values: ['1'] };
    const room = { id: '8', name: 'Room', values: ['12'] };
    const ticket = { ...ticketIn(rig, id), customFields: [floor, room] };
    const update = {
      type: 'update' as const,
      fields: { custom: { 7: ['2'], 8: ['13'] } },
      before: { custom: { 7: ['1'], 8: ['12'] } },
    };
    assert.equal(fieldConflict(update, ticket), undefined);
    const moved = {
      ...ticket,
      customFields: [
        { ...floor, values: ['3'] },
        { ...room, values: ['13'] },
      ],
    };
    assert.deepEqual(fieldConflict(update, moved), {
      type: 'fields',
      fields: [{ field: 'custom', name: 'Floor', base: '1', mine: '2', theirs: '3' }],
    });
  });

  it('are not fields that somebody else set to what is wanted, nor other fields', async () => {
    await setStatus(rig, id, 'pending');
    rig.desk.set(id, 'bob', { status: 'pending', priority: 'high' });
    await sent();
    assert.deepEqual(rig.reader.outbox(), []);
    assert.equal(rig.desk.held(id).ticket.priority.name, 'high');
  });

  it('can be forced, once and for what was shown', async () => {
    const fields = { status: 'pending' };
    const steps = [setting(rig, id, fields), setting(rig, id, { priority: 'high' })];
    const operation = value(await rig.sync.enqueue(request(rig, id, 'status', ...steps)));
    rig.desk.set(id, 'bob', { status: 'solved', priority: 'low' });
    await sent();
    assert.equal(conflictOf(operation)?.type, 'fields');
    value(await rig.sync.retry(operation.id, { force: true }));
    await rig.sync.idle();
    assert.equal(rig.desk.held(id).ticket.status.name, 'pending');
    assert.deepEqual(conflictOf(operation), {
      type: 'fields',
      fields: [{ field: 'priority', base: 'normal', mine: 'high', theirs: 'low' }],
    });
  });

  it('stay conflicts when tried again without force, until they are none', async () => {
    const operation = await setStatus(rig, id, 'pending');
    rig.desk.set(id, 'bob', { status: 'solved' });
    await sent();
    value(await rig.sync.retry(operation.id, { force: false }));
    await rig.sync.idle();
    assert.equal(conflictOf(operation)?.type, 'fields');
    rig.desk.set(id, 'bob', { status: 'open' });
    value(await rig.sync.retry(operation.id, { force: false }));
    await rig.sync.idle();
    assert.equal(rig.desk.held(id).ticket.status.name, 'pending');
  });

  it('are noticed by the backend when they happen between our look and our write', async () => {
    const operation = await setStatus(rig, id, 'pending');
    const apply = rig.desk.apply.bind(rig.desk);
    let raced = false;
    rig.desk.apply = (...call) => {
      if (!raced) rig.desk.set(id, 'bob', { status: 'solved' });
      raced = true;
      return apply(...call);
    };
    await sent();
    assert.equal(stateOf(rig, operation), 'queued');
    rig.clock.advance(10_000);
    await rig.sync.idle();
    assert.equal(conflictOf(operation)?.type, 'fields');
    assert.equal(rig.desk.held(id).ticket.status.name, 'solved');
  });

  it('are not our own earlier changes, or what the backend did in their wake', async () => {
    const fresh = rig.desk.open({ status: { name: 'new', category: 'new' } });
    await synced(rig);
    await reply(rig, fresh, 'On it.');
    await setStatus(rig, fresh, 'pending');
    await setStatus(rig, fresh, 'solved');
    await sent();
    assert.deepEqual(rig.reader.outbox(), []);
    assert.equal(rig.desk.held(fresh).ticket.status.name, 'solved');
  });

  it('are what a colleague did while ours was on its way', async () => {
    rig.desk.write(id, 'bob', 'internal', 'I am looking, too.');
    await synced(rig);
    await note(rig, id, 'Mine.');
    const operation = await setStatus(rig, id, 'pending');
    const apply = rig.desk.apply.bind(rig.desk);
    rig.desk.apply = (...call) => {
      const answer = apply(...call);
      rig.desk.apply = apply;
      rig.desk.set(id, 'bob', { status: 'solved' });
      return answer;
    };
    await sent();
    assert.equal(conflictOf(operation)?.type, 'fields', 'not taken for a consequence of our note');
  });

  it('stop a public reply once when the requester wrote meanwhile, and show what', async () => {
    const operation = await reply(rig, id, 'Try turning it off.');
    const written = rig.desk.write(id, 'carol', 'public', 'It works again!');
    rig.desk.write(id, 'alice', 'internal', 'Our own note is no news.');
    await sent();
    const conflict = conflictOf(operation);
    assert.ok(conflict?.type === 'unseen-entries');
    assert.deepEqual(
      conflict.entries.map((entry) => entry.id),
      [written],
    );
    assert.deepEqual(rig.desk.texts(id), ['Our own note is no news.']);
    value(await rig.sync.retry(operation.id, { force: true }));
    await rig.sync.idle();
    assert.deepEqual(rig.desk.texts(id), ['Our own note is no news.', 'Try turning it off.']);
  });

  it('stop it for a colleague, too, but not an internal note', async () => {
    const other = rig.desk.open();
    await synced(rig);
    const answer = await reply(rig, id, 'Hello.');
    rig.desk.time += 60_000;
    rig.desk.write(id, 'bob', 'public', 'I answered.');
    await note(rig, other, 'For us.');
    rig.desk.write(other, 'bob', 'internal', 'For us, too.');
    await sent();
    assert.equal(conflictOf(answer)?.type, 'unseen-entries');
    assert.deepEqual(rig.desk.texts(other), ['For us.']);
  });

  it('do not stop it when only fields changed, or the user saw the entry', async () => {
    rig.desk.set(id, 'bob', { priority: 'high' });
    const first = await reply(rig, id, 'One.');
    await sent();
    assert.equal(stateOf(rig, first), 'confirmed');
    rig.desk.time += 60_000;
    rig.desk.write(id, 'carol', 'public', 'Thanks!');
    const second = await reply(rig, id, 'Two.');
    await rig.sync.idle();
    assert.equal(conflictOf(second)?.type, 'unseen-entries');
    await rig.writer.run('markSeen', { ref: { accountId, id }, until: rig.desk.now() });
    value(await rig.sync.retry(second.id, { force: false }));
    await rig.sync.idle();
    assert.equal(stateOf(rig, second), 'confirmed');
  });

  it('see an entry written in the very second that was seen last', async () => {
    rig.desk.write(id, 'carol', 'public', 'Seen.');
    value(await rig.sync.refreshTicket({ accountId, id }, never));
    const operation = await reply(rig, id, 'Answer.');
    const unseen = rig.desk.write(id, 'carol', 'public', 'Not seen, same second.');
    await sent();
    const conflict = conflictOf(operation);
    assert.ok(conflict?.type === 'unseen-entries');
    assert.deepEqual(
      conflict.entries.map((entry) => entry.id),
      [unseen],
    );
  });

  it('see an entry whose ticket was pulled before its timeline', async () => {
    value(await rig.sync.refreshTicket({ accountId, id }, never));
    rig.desk.write(id, 'carol', 'public', 'Never shown.');
    const { ticket } = value(rig.desk.read('alice', accountId, id));
    await rig.writer.run('putTicket', ticket);
    const operation = await reply(rig, id, 'Answer to something else.');
    assert.equal(operation.baseRevision, rig.desk.held(id).ticket.revision);
    await sent();
    assert.equal(conflictOf(operation)?.type, 'unseen-entries');
  });

  it('cost no further question where the whole timeline was on the screen', async () => {
    value(await rig.sync.refreshTicket({ accountId, id }, never));
    const operation = await reply(rig, id, 'Answer.');
    const asked = rig.desk.callsOf('timeline').length;
    await sent();
    assert.equal(stateOf(rig, operation), 'confirmed');
    assert.equal(rig.desk.callsOf('timeline').length, asked + 1, 'only to show what was sent');
  });

  it('remember what a draft that was begun earlier had seen', async () => {
    const begun = ticketIn(rig, id);
    rig.desk.write(id, 'carol', 'public', 'Came while the draft was written.');
    await synced(rig);
    const steps = [post('Draft.', 'public')];
    const ticket = ticketIn(rig, id);
    assert.notEqual(ticket.revision, begun.revision);
    const draft = { accountId, ticket, label: ticket.key, intent: 'reply', steps } as const;
    const operation = value(
      await rig.sync.enqueue({ ...draft, baseRevision: begun.revision, seenUntil: begun.updatedAt }),
    );
    await sent();
    const conflict = conflictOf(operation);
    assert.ok(conflict?.type === 'unseen-entries');
    assert.equal(conflict.entries.length, 1);
    value(await rig.sync.discard(operation.id));
    const vague = value(await rig.sync.enqueue({ ...draft, baseRevision: begun.revision }));
    await rig.sync.idle();
    assert.equal(conflictOf(vague)?.type, 'unseen-entries', 'in doubt it is shown');
  });

  it('never let something public out of an act that is not named so', async () => {
    const steps = [post('Oops.', 'public')];
    for (const intent of ['note', 'status', 'log', 'link'] as const) {
      assert.equal(error(await rig.sync.enqueue(request(rig, id, intent, ...steps))).reason, 'rejected');
    }
    // A hand-off may go with a message to the requester, but is not for them itself.
    const handOff: Step = { type: 'post', kind: 'hand-off', visibility: 'public', body: 'Oops.' };
    const both = request(rig, id, 'escalate', handOff, ...steps);
    assert.equal(error(await rig.sync.enqueue(both)).reason, 'rejected');
    await sent();
    assert.deepEqual(rig.reader.outbox(), []);
    assert.deepEqual(rig.desk.texts(id), []);
  });

  it('never send a note to a system that would publish it', async () => {
    rig.desk.capabilities.internalNote = false;
    const window = await rig.window();
    window.sync.start();
    const operation = await note(window, id, 'Between us.');
    await window.sync.idle();
    const stored = window.reader.operation(operation.id);
    assert.equal(stored?.state, 'failed');
    assert.equal(stored.error?.reason, 'unsupported');
    assert.deepEqual(rig.desk.callsOf('apply'), []);
  });

  it('never send a reply from an account that may not write to requesters', async () => {
    rig.desk.capabilities.publicReply = false;
    const window = await rig.window();
    window.sync.start();
    const operation = value(
      await window.sync.enqueue(request(window, id, 'reply', post('Hello.', 'public'))),
    );
    await window.sync.idle();
    assert.equal(window.reader.operation(operation.id)?.error?.reason, 'unsupported');
    assert.deepEqual(rig.desk.callsOf('apply'), []);
  });
});
