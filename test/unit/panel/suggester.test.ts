import assert from 'node:assert/strict';
import { wordAt } from '../../../src/webviews/panel/suggester.ts';

describe('what the composer completes', () => {
  it('are macros, people and tickets at the end of what was typed', () => {
    assert.deepEqual(wordAt('/'), { kind: 'macro', typed: '', length: 1 });
    assert.deepEqual(wordAt('Hello\n/pass'), { kind: 'macro', typed: 'pass', length: 5 });
    assert.deepEqual(wordAt('ask @bo'), { kind: 'person', typed: 'bo', length: 3 });
    assert.deepEqual(wordAt('(@Bj\u00F6'), { kind: 'person', typed: 'Bj\u00F6', length: 4 });
    assert.deepEqual(wordAt('like RT-12'), { kind: 'ticket', typed: 'RT-12', length: 5 });
    assert.deepEqual(wordAt('like #8'), { kind: 'ticket', typed: '#8', length: 2 });
  });

  it('is nothing inside paths, addresses, words and after a space', () => {
    for (const text of [
      '',
      'and/or',
      'https://example.org/a',
      '/etc/hosts',
      'carol@example',
      '/pass ',
      '@bob ',
      'utf-8',
      'xRT-1',
      '# ',
    ]) {
      assert.equal(wordAt(text), undefined, text);
    }
  });
});
