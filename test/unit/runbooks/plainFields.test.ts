import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFrontMatter, valuesOf } from '../../../src/runbooks/frontMatter.ts';
import { plainFields } from '../../../src/runbooks/plainFields.ts';
import { TextIndex } from '../../../src/runbooks/textIndex.ts';

describe('plain fields of front matter', () => {
  it('are what the YAML library reads, or are left to it', () => {
    const value = fc.oneof(
      fc.constantFrom(
        '',
        'a',
        'a b',
        '"q: r"',
        "'s'",
        '[a, b]',
        '[]',
        '[a, "b c"]',
        '2026-01-02',
        'null',
        '~',
      ),
      fc.string({
        unit: fc.constantFrom('a', ' ', ':', '#', '-', '"', "'", '[', ']', ',', '{', '&', '\\', '|'),
      }),
    );
    const line = fc.oneof(
      fc.tuple(fc.constantFrom('id', 'tags', 'title'), value).map(([name, text]) => `${name}: ${text}`),
      value.map((text) => `  - ${text}`),
      fc.constantFrom('# comment', '', 'tags:', 'nonsense'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const yaml = lines.join('\n') + '\n';
        const plain = plainFields(yaml);
        const read = parseFrontMatter(`---\nfirst: x\n${yaml}---\n`);
        if (plain === undefined || read === undefined || read.problems.length > 0) return;
        for (const [name, values] of plain) assert.deepEqual(values, [...valuesOf(read, name)], yaml);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the index of texts', () => {
  it('finds what says the same, by parts of words and plurals too', () => {
    const index = new TextIndex();
    ['Printers jam on floor two', 'WinHTTP proxy is lost', 'VPN drops every hour'].forEach((title, number) =>
      index.put(number, { title, text: '' }),
    );
    const best = (title: string) => index.find({ title, text: '' }, 1)[0]?.number;
    assert.equal(best('printer jams'), 0);
    assert.equal(best('http proxy'), 1);
    index.put(2, { title: 'Mail is late', text: '' });
    assert.equal(best('VPN drops'), undefined);
    index.remove(0);
    assert.equal(best('printer'), undefined);
  });
});
