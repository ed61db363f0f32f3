import type { AdfNode } from './adf.ts';
import { markdownOf } from './toMarkdown.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

const wraps: Record<string, string> = { strong: '*', em: '_', strike: '-' };
const sayable = new Set(['strong', 'em', 'strike', 'code', 'link']);
/** The titles of panels by their type in a document. */
export const panelTitles: Record<string, string> = {
  info: 'Info',
  note: 'Note',
  success: 'Tip',
  warning: 'Warning',
  error: 'Caution',
};
/** The title of a block that wiki markup has no words for: it is Markdown, for people to read as it is. */
export const asMarkdown = 'Markdown';
const url = /(https?:\/\/[^\s|[\]{}\\*_]+)/;

/** A document as wiki markup, as Jira Data Center takes it. */
export function wikiOf(document: AdfNode): string {
  return blocksOf(document.content ?? [], new Set());
}

function blocksOf(nodes: readonly AdfNode[], inside: ReadonlySet<string>): string {
  return nodes.map((node) => block(node, inside) ?? unsaid(node)).join('\n\n');
}

function unsaid(node: AdfNode): string {
  return `{noformat:title=${asMarkdown}}\n${literal(markdownOf({ type: 'doc', content: [node] }))}\n{noformat}`;
}

function block(node: AdfNode, inside: ReadonlySet<string>): string | undefined {
  const content = node.content ?? [];
  switch (node.type) {
    case 'paragraph':
      return inline(content);
    case 'heading': {
      const text = inline(content, false);
      return text?.includes('\n') === false ? `h${Number(node.attrs?.level ?? 1)}. ${text}` : undefined;
    }
    case 'bulletList':
    case 'orderedList':
      return list(node, '')?.join('\n');
    case 'blockquote':
      return inside.has('quote')
        ? undefined
        : `{quote}\n${blocksOf(content, new Set([...inside, 'quote']))}\n{quote}`;
    case 'panel': {
      const title = panelTitles[String(node.attrs?.panelType)];
      if (title === undefined || inside.has('panel')) return undefined;
      return `{panel:title=${title}}\n${blocksOf(content, new Set([...inside, 'panel']))}\n{panel}`;
    }
    case 'codeBlock':
      return codeBlock(node);
    case 'rule':
      return '----';
    case 'table':
      return table(content);
    default:
      return undefined;
  }
}

