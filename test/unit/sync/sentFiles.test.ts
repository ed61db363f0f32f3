import { strict as assert } from 'node:assert';
import { ok } from '../../../src/desk/errors.ts';
import type { Operation, SentFile, Step } from '../../../src/desk/operation.ts';
import { accountId, makeRig, request, stateOf, synced, value, type Rig } from './rig.ts';

describe('files on their way', () => {
  let rig: Rig;
  let id: string;
  let applied: Step[];

  beforeEach(async () => {
    applied = [];
    rig = await makeRig({
      connect: () => {
        const backend = rig.desk.as('alice', accountId);
        const apply = backend.apply.bind(backend);
        backend.apply = (sending, signal) => {
          applied.push(sending.step);
          return apply(sending, signal);
        };
        return Promise.resolve(ok(backend));
      },
    });
    id = rig.desk.open();
    await synced(rig);
  });
  afterEach(() => rig.end());

  const picture: SentFile = { name: 'a.png', mediaType: 'image/png', base64: '', stored: 'f' };
  const withPicture = (visibility: 'public' | 'internal'): Step => ({
    type: 'post',
    kind: visibility === 'public' ? 'reply' : 'note',
    visibility,
    body: 'See the picture.',
    files: [picture],
  });

  async function queue(step: Step): Promise<Operation> {
    const intent = 'visibility' in step && step.visibility === 'public' ? 'reply' : 'note';
    return value(await rig.sync.enqueue(request(rig, id, intent, step)));
  }

  async function keep(): Promise<void> {
    const file = { id: 'f', name: 'a.png', mediaType: 'image/png', size: 3 };
    const added = { draft: { id: 'd', accountId }, file, bytes: Uint8Array.of(1, 2, 3), at: 0 };
    value(await rig.writer.run('addFile', added));
  }

  it('get their bytes from the store when the step is sent', async () => {
    await keep();
    rig.sync.start();
    const operation = await queue(withPicture('public'));
    await rig.sync.idle();
    assert.equal(stateOf(rig, operation), 'confirmed');
    const [step] = applied;
    assert.ok(step?.type === 'post');
    assert.equal(step.files?.[0]?.base64, 'AQID');
    const stored = rig.reader.operation(operation.id);
    assert.ok(!JSON.stringify(stored).includes('AQID'), 'the outbox holds no bytes');
  });

  it('that are gone stop the operation, with what to do', async () => {
    rig.sync.start();
    const operation = await queue(withPicture('internal'));
    await rig.sync.idle();
    const failed = rig.reader.operation(operation.id);
    assert.equal(failed?.state, 'failed');
    assert.match(failed.error?.message ?? '', /"a\.png" is no longer on this machine/);
    assert.deepEqual(applied, []);
  });

  it('are not sent where a file would be seen by everybody, or not at all', async () => {
    await keep();
    for (const attach of ['public', false] as const) {
      rig.desk.capabilities.attach = attach;
      rig.sync.start();
      const operation = await queue({ type: 'attach', visibility: 'internal', ...picture });
      await rig.sync.syncNow(accountId, new AbortController().signal);
      await rig.sync.idle();
      const failed = rig.reader.operation(operation.id);
      assert.equal(failed?.error?.reason, 'unsupported', String(attach));
      value(await rig.sync.discard(operation.id));
    }
    assert.deepEqual(applied, []);
  });
});
