import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFields, isRunbook } from '../../../src/runbooks/fields.ts';
import { bodyStart, parseFrontMatter, valueOf, valuesOf } from '../../../src/runbooks/frontMatter.ts';
import { addTicket } from '../../../src/runbooks/frontMatterEdit.ts';
import { applyChange } from '../../../src/runbooks/textChange.ts';

/** What is wrong in `text`, as `code: the text underlined`. */
function problems(text: string): string[] {
  const frontMatter = parseFrontMatter(text);
  assert.ok(frontMatter);
  return [...frontMatter.problems, ...checkFields(frontMatter)].map(
    ({ code, range }) => `${code}: ${text.slice(range.start, range.end)}`,
  );
}

describe('front matter', () => {
  it('gives values as they are written, with their places', () => {
    const text =
      '---\nid: printer-queue\ntitle: "Printer: stuck"\ntags: [a, 1.0, 2026-03-01]\ntickets:\n  - RT-1\n  - "#88"\nowner:\n---\nText';
    const frontMatter = parseFrontMatter(text);
    assert.equal(valueOf(frontMatter, 'title'), 'Printer: stuck');
    assert.deepEqual(valuesOf(frontMatter, 'tags'), ['a', '1.0', '2026-03-01']);
    assert.deepEqual(valuesOf(frontMatter, 'tickets'), ['RT-1', '#88']);
    assert.equal(valueOf(frontMatter, 'owner'), undefined);
    const places = frontMatter?.fields.get('tickets')?.valueRanges ?? [];
    assert.deepEqual(
      places.map(({ start, end }) => text.slice(start, end)),
      ['RT-1', '"#88"'],
    );
    assert.equal(text.slice(bodyStart(text, frontMatter)), 'Text');
    assert.deepEqual(problems(text), []);
  });

  it('is not seen in a text that merely begins with a line', () => {
    for (const text of [
      '',
      'Text',
      '---\n',
      '---\nNote: this goes on',
      '---\nSome prose, and then.\n---\n',
      '# T\n---\na: b\n---\n',
    ]) {
      assert.equal(parseFrontMatter(text), undefined, text);
    }
    assert.ok(parseFrontMatter('---\r\na: b\r\n---\r\n'));
    assert.ok(parseFrontMatter('\ufeff---\n# a comment\na: b\n...\n'));
    assert.ok(parseFrontMatter('---\n---\n'));
  });

  it('says what is wrong, and where', () => {
    assert.deepEqual(problems('---\ntitle: a: b\n---\n'), ['malformed: a']);
    assert.deepEqual(problems('---\ntitle: "open\ntags: [x]\n---\n').length > 0, true);
    assert.deepEqual(problems('---\nid: a\nid: b\n---\n'), ['malformed: id']);
    assert.deepEqual(problems('---\n# nothing\n- a\n- b\n---\n'), ['malformed: # nothing']);
    assert.deepEqual(problems('---\ntype: runbok\ntickets: []\n---\n'), ['unknown-value: runbok']);
    assert.deepEqual(problems('---\ntested_at: 2026-02-30\n---\n'), ['bad-date: 2026-02-30']);
    assert.deepEqual(problems('---\ntitle: [a, b]\ntickets: []\n---\n'), ['wrong-type: [a, b]']);
    assert.deepEqual(problems('---\nsymptoms:\n  - Error: no disk\n---\n'), ['wrong-type: Error: no disk']);
    assert.deepEqual(problems(`---\na: ${'[ '.repeat(4000)}\n---\n`).length > 0, true);
    assert.deepEqual(problems(`---\na: ${'b'.repeat(30_000)}\n---\n`).length, 1);
  });

  it('reads any text without failing, and places problems inside it', () => {
    const yaml = fc.string({
      unit: fc.constantFrom(...'a : - [ ] { } " \' # & * ! | > % @ ` ,'.split(' '), ' ', '\n', '\t'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(yaml, (content) => {
        const text = `---\nid: x\n${content}\n---\nbody`;
        for (const { range } of parseFrontMatter(text)?.problems ?? []) {
          assert.ok(range.start >= 0 && range.start < range.end && range.end <= text.length);
          assert.doesNotMatch(text.slice(range.start, range.end), /\n./);
        }
      }),
    );
  });

  it('tells a runbook from a page of a web site', () => {
    assert.ok(isRunbook(parseFrontMatter('---\ntickets: []\n---\n')));
    assert.ok(isRunbook(parseFrontMatter('---\ntype: known-error\n---\n')));
    assert.ok(!isRunbook(parseFrontMatter('---\ntype: post\ntitle: x\ntags: [a]\nid: y\n---\n')));
    assert.ok(!isRunbook(undefined));
  });
});

describe('adding a ticket to the front matter', () => {
  const added = (text: string, key = 'RT-2') => {
    const change = addTicket(text, key);
    return change && applyChange(text, change);
  };

  it('changes as little as possible', () => {
    assert.equal(added('# Title\n'), '---\ntickets: [RT-2]\n---\n\n# Title\n');
    assert.equal(added('# Title\r\n'), '---\r\ntickets: [RT-2]\r\n---\r\n\r\n# Title\r\n');
    assert.equal(added('---\nid: x # keep\n---\n'), '---\nid: x # keep\ntickets: [RT-2]\n---\n');
    assert.equal(added('---\ntickets: [RT-1] # why\n---\n'), '---\ntickets: [RT-1, RT-2] # why\n---\n');
    assert.equal(added('---\ntickets: [ ]\n---\n'), '---\ntickets: [RT-2 ]\n---\n');
    assert.equal(added('---\ntickets:\nid: x\n---\n'), '---\ntickets: [RT-2]\nid: x\n---\n');
    assert.equal(added('---\ntickets: # none\n---\n'), '---\ntickets: [RT-2] # none\n---\n');
    assert.equal(added('---\ntickets: ~\n---\n'), '---\ntickets: [RT-2]\n---\n');
    assert.equal(added('---\ntickets: RT-1\n---\n'), '---\ntickets: [RT-1, RT-2]\n---\n');
    assert.equal(
      added('---\r\ntickets:\r\n  - RT-0\r\n  - RT-1 # last\r\nid: x\r\n---\r\n'),
      '---\r\ntickets:\r\n  - RT-0\r\n  - RT-1 # last\r\n  - RT-2\r\nid: x\r\n---\r\n',
    );
    assert.equal(added('---\ntickets:\n- "#1"\n---\n', '#88'), '---\ntickets:\n- "#1"\n- "#88"\n---\n');
    assert.equal(added('---\ntickets: [a]\n---\n', 'yes'), '---\ntickets: [a, "yes"]\n---\n');
  });

  it('leaves alone what says so already, and what it can not read', () => {
    assert.equal(added('---\ntickets: [RT-2]\n---\n'), undefined);
    assert.equal(added('---\ntickets: RT-2\n---\n'), undefined);
    assert.equal(added('---\ntickets: [RT-1\n---\n'), undefined);
    assert.equal(added('---\ntickets: {a: b}\n---\n'), undefined);
    assert.equal(added('---\nother: &t [RT-1]\ntickets: *t\n---\n'), undefined);
  });

  it('can be read back whatever the key is, with nothing else changed', () => {
    const texts = fc.constantFrom(
      'Text',
      '---\nid: x\n---\nText',
      '---\ntickets: [RT-1]\nid: x\n---\nText',
      '---\ntickets:\n  - RT-1\n\n  - "b"\nid: x\n---\nText',
      '---\ntickets: |\n  RT-1\nid: x\n---\nText',
    );
    fc.assert(
      fc.property(texts, fc.string({ minLength: 1 }), (text, key) => {
        const change = addTicket(text, key);
        if (change === undefined) return;
        const result = applyChange(text, change);
        const values = valuesOf(parseFrontMatter(result), 'tickets');
        assert.equal(values.at(-1), key);
        assert.equal(valueOf(parseFrontMatter(result), 'id'), valueOf(parseFrontMatter(text), 'id'));
        assert.ok(result.endsWith('Text'));
      }),
    );
  });
});
