import MarkdownIt from 'markdown-it';
import { decoded } from '../content/decoded.ts';
import { panels, unpacked, type AdfNode } from './adf.ts';
import { unkept } from './kept.ts';

type Token = ReturnType<typeof markdown.parse>[number];
type Mark = NonNullable<AdfNode['marks']>[number];

const markdown = new MarkdownIt({ html: false, linkify: false });
const validateLink = markdown.validateLink.bind(markdown);
markdown.validateLink = (url) => /^(?:adf|mention):/.test(url) || validateLink(url);

const blocks: Record<string, string> = {
  paragraph: 'paragraph',
  bullet_list: 'bulletList',
  ordered_list: 'orderedList',
  list_item: 'listItem',
  blockquote: 'blockquote',
  table: 'table',
  tr: 'tableRow',
  th: 'tableHeader',
  td: 'tableCell',
};
const marks: Record<string, string> = { strong: 'strong', em: 'em', s: 'strike' };

/** Markdown as a document in Atlassian's format. */
export function adfOf(text: string): AdfNode {
  const content = blocksOf(markdown.parse(text, {}));
  return {
    version: 1,
    type: 'doc',
    content: content.length > 0 ? content : [{ type: 'paragraph', content: [] }],
  };
}

function blocksOf(tokens: readonly Token[]): AdfNode[] {
  const root: AdfNode = { type: 'root', content: [] };
  const stack: AdfNode[] = [root];
  const put = (node: AdfNode) => stack.at(-1)?.content?.push(node);
  for (const token of tokens) {
    const name = token.type.replace(/_(?:open|close)$/, '');
    if (token.type === 'inline') {
      stack.at(-1)?.content?.push(...inlineOf(token.children ?? []));
    } else if (token.type === 'fence' || token.type === 'code_block') {
      for (const node of codeOf(token)) put(node);
    } else if (token.type === 'hr') {
      put({ type: 'rule' });
    } else if (name === 'heading' || blocks[name] !== undefined) {
      if (token.nesting === 1) stack.push(opened(name, token));
      else {
        const node = stack.pop();
        if (node) put(closed(node));
      }
    }
  }
  return root.content ?? [];
}

function opened(name: string, token: Token): AdfNode {
  const level = Number(token.tag.slice(1));
  if (name === 'heading') return { type: 'heading', attrs: { level }, content: [] };
  const start = name === 'ordered_list' ? Number(token.attrGet('start') ?? 1) : 1;
  return { type: blocks[name] ?? name, ...(start !== 1 && { attrs: { order: start } }), content: [] };
}

/** Cells hold paragraphs, and a quotation that begins with a panel's name is that panel. */
function closed(node: AdfNode): AdfNode {
  const content = node.content ?? [];
  if (node.type === 'tableHeader' || node.type === 'tableCell') {
    return { ...node, content: [{ type: 'paragraph', content }] };
  }
  const first = content[0]?.content?.[0];
  const panel = /^\[!(\w+)\]$/.exec(first?.text ?? '')?.[1];
  const type = Object.entries(panels).find(([, name]) => name === panel)?.[0];
  if (node.type !== 'blockquote' || type === undefined) return node;
  const rest = content[0]?.content?.slice(2) ?? [];
  const inner = [...(rest.length > 0 ? [{ type: 'paragraph', content: rest }] : []), ...content.slice(1)];
  return { type: 'panel', attrs: { panelType: type }, content: inner };
}

function codeOf({ info, content }: Token): AdfNode[] {
  const kept = unkept(info, content);
  if (kept === 'changed') return adfOf(content).content ?? [];
  if (kept !== undefined) return [kept];
  const language = info.trim().split(/\s+/)[0] ?? '';
  const text = content.replace(/\n$/, '');
  const attrs = language !== '' && { attrs: { language } };
  return [{ type: 'codeBlock', ...attrs, content: text === '' ? [] : [{ type: 'text', text }] }];
}

function inlineOf(tokens: readonly Token[]): AdfNode[] {
  const nodes: AdfNode[] = [];
  let active: Mark[] = [];
  let special: AdfNode | undefined;
  for (const token of tokens) {
    const name = token.type.replace(/_(?:open|close)$/, '');
    if (name === 'link' && token.nesting === 1) {
      const href = String(token.attrGet('href') ?? '');
      special = specialOf(href);
      if (special === undefined) active = [...active, { type: 'link', attrs: { href } }];
    } else if (name === 'link') {
      if (special !== undefined) nodes.push(special);
      else active = active.filter(({ type }) => type !== 'link');
      special = undefined;
    } else if (marks[name] !== undefined) {
      const type = marks[name];
      active = token.nesting === 1 ? [...active, { type }] : active.filter((mark) => mark.type !== type);
    } else if (special === undefined) {
      nodes.push(...leafOf(token, active));
    } else if (special.type === 'mention') {
      special = { ...special, attrs: { ...special.attrs, text: token.content } };
    }
  }
  return joined(nodes);
}

function specialOf(href: string): AdfNode | undefined {
  const mention = /^mention:(.+)$/.exec(href)?.[1];
  if (mention !== undefined) return { type: 'mention', attrs: { id: decoded(mention) } };
  const kept = /^adf:([\w-]+)$/.exec(href)?.[1];
  return kept === undefined ? undefined : unpacked(kept);
}

function leafOf(token: Token, active: readonly Mark[]): AdfNode[] {
  const text = (value: string, more: readonly Mark[] = []): AdfNode[] => {
    const all = [...active, ...more];
    return value === '' ? [] : [{ type: 'text', text: value, ...(all.length > 0 && { marks: [...all] }) }];
  };
  switch (token.type) {
    case 'code_inline':
      // Jira allows nothing but a link beside code.
      return [
        {
          type: 'text',
          text: token.content,
          marks: [...active.filter(({ type }) => type === 'link'), { type: 'code' }],
        },
      ];
    case 'softbreak':
      return text('\n');
    case 'hardbreak':
      return [{ type: 'hardBreak' }];
    case 'image':
      return text(token.content || 'image', [{ type: 'link', attrs: { href: token.attrGet('src') ?? '' } }]);
    default:
      return text(token.content);
  }
}

/** Neighbours that look the same are one text, as Jira has them. */
function joined(nodes: readonly AdfNode[]): AdfNode[] {
  const result: AdfNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (last?.text !== undefined && node.text !== undefined && sameMarks(last, node)) last.text += node.text;
    else result.push({ ...node });
  }
  // A line break in the source is a break for people; the text itself has none.
  return result.flatMap((node) => {
    if (node.text?.includes('\n') !== true) return [node];
    const lines = node.text.split('\n');
    return lines.flatMap((text, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(text === '' ? [] : [{ ...node, text }]),
    ]);
  });
}

function sameMarks(a: AdfNode, b: AdfNode): boolean {
  return JSON.stringify(a.marks ?? []) === JSON.stringify(b.marks ?? []);
}
