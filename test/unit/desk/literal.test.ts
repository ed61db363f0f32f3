import assert from 'node:assert/strict';
import fc from 'fast-check';
import { literal, wholeWords } from '../../../src/desk/literal.ts';

const signs = fc.string({ unit: fc.constantFrom(...Array.from('.*+?^${}()|[]\\/-a1 é😀')), minLength: 1 });

describe('literal', () => {
  it('fits the text itself and nothing else', () => {
    fc.assert(
      fc.property(signs, signs, fc.constantFrom('', 'u', 'iu'), (text, other, flags) => {
        const pattern = new RegExp(`^${literal(text)}$`, flags);
        assert.ok(pattern.test(text));
        assert.equal(pattern.test(other), other === text);
      }),
    );
  });
});

describe('whole words', () => {
  it('are found between signs, and not within words', () => {
    const pattern = new RegExp(wholeWords(['vpn', 'c++']), 'iu');
    assert.deepEqual(
      ['the VPN.', '(vpn)', 'C++ build', 'ovpn', 'vpns', 'été-vpn', 'évpn', 'c+'].filter((text) =>
        pattern.test(text),
      ),
      ['the VPN.', '(vpn)', 'C++ build', 'été-vpn'],
    );
  });
});
