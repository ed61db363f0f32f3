import { strict as assert } from 'node:assert';
import { fail, type DeskError } from '../../../src/desk/errors.ts';
import type { StoreWriter } from '../../../src/store/api.ts';
import {
  accountId,
  error,
  eventually,
  makeRig,
  never,
  note,
  request,
  post,
  stateOf,
  synced,
  value,
} from './rig.ts';

/** Disk full, read-only, or held by another window for too long: nothing can be written for a while. */
describe('a store that can not be written', () => {
  const full: DeskError = { reason: 'storage', message: 'The disk is full.' };

  function spoilt(): { over: (writer: StoreWriter) => StoreWriter; spoil(spoilt: boolean): void } {
    let isSpoilt = false;
    return {
      over: (writer) => ({
        run: (command, argument) => (isSpoilt ? Promise.resolve(fail(full)) : writer.run(command, argument)),
        close: () => writer.close(),
      }),
      spoil: (next) => {
        isSpoilt = next;
      },
    };
  }

  it('is told by a sync instead of waiting for ever, is seen, and is over when it is over', async () => {
    const disk = spoilt();
    const rig = await makeRig({ over: disk.over });
    try {
      rig.desk.open();
      let changes = 0;
      rig.sync.onDidChange(() => (changes += 1));
      assert.equal(rig.sync.storeProblem(), undefined);
      disk.spoil(true);
      const told = await rig.sync.syncNow(accountId, never);
      assert.deepEqual(error(told), full);
      assert.deepEqual(rig.sync.storeProblem(), full);
      assert.ok(changes > 0);
      disk.spoil(false);
      await synced(rig);
      assert.equal(rig.sync.storeProblem(), undefined);
      assert.equal(rig.reader.tickets({}).length, 1);
    } finally {
      await rig.end();
    }
  });

  it('promises nothing, sends nothing it could not write down, and goes on afterwards', async () => {
    const disk = spoilt();
    const rig = await makeRig({ over: disk.over });
    try {
      const id = rig.desk.open();
      await synced(rig);
      const kept = await note(rig, id, 'Kept.');
      disk.spoil(true);
      assert.equal(
        error(await rig.sync.enqueue(request(rig, id, 'note', post('Not kept.')))).reason,
        'storage',
      );
      rig.sync.start();
      await rig.sync.idle();
      await rig.pass(3);
      assert.deepEqual(rig.desk.texts(id), []);
      disk.spoil(false);
      await eventually(
        'it is sent',
        () => stateOf(rig, kept) === 'confirmed',
        () => rig.pass(1),
      );
      assert.deepEqual(rig.desk.texts(id), ['Kept.']);
      value(await rig.sync.syncNow(accountId, never));
    } finally {
      await rig.end();
    }
  });
});
