import assert from 'node:assert/strict';
import { fail } from '../../../src/desk/errors.ts';
import { takeLease, type Lease } from '../../../src/sync/lease.ts';
import type { StoreWriter } from '../../../src/store/api.ts';
import { makeRig, value, type Rig } from './rig.ts';

const leaseMs = 9_000;

describe('a lease', () => {
  let rig: Rig;
  let isBroken: boolean;

  beforeEach(async () => {
    isBroken = false;
    rig = await makeRig();
  });

  afterEach(() => rig.end());

  function take(windowId: string): Promise<Lease | undefined> {
    const writer: StoreWriter = {
      ...rig.writer,
      run: (command, argument) =>
        isBroken
          ? Promise.resolve(fail({ reason: 'storage', message: 'The disk is full.' }))
          : rig.writer.run(command, argument),
    };
    return takeLease({ writer, clock: rig.clock, windowId, leaseMs }, 'sync:desk').then(value);
  }

  it('is of one window at a time, as long as its heart beats', async () => {
    const lease = await take('a');
    await rig.pass(30);
    assert.equal(lease?.held(), true);
    assert.equal(await take('b'), undefined);
    await lease.release();
    assert.equal((await take('b'))?.held(), true);
  });

  it('is not held after a sleep until its heart has beaten again', async () => {
    const lease = await take('a');
    rig.clock.sleep(leaseMs);
    assert.equal(lease?.held(), false);
    await rig.pass(1);
    assert.equal(lease.held(), true);
  });

  it('is lost for good where another window took it in the meantime', async () => {
    const lease = await take('a');
    rig.clock.sleep(leaseMs);
    const other = await take('b');
    assert.equal(other?.held(), true);
    await rig.pass(30);
    assert.equal(lease?.held(), false);
    assert.equal(other.held(), true);
  });

  it('of a window that died before the clock was put back is nobody’s', async () => {
    await take('a');
    rig.clock.sleep(-3_600_000);
    assert.equal((await take('b'))?.held(), true);
  });

  it('is not held after the clock was put back until its heart has beaten again', async () => {
    const lease = await take('a');
    rig.clock.sleep(-leaseMs);
    assert.equal(lease?.held(), false);
    await rig.pass(15);
    assert.equal(lease.held(), true);
  });

  it('is held again once a store that could not be written to can be', async () => {
    const lease = await take('a');
    isBroken = true;
    await rig.pass(12);
    assert.equal(lease?.held(), false);
    isBroken = false;
    await rig.pass(3);
    assert.equal(lease.held(), true);
  });
});
