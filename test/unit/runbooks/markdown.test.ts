import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import markdownIt from 'markdown-it';
import { describeDocument } from '../../../src/runbooks/document.ts';
import { outline } from '../../../src/runbooks/markdown.ts';
import { KeyFinder } from '../../../src/runbooks/ticketKeys.ts';

/** Headings and link targets as a full CommonMark parser sees them. */
function parsed(text: string): { headings: string[]; links: string[] } {
  const headings: string[] = [];
  const links: string[] = [];
  const tokens = markdownIt({ html: true }).parse(text, {});
  tokens.forEach((token, at) => {
    if (token.type === 'heading_open') headings.push(`${token.tag} ${tokens[at + 1]?.content ?? ''}`);
    for (const child of token.children ?? []) {
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (target !== null && child.info !== 'auto') links.push(decodeURI(String(target)));
    }
  });
  return { headings, links };
}

const tricky = `# One

Text with [a link](a.md), [one in brackets](<b c.md> "title") and ![image](img/x.png 'x').
An [outer [inner] link](d(1).md) and \`[no](link.md)\` and \`\`code \` [no](link2.md)\`\`.

\`\`\`md
# Not a heading
[no](link3.md)
\`\`\`

~~~
\`\`\`
# Still not
~~~

Two
===

Three with *emphasis*
---

- item
  # A heading of the list
    continued [yes](e.md)

    [yes, in a list](f.md)

Text

    # indented code
    [no](link4.md)

<!-- # Commented
[no](link5.md) -->

## Four ##
#no heading
#
> quoted [yes](g.md)

\\\`not code [yes](h.md)\\\`
`;

describe('Markdown outline', () => {
  it('sees what a full parser sees', () => {
    const expected = parsed(tricky);
    const { headings, links } = outline(tricky);
    assert.deepEqual(
      links.map(({ target }) => target),
      expected.links,
    );
    assert.deepEqual(
      headings.map(({ level, text }) => `h${level} ${text}`),
      expected.headings.map((heading) => heading.replaceAll('*', '')),
    );
  });

  it('sees what a full parser sees in documents of others', () => {
    for (const name of [
      'markdown-it',
      'yaml',
      'fast-check',
      'luxon',
      'csv-parse',
      'mocha',
      'esbuild',
      'valibot',
    ]) {
      const text = readFileSync(`node_modules/${name}/README.md`, 'utf8');
      const expected = parsed(text);
      const { headings, links } = outline(text);
      assert.equal(headings.length, expected.headings.length, name);
      const seen = links.map(({ target }) => decodeURI(target));
      for (const target of expected.links) assert.ok(seen.includes(target), `${name}: ${target}`);
    }
  });

  it('gives places that hold what was found', () => {
    const { headings, links, prose } = outline(tricky);
    for (const { target, range } of links) assert.equal(tricky.slice(range.start, range.end), target);
    for (const { text, range } of headings)
      assert.ok(tricky.slice(range.start, range.end).includes(text.slice(0, 4)));
    assert.equal(prose.length, tricky.length);
    assert.doesNotMatch(prose, /Not a heading|indented|Commented|link\d/);
  });

  it('numbers fragments that repeat, and takes marks off headings', () => {
    const { headings } = outline('# Steps\n## Steps\n### The `net use` [command](x.md)\n');
    assert.deepEqual(
      headings.map(({ slug }) => slug),
      ['steps', 'steps-1', 'the-net-use-command'],
    );
  });

  it('ends on hostile text', function () {
    this.timeout(60_000); // Takes a second; what is not linear would take hours.
    for (const text of [
      '`'.repeat(100_000),
      '`a'.repeat(50_000),
      '[a]('.repeat(50_000),
      '# '.repeat(50_000),
      '<!--'.repeat(50_000),
      ' '.repeat(200_000),
      '](<'.repeat(50_000),
      '](((((('.repeat(20_000),
      '` ``'.repeat(20_000),
      'a\n---'.repeat(20_000),
    ]) {
      assert.equal(outline(text).prose.length, text.length);
    }
  });
});

describe('describing a document', () => {
  it('takes the title from the front matter, the first heading or the name', () => {
    assert.deepEqual(describeDocument('---\nid: x\ntitle: T\ntickets: [RT-1]\n---\n# H\n', '/a/b.md'), {
      id: 'x',
      title: 'T',
      tickets: ['RT-1'],
    });
    assert.deepEqual(describeDocument('Text\n\n# H\n', '/a/b.md'), { title: 'H', tickets: [] });
    assert.deepEqual(describeDocument('Text', '/a/b.c.md'), { title: 'b.c', tickets: [] });
    assert.deepEqual(describeDocument('---\ntitle: " "\nid:\n---\n', 'b.MD'), { title: 'b', tickets: [] });
  });
});

describe('ticket keys in text', () => {
  const finder = new KeyFinder([
    { accountId: 'rt', source: '(?<![\\w-])RT-\\d+(?![\\w-])' },
    { accountId: 'rt2', source: '(?<![\\w-])RT-\\d+(?![\\w-])' },
    { accountId: 'desk', source: '(?<![\\w-])DESK-\\d+(?![\\w-])' },
    { accountId: 'broken', source: '(' },
  ]);
  const found = (text: string) =>
    finder.find(text).map(({ key, accountIds }) => `${key} ${accountIds.join('+')}`);

  it('are whole words of an account', () => {
    assert.deepEqual(found('See RT-12, (DESK-3). Not utf-8, RT-x, XRT-12, RT-12a.'), [
      'RT-12 rt+rt2',
      'DESK-3 desk',
    ]);
  });

  it('are not part of addresses', () => {
    assert.deepEqual(
      found('https://rt.example.com/RT-1 RT-2@example.com [DESK-4](RT-3.md)\n\n[x]: RT-5.md\n'),
      ['DESK-4 desk'],
    );
  });

  it('are found at the cursor', () => {
    assert.equal(finder.at('See RT-12.', 4)?.key, 'RT-12');
    assert.equal(finder.at('See RT-12.', 9)?.key, 'RT-12');
    assert.equal(finder.at('See RT-12.', 3), undefined);
  });
});
