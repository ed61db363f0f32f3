import type { AdfNode } from './adf.ts';
import { adfOf } from './fromMarkdown.ts';
import { inlineOf } from './fromWikiInline.ts';
import { asMarkdown, panelTitles } from './toWiki.ts';

const macro = /^\{([a-z]+)(?::([^}\n]*))?\}/;
const item = /^([*#-]+)[ \t]+(.*)$/;
const startsBlock = /^(?:[*#-]+[ \t]|h[1-6]\. |bq\. |-{4,}\s*$|\||\{(?:code|noformat|quote|panel)(?:[:}]))/;

/** Wiki markup, as Jira Data Center keeps it, as a document. What Markdown has no word for is kept as it is. */
export function documentOf(wiki: string): AdfNode {
  const content = blocksOf(wiki.replace(/\r\n?/g, '\n'));
  return {
    version: 1,
    type: 'doc',
    content: content.length > 0 ? content : [{ type: 'paragraph', content: [] }],
  };
}

function blocksOf(wiki: string): AdfNode[] {
  const nodes: AdfNode[] = [];
  let rest = wiki;
  while (rest !== '') {
    if (/^[ \t]*(?:\n|$)/.test(rest)) {
      rest = rest.replace(/^[ \t]*(?:\n|$)/, '');
      continue;
    }
    const [read, taken] = macroAt(rest) ?? linesAt(rest);
    nodes.push(...read);
    rest = rest.slice(taken).replace(/^[ \t]*\n/, '');
  }
  return nodes;
}

/** A macro with its content; of those that stand within a line only its own block ones. */
function macroAt(text: string): [AdfNode[], number] | undefined {
  const found = macro.exec(text);
  const [opening = '', name = '', parameters = ''] = found ?? [];
  if (found === null) return undefined;
  const end = endOf(text, name, opening.length);
  if (end === undefined) return undefined;
  const inner = text
    .slice(opening.length, end)
    .replace(/^[ \t]*\n/, '')
    .replace(/\n$/, '');
  const taken = end + name.length + 2;
  const node = blockMacro(name, parameters, inner);
  if (node !== undefined) return [node, taken];
  if (!text.slice(0, taken).includes('\n')) return undefined;
  return [[raw(text.slice(0, taken))], taken];
}

/** Where `{name}` ends it, not counting what is within code. */
function endOf(text: string, name: string, from: number): number | undefined {
  const close = new RegExp(`\\{(code|noformat)(?::[^}\\n]*)?\\}|\\{${name}\\}`, 'g');
  close.lastIndex = from;
  for (let found = close.exec(text); found; found = close.exec(text)) {
    if (found[0] === `{${name}}`) return found.index;
    if (name === 'code' || name === 'noformat') continue;
    const after = text.indexOf(`{${found[1] ?? ''}}`, close.lastIndex);
    if (after === -1) return undefined;
    close.lastIndex = after + (found[1] ?? '').length + 2;
  }
  return undefined;
}

function blockMacro(name: string, parameters: string, inner: string): AdfNode[] | undefined {
  switch (name) {
    case 'noformat':
      if (parameters === `title=${asMarkdown}`) return adfOf(unescapedCode(inner)).content ?? [];
      return parameters === '' ? [code('', inner)] : undefined;
    case 'code':
      return /^[\w+#-]*$/.test(parameters) ? [code(parameters, inner)] : undefined;
    case 'quote':
      return parameters === '' ? [{ type: 'blockquote', content: blocksOf(inner) }] : undefined;
    case 'panel': {
      const type = Object.keys(panelTitles).find((one) => parameters === `title=${panelTitles[one] ?? ''}`);
      return type === undefined
        ? undefined
        : [{ type: 'panel', attrs: { panelType: type }, content: blocksOf(inner) }];
    }
    default:
      return undefined;
  }
}

function code(language: string, inner: string): AdfNode {
  const text = unescapedCode(inner);
  return {
    type: 'codeBlock',
    ...(language !== '' && { attrs: { language } }),
    content: text === '' ? [] : [{ type: 'text', text }],
  };
}

function unescapedCode(text: string): string {
  return text.replace(/\{~(~*(?:code|noformat))/g, '{$1');
}

function raw(text: string): AdfNode {
  return { type: 'codeBlock', attrs: { language: 'wiki' }, content: [{ type: 'text', text }] };
}

/** What begins with this line: a heading, a list, a table, or the lines of a paragraph. */
function linesAt(text: string): [AdfNode[], number] {
  const [line = ''] = text.split('\n', 1);
  const heading = /^h([1-6])\. ?(.*)$/.exec(line);
  if (heading) {
    const level = Number(heading[1]);
    return [[{ type: 'heading', attrs: { level }, content: inlineOf(heading[2] ?? '') }], line.length];
  }
  const quote = /^bq\. (.*)$/.exec(line)?.[1];
  if (quote !== undefined) {
    return [
      [{ type: 'blockquote', content: [{ type: 'paragraph', content: inlineOf(quote) }] }],
      line.length,
    ];
  }
  if (/^-{4,}\s*$/.test(line)) return [[{ type: 'rule' }], line.length];
  const together = (goes: (one: string) => boolean) => {
    const lines = text.split('\n');
    const end = lines.findIndex((one, index) => index > 0 && (one.trim() === '' || !goes(one)));
    return lines.slice(0, end === -1 ? undefined : end);
  };
  if (item.test(line)) {
    const lines = together((one) => item.test(one) || !startsBlock.test(one));
    return [listsOf(lines), lines.join('\n').length];
  }
  if (line.startsWith('|')) {
    const lines = together(() => true);
    return [[tableOf(lines) ?? raw(lines.join('\n'))], lines.join('\n').length];
  }
  const lines = together((one) => !startsBlock.test(one));
  const whole = lines.join('\n');
  return [[{ type: 'paragraph', content: inlineOf(whole) }], whole.length];
}

/** Lines that continue an item belong to it. */
function listsOf(lines: readonly string[]): AdfNode[] {
  const rows: { marks: string; text: string }[] = [];
  for (const line of lines) {
    const [, marks, text = ''] = item.exec(line) ?? [];
    const last = rows.at(-1);
    if (marks !== undefined) rows.push({ marks: marks.replaceAll('-', '*'), text });
    else if (last) last.text += `\n${line.trim()}`;
  }
  return nested(rows, 1);
}

function nested(rows: readonly { marks: string; text: string }[], depth: number): AdfNode[] {
  const lists: AdfNode[] = [];
  for (let index = 0; index < rows.length;) {
    const row = rows[index];
    const type = row?.marks[depth - 1] === '#' ? 'orderedList' : 'bulletList';
    const next = rows.findIndex((one, at) => at > index && one.marks.length <= depth);
    const end = next === -1 ? rows.length : next;
    const own = row !== undefined && row.marks.length <= depth;
    const deeper = nested(rows.slice(own ? index + 1 : index, end), depth + 1);
    const said: AdfNode[] = own ? [{ type: 'paragraph', content: inlineOf(row.text) }] : [];
    const entry: AdfNode = { type: 'listItem', content: [...said, ...deeper] };
    const last = lists.at(-1);
    if (last?.type === type) last.content?.push(entry);
    else lists.push({ type, content: [entry] });
    index = end;
  }
  return lists;
}

/** Only a table with one row of headings at its top is one that Markdown knows. */
function tableOf(lines: readonly string[]): AdfNode | undefined {
  const rows: AdfNode[] = [];
  for (const [index, line] of lines.entries()) {
    const bar = index === 0 ? '||' : '|';
    const text = line.trim();
    if (!text.startsWith(bar) || !text.endsWith(bar) || (index > 0 && text.startsWith('||')))
      return undefined;
    const cells = cellsOf(text.slice(bar.length, -bar.length), bar);
    if (cells === undefined || (rows[0] && rows[0].content?.length !== cells.length)) return undefined;
    const type = index === 0 ? 'tableHeader' : 'tableCell';
    const content = cells.map((cell): AdfNode => ({
      type,
      content: [{ type: 'paragraph', content: inlineOf(cell.trim()) }],
    }));
    rows.push({ type: 'tableRow', content });
  }
  return { type: 'table', content: rows };
}

/** Bars within links and code are none; a heading between others is beyond us. */
function cellsOf(text: string, bar: string): string[] | undefined {
  const cells = [''];
  const pieces = text.match(/\\.|\{\{(?:\\.|[^\\])*?\}\}|\[(?:\\.|[^\]\\])*\]|\|\||[^]/gu) ?? [];
  for (const piece of pieces) {
    if (piece === bar) cells.push('');
    else if (piece === '||' || piece === '|') return undefined;
    else cells.push(`${cells.pop() ?? ''}${piece}`);
  }
  return cells;
}
