import assert from 'node:assert/strict';
import { Turns } from '../../../src/editor/policy/turns.ts';

/** So long nothing comes by itself in a test. */
const longAfter = 3_600_000;

describe('turns', () => {
  it('begin at once where they are asked for now, whatever is being gathered', async () => {
    let done = 0;
    const turns = new Turns(() => {
      done += 1;
      return Promise.resolve();
    }, longAfter);
    turns.soon();
    turns.soon();
    await turns.now();
    assert.equal(done, 1);
    turns.dispose();
  });

  it('come after one another, and one that was asked for during a turn is not forgotten', async () => {
    const ends: (() => void)[] = [];
    let atOnce = 0;
    let most = 0;
    const turns = new Turns(async () => {
      most = Math.max(most, ++atOnce);
      await new Promise<void>((end) => ends.push(end));
      atOnce -= 1;
    }, longAfter);
    const first = turns.now();
    await new Promise(setImmediate);
    const later = [turns.now(), turns.now()];
    ends[0]?.();
    await first;
    await new Promise(setImmediate);
    assert.equal(ends.length, 2, 'both are served by one more turn');
    ends[1]?.();
    await Promise.all(later);
    assert.equal(most, 1);
  });

  it('go on after one that failed', async () => {
    let turn = 0;
    const turns = new Turns(
      () => (turn++ === 0 ? Promise.reject(new Error('once')) : Promise.resolve()),
      longAfter,
    );
    await assert.rejects(turns.now(), /once/);
    await turns.now();
    assert.equal(turn, 2);
  });
});
