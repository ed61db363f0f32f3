import { strict as assert } from 'node:assert';
import { rtKind } from '../../../src/backends/rt/kind.ts';

describe('RT: kind', () => {
  const account = { id: 'rt', backend: 'rt', label: 'RT' };

  it('knows keys in free text', () => {
    const keys = (text: string) => [...text.matchAll(rtKind.keyPattern(account))].map(([key]) => key);
    assert.deepEqual(keys('See RT-12, RT#345 and (RT-6).'), ['RT-12', 'RT#345', 'RT-6']);
    assert.deepEqual(keys('ART-12 RT-12a XRT#1 RT- RT12 pre-RT-7 RT-7-8'), []);
  });

  it('reads the owner out of a token, never the secret', () => {
    const { identify } = rtKind;
    assert.ok(identify);
    assert.equal(identify('1-27-0123456789abcdef'), '27');
    for (const none of ['', 'abc', '1-27', '1-27-', 'x-27-abc']) assert.equal(identify(none), undefined);
  });
});
