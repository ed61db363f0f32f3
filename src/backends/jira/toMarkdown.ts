import { packed, panels, type AdfNode } from './adf.ts';
import { kept } from './kept.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

const wraps: Record<string, string> = { strong: '**', em: '*', strike: '~~' };
const sayable = new Set(['strong', 'em', 'strike', 'code', 'link']);

/** A document in Atlassian's format as Markdown. What Markdown can't say is kept, so that it can be put back. */
export function markdownOf(document: AdfNode): string {
  return blocksOf(document.content ?? []);
}

function blocksOf(nodes: readonly AdfNode[]): string {
  return nodes.map(block).join('\n\n');
}

function block(node: AdfNode): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'paragraph':
      return only(node, []) ? inline(content) : kept(node);
    case 'heading':
      return only(node, ['level']) ? `${'#'.repeat(levelOf(node))} ${heading(inline(content))}` : kept(node);
    case 'bulletList':
      return content.map((item) => listItem(item, '- ')).join('\n');
    case 'orderedList': {
      const start = Number(node.attrs?.order ?? 1);
      return content.map((item, index) => listItem(item, `${start + index}. `)).join('\n');
    }
    case 'blockquote':
      return quoted(blocksOf(content));
    case 'panel': {
      const name = panels[String(node.attrs?.panelType)];
      return name !== undefined && only(node, ['panelType'])
        ? quoted(`[!${name}]\n${blocksOf(content)}`)
        : kept(node);
    }
    case 'codeBlock': {
      if (!only(node, ['language'])) return kept(node);
      const text = content.map(({ text: part }) => part ?? '').join('');
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      return `${fence}${typeof node.attrs?.language === 'string' ? node.attrs.language : ''}\n${text}\n${fence}`;
    }
    case 'rule':
      return '---';
    case 'table':
      return table(node) ?? kept(node);
    default:
      return kept(node);
  }
}

/** Markdown has six. */
function levelOf({ attrs }: AdfNode): number {
  return Math.min(6, Math.max(1, Math.trunc(Number(attrs?.level)) || 1));
}

