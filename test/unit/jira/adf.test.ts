import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { markdownOf } from '../../../src/backends/jira/toMarkdown.ts';
import { documents, lineOf, mention, sayable, unknownBlock, unsayable } from './documents.ts';

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
});
