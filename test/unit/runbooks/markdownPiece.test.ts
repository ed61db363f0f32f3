import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MarkdownOutline, outline } from '../../../src/runbooks/markdown.ts';
import { applyChange, changeBetween } from '../../../src/runbooks/textChange.ts';
import { KeyFinder } from '../../../src/runbooks/ticketKeys.ts';

const keys = new KeyFinder([{ accountId: 'desk', source: '(?<![\\w-])HD-\\d+(?![\\w-])' }]);

/** All that decides how a text is read on from a place. */
const lines = [
  '# Heading',
  '## Heading with `code` and [a link](x.md)',
  'Text on HD-1, and [a link](a.md "title").',
  'Underlined',
  '- an item',
  '',
  '',
  '---',
  '===',
  '',
  '',
  '```sh',
  '```',
  '``',
  '~~~',
  '- an item with HD-2',
  '  its rest',
  '1. one',
  '    indented [link](b.md)',
  '\tindented by a tab',
  '> quoted HD-3',
  '> ```',
  '<!-- a comment',
  'its end -->',
  '<!-- whole --> and HD-4',
  'A `span',
  'of code` HD-5',
  '[ref]: target.md',
  'title: a field',
  'x'.repeat(300),
  '[a](b.md',
  '"title")',
];
const text = fc
  .array(fc.constantFrom(...lines), { maxLength: 300, size: 'max' })
  .map((all) => all.join('\n'))
  .chain((body) => fc.constantFrom(body, `---\n${body}`, `---\ntitle: x\n---\n${body}`));
const change = fc.record({
  at: fc.nat(),
  /** Within some characters of a cut, where it matters most. */
  isNearCut: fc.boolean(),
  length: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(3000)),
  text: fc.oneof(
    fc.constantFrom('x', '#', '`', '\n', '\n\n', ' ', '-', '>', '<!--', '-->', '---\n'),
    fc.array(fc.constantFrom(...lines), { maxLength: 5 }).map((all) => all.join('\n')),
  ),
});

function read(made: MarkdownOutline) {
  const { masks, headings, definitions } = made.blocks;
  return { masks, headings, definitions, links: made.links, slugs: made.headings, keys: made.find(keys) };
}

describe('an outline that follows on another', () => {
  it('is what it would be if the text were read from its beginning', () => {
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 6 }), (begun, changes) => {
        let made = outline(begun);
        read(made);
        for (const { at, isNearCut, length, text: typed } of changes) {
          const { cuts } = made.blocks;
          const near = Math.max(0, (cuts[at % cuts.length] ?? 0) - 3 + (at % 13));
          const start = isNearCut ? Math.min(near, made.text.length) : at % (made.text.length + 1);
          const end = Math.min(made.text.length, start + length);
          const after = applyChange(made.text, { start, end, text: typed });
          made = new MarkdownOutline(after, made);
          assert.deepEqual(read(made), read(outline(after)), JSON.stringify(after));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads only what is around a change', () => {
    const paragraph = `${'Words on HD-7. '.repeat(40)}\n\n`;
    const before = outline(paragraph.repeat(200));
    const looked: number[] = [];
    const finder = {
      findIn: (_: MarkdownOutline, { start, end }: { start: number; end: number }) => {
        looked.push(end - start);
        return [];
      },
    };
    before.find(finder);
    const middle = before.text.length / 2;
    new MarkdownOutline(applyChange(before.text, { start: middle, end: middle, text: 'x' }), before);
    assert.equal(looked[0], before.text.length);
    assert.ok(looked.length === 2 && looked[1]! < 5_000, looked.join());
  });
});

describe('the change between two texts', () => {
  it('makes the one of the other, and is no longer than it has to be', () => {
    const long = fc.string({ maxLength: 3 }).map((unit) => unit.repeat(3_000));
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), long),
        fc.nat(),
        fc.nat(20),
        fc.string(),
        (before, at, length, typed) => {
          const start = at % (before.length + 1);
          const end = Math.min(before.length, start + length);
          const after = applyChange(before, { start, end, text: typed });
          const found = changeBetween(before, after);
          assert.equal(applyChange(before, found), after);
          assert.ok(found.text.length <= typed.length);
        },
      ),
    );
  });
});
