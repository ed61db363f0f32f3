import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AdfNode } from '../../../src/backends/jira/adf.ts';
import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { documentOf } from '../../../src/backends/jira/fromWiki.ts';
import { markdownOf } from '../../../src/backends/jira/toMarkdown.ts';
import { wikiOf } from '../../../src/backends/jira/toWiki.ts';
import { documents, lineOf, sayable } from './documents.ts';

const mention = fc
  .tuple(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.option(fc.stringMatching(/^@?[A-Za-zäß %{}|]{1,12}$/), { nil: undefined }),
  )
  .map(([id, words]): AdfNode => ({ type: 'mention', attrs: { id, text: words ?? `@${id}` } }));

/** What Jira keeps that Markdown has no word for. */
const strangeBlock = fc.constantFrom(
  '{panel:title=Server|bgColor=#eee}\nIt is *down*.\n{panel}',
  '{code:title=run.sh|borderStyle=solid}\nls -l\n{code}',
  '|a|b|\n|c|d|',
  '||Name|Value|\n||Port|80|',
);
const strangeInline = fc.constantFrom(
  '{color:red}late{color}',
  '!screen.png|thumbnail!',
  '[^log.txt]',
  '+new+',
  '??who??',
  '{anchor:top}',
);
const paragraph = lineOf([mention]).map((content): AdfNode => ({ type: 'paragraph', content }));

describe('wiki markup', () => {
  it('from Markdown and back loses nothing that Markdown can say', () => {
    fc.assert(
      fc.property(documents([...sayable, mention]), (document) => {
        const wiki = wikiOf(document);
        assert.deepEqual(documentOf(wiki), document, wiki);
        assert.equal(markdownOf(documentOf(wiki)), markdownOf(document));
      }),
      { numRuns: 1_000 },
    );
  });

  it('an anchor that is no name of anybody is no reason to break off', () => {
    assert.equal(markdownOf(documentOf('[~bob]{anchor:%E4} hi')), '[%E4](mention:bob) hi');
    assert.equal(wikiOf(adfOf('[Bob](mention:%E4)')), '[~%E4]{anchor:Bob}');
  });

  it('a block that Markdown can not say is shown, and comes back unchanged when the rest is edited', () => {
    fc.assert(
      fc.property(strangeBlock, paragraph, (strange, text) => {
        const before = markdownOf(documentOf(`${strange}\n\n${wikiOf({ type: 'doc', content: [text] })}`));
        const after = wikiOf(adfOf(`Something new.\n\n${before}\n\nAnd more.`));
        assert.ok(before.includes(strange), before);
        assert.equal(after.split('\n\n')[1], strange);
      }),
    );
  });

  it('a word that Markdown can not say is shown, and comes back unchanged when the rest is edited', () => {
    fc.assert(
      fc.property(strangeInline, (strange) => {
        const before = markdownOf(documentOf(`It was ${strange} then.`));
        assert.equal(wikiOf(adfOf(`New words. ${before}`)), `New words. It was ${strange} then.`);
      }),
    );
  });

  it('reads what people write', () => {
    const wiki = [
      'h2. Printer *down*',
      'Seen by [~bob], see [the log|https://example.test/log] and {{lpq -a}}.',
      'It is -gone- back.',
      '',
      '* one',
      '** two_a_b',
      '# first',
      '',
      '||Name||Value||',
      '|Queue|a [b|https://example.test/c]|',
      '',
      '{quote}',
      'Please help!',
      '{quote}',
      '{code:sh}',
      'ls | wc {x}',
      '{code}',
      'C:\\Users\\bob',
    ].join('\n');
    assert.equal(
      markdownOf(documentOf(wiki)),
      [
        '## Printer **down**',
        'Seen by [@bob](mention:bob), see [the log](https://example.test/log) and `lpq -a`.\\\nIt is ~~gone~~ back.',
        '- one\n\n  - two\\_a\\_b',
        '1. first',
        '| Name | Value |\n| --- | --- |\n| Queue | a [b](https://example.test/c) |',
        '> Please help\\!',
        '```sh\nls | wc {x}\n```',
        'C:\\\\Users\\\\bob',
      ].join('\n\n'),
    );
  });
});
