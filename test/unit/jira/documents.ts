import fc from 'fast-check';
import type { AdfNode } from '../../../src/backends/jira/adf.ts';

/** Generated documents in Atlassian's format, as people write them. */

const word = fc.stringMatching(/^[A-Za-z0-9äß日*_`[\]<>~|!&#+.:\\-]{1,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const plain = words.map((text): AdfNode => ({ type: 'text', text }));
const marked = fc
  .tuple(fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6})?$/), fc.constantFrom('strong', 'em', 'strike', 'code'))
  .map(([text, type]): AdfNode => ({ type: 'text', text, marks: [{ type }] }));
const link = fc
  .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9/?=&-]{1,12}$/))
  .map(([text, path]): AdfNode => ({
    type: 'text',
    text,
    marks: [{ type: 'link', attrs: { href: `https://example.test/${path}` } }],
  }));
export const mention = fc.uuid().map((id): AdfNode => ({ type: 'mention', attrs: { id, text: '@Carol' } }));
export const unsayable = fc.constantFrom<AdfNode>(
  { type: 'emoji', attrs: { shortName: ':smile:', id: '1f604', text: '😄' } },
  { type: 'status', attrs: { text: 'In review', color: 'blue', localId: 'a' } },
  { type: 'text', text: 'red', marks: [{ type: 'textColor', attrs: { color: '#ff0000' } }] },
  { type: 'inlineCard', attrs: { url: 'https://example.test/card' } },
);
const space: AdfNode = { type: 'text', text: ' ' };
/** A line of words and of these. */
export function lineOf(inlines: fc.Arbitrary<AdfNode>[]): fc.Arbitrary<AdfNode[]> {
  return fc
    .array(fc.oneof(...inlines), { maxLength: 3 })
    .chain((specials) =>
      plain.map((text): AdfNode[] => [text, ...specials.flatMap((one) => [{ ...space, text: ' x ' }, one])]),
    )
    .map(merged);
}

export const sayable = [marked, link];
const texts = (line: AdfNode[]): AdfNode => ({ type: 'paragraph', content: line });
const inner = fc.array(lineOf([marked, link, mention]).map(texts), { minLength: 1, maxLength: 3 });
/** Blocks that Markdown has no word for, those that Jira has and those that it may have one day. */
export const unknownBlock = fc.oneof(
  fc.constantFrom<AdfNode>({
    type: 'mediaSingle',
    attrs: { layout: 'center' },
    content: [{ type: 'media', attrs: { id: 'x', type: 'file', collection: 'c' } }],
  }),
  fc.tuple(plain, fc.constantFrom('TODO', 'DONE')).map(([text, state]): AdfNode => ({
    type: 'taskList',
    attrs: { localId: 't' },
    content: [{ type: 'taskItem', attrs: { localId: 'i', state }, content: [text] }],
  })),
  fc.tuple(words, inner).map(([title, content]): AdfNode => ({ type: 'expand', attrs: { title }, content })),
  inner.map((content): AdfNode => ({
    type: 'layoutSection',
    content: [{ type: 'layoutColumn', attrs: { width: 50 }, content }],
  })),
  inner.map((content): AdfNode => ({
    type: 'table',
    attrs: { layout: 'wide' },
    content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 2 }, content }] }],
  })),
  fc
    .tuple(
      fc.stringMatching(/^[a-z]{3,8}Thing$/),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}Is$/), words, { noNullPrototype: true }),
      inner,
    )
    .map(([type, attrs, content]): AdfNode => ({ type, attrs, content })),
);

/** Every word that people read in it. */
export function wordsIn({ text, attrs, content = [] }: AdfNode): string[] {
  const own = [text, attrs?.title].flatMap((one) => (typeof one === 'string' ? one.split(' ') : []));
  return [...own.filter((one) => one !== ''), ...content.flatMap(wordsIn)];
}

/** Documents of which the lines have these in them, and the blocks `more` besides the usual ones. */
export function documents(
  inlines: fc.Arbitrary<AdfNode>[],
  more: fc.Arbitrary<AdfNode>[] = [],
): fc.Arbitrary<AdfNode> {
  const line = lineOf(inlines);
  const paragraph = line.map((content): AdfNode => ({ type: 'paragraph', content }));
  const codeBlock = fc
    .tuple(fc.constantFrom('', 'sh', 'json'), fc.stringMatching(/^[a-z`~ #\n]{0,20}$/))
    .map(([language, text]): AdfNode => ({
      type: 'codeBlock',
      ...(language !== '' && { attrs: { language } }),
      content: text === '' ? [] : [{ type: 'text', text }],
    }));
  const heading = fc
    .tuple(fc.integer({ min: 1, max: 6 }), line)
    .map(([level, content]): AdfNode => ({ type: 'heading', attrs: { level }, content }));
  const item = fc
    .tuple(paragraph, fc.option(codeBlock, { nil: undefined }))
    .map(([first, second]): AdfNode => ({ type: 'listItem', content: second ? [first, second] : [first] }));
  const list = fc
    .tuple(fc.constantFrom('bulletList', 'orderedList'), fc.array(item, { minLength: 1, maxLength: 3 }))
    .map(([type, content]): AdfNode => ({ type, content }));
  const panel = fc
    .tuple(fc.constantFrom('info', 'note', 'warning', 'error', 'success'), paragraph)
    .map(([panelType, inner]): AdfNode => ({ type: 'panel', attrs: { panelType }, content: [inner] }));
  const cell = (type: string) => paragraph.map((inner): AdfNode => ({ type, content: [inner] }));
  const table = fc.integer({ min: 1, max: 3 }).chain((width) =>
    fc
      .tuple(
        fc.array(cell('tableHeader'), { minLength: width, maxLength: width }),
        fc.array(fc.array(cell('tableCell'), { minLength: width, maxLength: width }), { maxLength: 2 }),
      )
      .map(([head, rows]): AdfNode => ({
        type: 'table',
        content: [head, ...rows].map((content) => ({ type: 'tableRow', content })),
      })),
  );
  const quote = paragraph.map((inner): AdfNode => ({ type: 'blockquote', content: [inner] }));
  const blocks = fc.array(fc.oneof(paragraph, heading, codeBlock, list, panel, table, quote, ...more), {
    minLength: 1,
    maxLength: 5,
  });
  return blocks.map((content): AdfNode => ({ version: 1, type: 'doc', content: apart(content) }));
}

/** Two lists of a kind in a row are one in Markdown. */
function apart(content: AdfNode[]): AdfNode[] {
  return content.filter(
    (node, index) => node.type !== content[index - 1]?.type || !/List|blockquote|panel/.test(node.type),
  );
}

function merged(nodes: AdfNode[]): AdfNode[] {
  return nodes.reduce<AdfNode[]>((all, node) => {
    const last = all.at(-1);
    if (last?.type === 'text' && node.type === 'text' && !last.marks && !node.marks) {
      return [...all.slice(0, -1), { ...last, text: `${last.text ?? ''}${node.text ?? ''}` }];
    }
    return [...all, node];
  }, []);
}
