import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { markdownOf } from '../../../src/backends/jira/toMarkdown.ts';
import { documents, lineOf, mention, sayable, unknownBlock, unsayable, wordsIn } from './documents.ts';

const paragraph = lineOf([...sayable, mention]).map((content) => ({ type: 'paragraph', content }));

describe('ADF', () => {
  it('to Markdown and back loses nothing, whatever people write', () => {
    fc.assert(
      fc.property(documents([...sayable, mention, unsayable], [unknownBlock]), (document) => {
        assert.deepEqual(adfOf(markdownOf(document)), document, markdownOf(document));
      }),
      { numRuns: 500 },
    );
  });

  it('what Markdown can not say comes back unchanged when the rest is edited', () => {
    fc.assert(
      fc.property(unknownBlock, paragraph, (strange, text) => {
        const before = markdownOf({ version: 1, type: 'doc', content: [text, strange] });
        const after = adfOf(`Something new.\n\n${before}\n\nAnd more.`);
        assert.deepEqual(after.content?.[2], strange);
        assert.deepEqual(after.content[1], text);
      }),
    );
  });

  it('what Markdown can not say can be read all the same', () => {
    fc.assert(
      fc.property(unknownBlock, (strange) => {
        const [, ...lines] = markdownOf({ version: 1, type: 'doc', content: [strange] }).split('\n');
        const shown = lines.slice(0, -1).join('\n');
        assert.ok(shown.length > 0);
        for (const word of wordsIn(strange)) assert.ok(shown.includes(word), `${word} in ${shown}`);
      }),
    );
  });

  it('values that there can not be are no reason to break off', () => {
    const date = { type: 'date', attrs: { timestamp: '1e17' } };
    const content = [
      { type: 'expand', content: [{ type: 'paragraph', content: [date] }] },
      { type: 'heading', attrs: { level: -1 }, content: [{ type: 'text', text: 'Low' }] },
      { type: 'heading', attrs: { level: 1e9 }, content: [{ type: 'text', text: 'High' }] },
    ];
    const shown = markdownOf({ version: 1, type: 'doc', content }).split('\n');
    assert.ok(shown.includes('(date)'));
    assert.deepEqual(shown.slice(-3), ['# Low', '', '###### High']);
  });

  it('what is written into it is not lost', () => {
    const strange = {
      type: 'expand',
      attrs: { title: 'More' },
      content: [{ type: 'paragraph', content: [] }],
    };
    const shown = markdownOf({ version: 1, type: 'doc', content: [strange] });
    const after = adfOf(shown.replace('More', 'More, and **this**'));
    assert.equal(markdownOf(after), 'More, and **this**');
  });
});
