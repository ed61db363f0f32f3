import assert from 'node:assert/strict';
import { changeLabels, readLabels } from '../../src/backends/labels/meaning.ts';

const two = ['team: network', 'bug', 'team: apps'];

describe('labels', () => {
  it('of which two are teams: the second is a tag, and can be kept or taken away as one', () => {
    assert.deepEqual(readLabels(two, undefined, 'desk').tags, ['bug', 'team: apps']);
    assert.deepEqual(changeLabels(two, { tags: ['vpn'] }, undefined), ['team: network', 'vpn']);
    assert.deepEqual(changeLabels(two, { tags: ['team: apps', 'vpn'] }, undefined), [
      'team: network',
      'team: apps',
      'vpn',
    ]);
  });

  it('of which two are teams: another team takes the place of both', () => {
    assert.deepEqual(changeLabels(two, { team: 'team: mail' }, undefined), ['bug', 'team: mail']);
    assert.deepEqual(changeLabels(two, { team: null }, undefined), ['bug']);
    assert.deepEqual(changeLabels(two, { priority: 'p1' }, undefined), [...two, 'p1']);
  });
});