/** One line; hashes at its end would be taken for decoration. */
function heading(text: string): string {
  return text.replace(/\\\n/g, ' ').replace(/(^|\s)(#+\s*)$/, '$1\\$2');
}

function listItem(item: AdfNode, mark: string): string {
  const text = (item.content ?? []).map(block).join('\n\n');
  return mark + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`);
}

/** Only a table with one row of headings at its top, and one paragraph a cell, is one that Markdown knows. */
function table(node: AdfNode): string | undefined {
  const rows = (node.content ?? []).map((row) => row.content ?? []);
  const [head = [], ...rest] = rows;
  const plain = rows.every((cells, index) =>
    cells.every(
      (cell) =>
        cell.type === (index === 0 ? 'tableHeader' : 'tableCell') &&
        only(cell, []) &&
        (cell.content ?? []).length === 1 &&
        cell.content?.[0]?.type === 'paragraph' &&
        !(cell.content[0].content ?? []).some(({ type }) => type === 'hardBreak'),
    ),
  );
  if (!plain || head.length === 0 || !only(node, []) || rest.some((cells) => cells.length !== head.length))
    return undefined;
  const line = (cells: readonly AdfNode[]) =>
    `| ${cells.map((cell) => inline(cell.content?.[0]?.content ?? []).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rest.map(line)].join('\n');
}

function inline(nodes: readonly AdfNode[]): string {
  let open: Mark[] = [];
  let text = '';
  const close = (until: number) => {
    for (const mark of open.slice(until).reverse()) text += ending(mark);
    open = open.slice(0, until);
  };
  for (const node of nodes.flatMap(apart)) {
    const marks = (node.marks ?? []).filter(({ type }) => type !== 'code');
    if (node.type !== 'text' || marks.some(({ type }) => !sayable.has(type))) {
      close(0);
      text += leaf(node);
      continue;
    }
    let common = 0;
    while (common < open.length && JSON.stringify(open[common]) === JSON.stringify(marks[common]))
      common += 1;
    close(common);
    for (const mark of marks.slice(common)) {
      text += mark.type === 'link' ? '[' : (wraps[mark.type] ?? '');
      open.push(mark);
    }
    const isCode = node.marks?.some(({ type }) => type === 'code') ?? false;
    text += isCode ? code(node.text ?? '') : escaped(node.text ?? '', text === '' || text.endsWith('\n'));
  }
  close(0);
  return text;
}

/** Spaces at the edge of what is marked, on their own: beside them Markdown takes a mark for asterisks. */
function apart(node: AdfNode, index: number, nodes: readonly AdfNode[]): AdfNode[] {
  const { type, text = '', marks = [] } = node;
  if (type !== 'text' || marks.some((mark) => mark.type === 'code' || !sayable.has(mark.type))) return [node];
  const shared = (...others: (AdfNode | undefined)[]) =>
    marks.filter((mark) =>
      others.every((one) => one?.marks?.some((other) => JSON.stringify(other) === JSON.stringify(mark))),
    );
  const said = text.trim();
  const from = text.length - text.trimStart().length;
  const [last, next] = [nodes[index - 1], nodes[index + 1]];
  const parts: [string, Mark[]][] =
    said === ''
      ? [[text, shared(last, next)]]
      : [
          [text.slice(0, from), shared(last)],
          [said, marks],
          [text.slice(from + said.length), shared(next)],
        ];
  return parts.flatMap(([part, own]) => (part === '' ? [] : [{ type, text: part, marks: own }]));
}

function ending(mark: Mark): string {
  if (mark.type !== 'link') return wraps[mark.type] ?? '';
  const href = typeof mark.attrs?.href === 'string' ? mark.attrs.href : '';
  return /[\s()<>]/.test(href)
    ? `](<${href.replace(/[<>\n]/g, (one) => encodeURIComponent(one))}>)`
    : `](${href})`;
}

function leaf(node: AdfNode): string {
  const attrs = node.attrs ?? {};
  if (node.type === 'hardBreak') return '\\\n';
  if (node.type === 'mention' && only(node, ['id', 'text'])) {
    return `[${escaped(typeof attrs.text === 'string' ? attrs.text : '@', false)}](mention:${encodeURIComponent(String(attrs.id))})`;
  }
  const shown = [node.text, attrs.text, attrs.shortName, attrs.url, attrs.title].find(
    (one) => typeof one === 'string',
  );
  return `[${escaped(shown ?? node.type, false)}](adf:${packed(node)})`;
}

/** What Jira puts at a node though nobody chose it. */
const usual: Record<string, unknown> = {
  isNumberColumnEnabled: false,
  layout: 'default',
  colspan: 1,
  rowspan: 1,
  accessLevel: '',
};

/** Has it no attributes but these, and those that say nothing to people? */
function only({ attrs = {}, marks = [] }: AdfNode, names: readonly string[]): boolean {
  const saysNothing = ([name, value]: [string, unknown]) => name === 'localId' || usual[name] === value;
  return (
    marks.length === 0 && Object.entries(attrs).every((one) => names.includes(one[0]) || saysNothing(one))
  );
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const space = /^`|`$|^ .* $/s.test(text) ? ' ' : '';
  return fence + space + text + space + fence;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text that Markdown would take for a command; at the beginning of a line there is more of that. */
function escaped(text: string, atLineStart: boolean): string {
  const inner = text.replace(/[\\`*_[\]<>~|!&]/g, '\\$&');
  return atLineStart ? inner.replace(/^(\s*)([#+\-=:]|\d{1,9}[.)])/, escapeStart) : inner;
}

function escapeStart(_: string, space: string, mark: string): string {
  return /\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`;
}