/** A block in the language `wiki` is what we could not read: it goes back as it came. */
function codeBlock({ attrs, content = [] }: AdfNode): string | undefined {
  const text = content.map(({ text: part }) => part ?? '').join('');
  const language = typeof attrs?.language === 'string' ? attrs.language : '';
  if (language === 'wiki') return text;
  if (!/^[\w+#-]*$/.test(language)) return undefined;
  return `{code${language === '' ? '' : `:${language}`}}\n${literal(text)}\n{code}`;
}

/** Nothing can be escaped within code, so that what would end it gets a tilde. */
function literal(text: string): string {
  return text.replace(/\{(~*(?:code|noformat))/g, '{~$1');
}

/** One line an item; items of more than a line and further lists are beyond wiki markup. */
function list(node: AdfNode, before: string): string[] | undefined {
  if (node.attrs?.order !== undefined) return undefined;
  const mark = before + (node.type === 'orderedList' ? '#' : '*');
  const lines: string[] = [];
  let last: string | undefined;
  for (const item of node.content ?? []) {
    const [first, ...rest] = item.content ?? [];
    const text = first?.type === 'paragraph' ? inline(first.content ?? [], false) : undefined;
    if (text === undefined || text === '' || text.includes('\n')) return undefined;
    lines.push(`${mark} ${text}`);
    last = undefined;
    for (const inner of rest) {
      const deeper = /List$/.test(inner.type) && inner.type !== last ? list(inner, mark) : undefined;
      if (deeper === undefined) return undefined;
      last = inner.type;
      lines.push(...deeper);
    }
  }
  return lines;
}

function table(rows: readonly AdfNode[]): string | undefined {
  const lines: string[] = [];
  for (const { content: cells = [] } of rows) {
    const bar = cells[0]?.type === 'tableHeader' ? '||' : '|';
    const texts: string[] = [];
    for (const { content = [] } of cells) {
      const text = content.length === 1 ? inline(content[0]?.content ?? [], false) : undefined;
      if (text === undefined || text.includes('\n')) return undefined;
      texts.push(text === '' ? ' ' : text);
    }
    lines.push(`${bar}${texts.join(bar)}${bar}`);
  }
  return lines.join('\n');
}

/** Nothing where there is something that wiki markup has no words for. */
function inline(nodes: readonly AdfNode[], startsLine = true): string | undefined {
  let open: Mark[] = [];
  let text = '';
  /** Between words a sign stands alone; within one it needs braces. */
  const put = (sign: string, neighbour: string) => {
    text += /[\p{L}\p{N}]/u.test(neighbour) ? `{${sign}}` : sign;
  };
  for (const [index, node] of nodes.entries()) {
    const marks = node.type === 'text' ? (node.marks ?? []).filter(({ type }) => type !== 'code') : [];
    if (marks.some(({ type }) => !sayable.has(type))) return undefined;
    let common = 0;
    while (common < open.length && JSON.stringify(open[common]) === JSON.stringify(marks[common]))
      common += 1;
    for (const mark of open.slice(common).reverse()) {
      if (mark.type === 'link') text += `|${target(mark)}]`;
      else put(wraps[mark.type] ?? '', (node.text ?? '').slice(0, 1));
    }
    open = marks;
    for (const mark of marks.slice(common)) {
      if (mark.type === 'link') text += '[';
      else put(wraps[mark.type] ?? '', text.slice(-1));
    }
    const isCode = node.marks?.some(({ type }) => type === 'code') ?? false;
    const said = leaf(node, { text, isCode, startsLine, next: nodes[index + 1]?.text ?? '' });
    if (said === undefined) return undefined;
    text += said;
  }
  for (const mark of open.reverse()) {
    text += mark.type === 'link' ? `|${target(mark)}]` : (wraps[mark.type] ?? '');
  }
  return text;
}

function leaf(
  node: AdfNode,
  at: { text: string; isCode: boolean; startsLine: boolean; next: string },
): string | undefined {
  const begins = at.startsLine && (at.text === '' || at.text.endsWith('\n'));
  switch (node.type) {
    case 'text':
      return at.isCode
        ? `{{${escaped(node.text ?? '', '', '', false, true)}}}`
        : escaped(node.text ?? '', at.text.slice(-1), at.next.slice(0, 1), begins, false);
    case 'hardBreak':
      return '\n';
    case 'mention':
      return mention(node);
    case 'wiki':
      return typeof node.attrs?.text === 'string' ? node.attrs.text : undefined;
    default:
      return undefined;
  }
}

/** Wiki markup has no words for somebody but their name; other words go in an anchor, which nobody sees. */
function mention({ attrs }: AdfNode): string {
  const id = String(attrs?.id);
  const said = typeof attrs?.text === 'string' ? attrs.text : `@${id}`;
  return said === `@${id}` ? `[~${id}]` : `[~${id}]{anchor:${encodeURIComponent(said)}}`;
}

function target({ attrs }: Mark): string {
  const href = typeof attrs?.href === 'string' ? attrs.href : '';
  return href.replace(/[|[\]{}\\\s]/g, (one) => encodeURIComponent(one));
}

/** Text of which nothing is taken for a command. */
function escaped(text: string, before: string, after: string, begins: boolean, isCode: boolean): string {
  const whole = text
    .split(isCode ? /(?!)/ : url)
    .map((part, index, parts) =>
      index % 2 === 1
        ? part
        : plain(
            part,
            index === 0 ? before : (parts[index - 1] ?? '').slice(-1),
            parts[index + 1]?.[0] ?? after,
            isCode,
          ),
    )
    .join('');
  if (!begins) return whole;
  return whole.replace(
    /^(\s*)(?:([hb])(?=[1-6q]\.)|([#*-]+(?=\s)))/,
    (_, space: string, letter?: string, marks?: string) =>
      letter === undefined ? `${space}\\${marks ?? ''}` : `${space}&#${letter.charCodeAt(0)};`,
  );
}

function plain(text: string, before: string, after: string, isCode: boolean): string {
  const word = (one: string) => /[\p{L}\p{N}]/u.test(one);
  const characters = Array.from(text);
  let result = '';
  for (const [index, one] of characters.entries()) {
    const previous = index === 0 ? before : (characters[index - 1] ?? '');
    const next = characters[index + 1] ?? after;
    if (one === '\\') result += '&#92;';
    else if (one === '&' && /^&#?\w+;/.test(characters.slice(index).join(''))) result += '&#38;';
    else if (/[{}[\]|]/.test(one)) result += `\\${one}`;
    else if (/[*_^~+-]/.test(one)) result += isCode || !(word(previous) && word(next)) ? `\\${one}` : one;
    else if (/[!?]/.test(one))
      result += isCode || (next !== '' && /\S/.test(next)) || previous === one ? `\\${one}` : one;
    else result += one;
  }
  return result;
}
