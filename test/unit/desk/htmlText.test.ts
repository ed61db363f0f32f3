import assert from 'node:assert/strict';
import { plainText } from '../../../src/desk/htmlText.ts';

const text = (html: string) => plainText({ format: 'html', text: html });

describe('a body as plain text', () => {
  it('is what a person would read aloud', () => {
    assert.equal(
      text('<h2>Hello</h2><p>first<br>second</p><ul><li>one<li>two</ul>'),
      'Hello\n\nfirst\nsecond\n\n * one\n * two',
    );
    assert.equal(plainText({ format: 'markdown', text: '**as it is**' }), '**as it is**');
  });

  it('has no scripts, styles or images in it', () => {
    assert.equal(
      text('<style>p{}</style><script>alert(1)</script>safe<img src="https://t.example/p.gif" alt="x">'),
      'safe',
    );
  });

  it('survives HTML that is nested without end', () => {
    assert.equal(typeof text('<div>'.repeat(20_000) + 'deep'), 'string');
  });
});
