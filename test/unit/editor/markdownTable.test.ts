import assert from 'node:assert/strict';
import { tableOf } from '../../../src/editor/markdownTable.ts';

describe('a table', () => {
  it('lines up, whatever is in its cells', () => {
    const rows = [
      ['a | b', '1'],
      ['already \\| escaped', '22'],
      ['two\nlines', ''],
    ];
    assert.equal(
      tableOf([1], ['Name', 'Count'], rows),
      [
        '| Name               | Count |',
        '| ------------------ | ----: |',
        '| a \\| b             |     1 |',
        '| already \\| escaped |    22 |',
        '| two lines          |       |',
      ].join('\n'),
    );
  });
});
