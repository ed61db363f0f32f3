import assert from 'node:assert/strict';
import { stateOf } from '../../../src/desk/run.ts';
import { Runs } from '../../../src/editor/runs/runs.ts';
import { attempt, run } from '../../shared/runs.ts';
import { makeRig, value, type Rig } from '../sync/rig.ts';

describe('the runs of a window', () => {
  let rig: Rig;
  let here: Runs;
  let there: Runs;

  const runsOf = (windowId: string) =>
    new Runs({ reader: rig.reader, writer: rig.writer, windowId, clock: rig.clock });
  const state = () => stateOf(here.run('run-1')!.steps[0]!);

  beforeEach(async () => {
    rig = await makeRig();
    here = runsOf('here');
    there = runsOf('there');
    value(await there.add(run()));
    assert.equal(await there.hold('a'), undefined);
    value(await there.advance('run-1', { type: 'started', step: 0, attempt: attempt('a') }));
  });

  afterEach(async () => {
    here.dispose();
    there.dispose();
    await rig.end();
  });

  it('leave what runs in another window alone', async () => {
    await here.findLost();
    await rig.pass(60);
    assert.equal(state(), 'running');
  });

  it('find what a window left behind that went away', async () => {
    there.dispose();
    await here.findLost();
    await rig.pass(20);
    assert.equal(state(), 'interrupted');
  });

  it('believe it at the second look only: after a sleep the other window may not have told yet that it is there', async () => {
    rig.clock.sleep(60_000);
    await here.findLost();
    assert.equal(state(), 'running');
    await rig.pass(60);
    assert.equal(state(), 'running');
  });

  it('tell of every change', async () => {
    let told = 0;
    const listening = here.onDidChange(() => (told += 1));
    value(await here.advance('run-1', { type: 'stopped', at: rig.clock.now() }));
    assert.equal(told, 1);
    value(await here.advance('run-1', { type: 'stopped', at: rig.clock.now() }));
    assert.equal(told, 1, 'what can not happen any more is no change');
    listening.dispose();
    value(await here.advance('run-1', { type: 'resumed' }));
    assert.equal(told, 1);
  });
});
