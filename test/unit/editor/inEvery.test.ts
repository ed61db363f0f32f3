import assert from 'node:assert/strict';
import { inEvery } from '../../../src/editor/commands/inEvery.ts';

describe('what several tickets can all become', () => {
  const list = (...names: string[]) => names.map((name) => ({ name }));

  it('is what every list has, in the order of the first', () => {
    assert.deepEqual(inEvery([list('High', 'Low', 'Urgent'), list('Low', 'High')]), list('High', 'Low'));
    assert.deepEqual(inEvery([list('High', 'Low')]), list('High', 'Low'));
  });

  it('is nothing where they have none in common', () => {
    assert.deepEqual(inEvery([list('High'), list('hoch')]), []);
    assert.deepEqual(inEvery([]), []);
  });
});
