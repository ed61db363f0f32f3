import assert from 'node:assert/strict';
import fc from 'fast-check';
import { localKeyPattern } from '../../../src/backends/local/keys.ts';

function found(prefixes: string[], text: string): string[] {
  return text.match(localKeyPattern(prefixes)) ?? [];
}

describe('ticket keys of the local desk', () => {
  it('are whole words with a beginning that keys have here', () => {
    const text =
      'DESK-1, INC0012345, HD-1004 and #88; not utf-8, XDESK-1, DESK-1a, DESK-1-2, a/DESK-3 or RT-5';
    assert.deepEqual(found([], text), ['DESK-1', 'INC0012345']);
    assert.deepEqual(found(['HD-', '#'], text), ['DESK-1', 'INC0012345', 'HD-1004', '#88']);
  });

  it('are never taken for an expression', () => {
    assert.deepEqual(found(['.*', '(', 'a|', ''], 'DESK-2 x3'), ['DESK-2']);
  });

  it('are found in any company, whatever beginnings an import brought', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), (prefixes, n) => {
        assert.deepEqual(found(prefixes, `**DESK-${n}** [INC${n}](x)`), [`DESK-${n}`, `INC${n}`]);
      }),
    );
  });
});
