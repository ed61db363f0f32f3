import assert from 'node:assert/strict';
import type { AdfNode } from '../../../src/backends/jira/adf.ts';
import { markdownOf } from '../../../src/backends/jira/toMarkdown.ts';

describe('ADF as Jira writes it', () => {
  it('marks around spaces are marks, and no asterisks', () => {
    const paragraph = (...content: AdfNode[]) => ({ type: 'paragraph', content });
    const text = (said: string, ...types: string[]): AdfNode => ({
      type: 'text',
      text: said,
      ...(types.length > 0 && { marks: types.map((type) => ({ type })) }),
    });
    for (const [content, markdown] of [
      [[text('Note: ', 'strong'), text('check it')], '**Note:** check it'],
      [[text('Please'), text(' now ', 'em'), text('do')], 'Please *now* do'],
      [[text('all ', 'strong'), text('of it ', 'strong', 'em'), text('now')], '**all *of it*** now'],
      [[text('one'), text(' ', 'strong'), text('two')], 'one two'],
      [[text('ends ', 'strike')], '~~ends~~ '],
    ] as const) {
      assert.equal(markdownOf({ version: 1, type: 'doc', content: [paragraph(...content)] }), markdown);
    }
  });

  it('what Jira numbers its blocks by is nothing that people need', () => {
    const content = [
      {
        type: 'paragraph',
        attrs: { localId: 'a1' },
        content: [{ type: 'text', text: 'Hello.' }],
      },
      { type: 'heading', attrs: { level: 2, localId: 'a2' }, content: [{ type: 'text', text: 'More' }] },
    ];
    assert.equal(markdownOf({ version: 1, type: 'doc', content }), 'Hello.\n\n## More');
  });

  it('a table as its editor makes it is a table', () => {
    const cell = (type: string, said: string): AdfNode => ({
      type,
      attrs: { colspan: 1, rowspan: 1 },
      content: [{ type: 'paragraph', attrs: { localId: said }, content: [{ type: 'text', text: said }] }],
    });
    const row = (type: string, ...said: string[]): AdfNode => ({
      type: 'tableRow',
      content: said.map((one) => cell(type, one)),
    });
    const table: AdfNode = {
      type: 'table',
      attrs: { isNumberColumnEnabled: false, layout: 'default', localId: 't' },
      content: [row('tableHeader', 'Name', 'Port'), row('tableCell', 'web', '80')],
    };
    const shown = markdownOf({ version: 1, type: 'doc', content: [table] });
    assert.equal(shown, '| Name | Port |\n| --- | --- |\n| web | 80 |');
  });
});
