import { packed, unpacked, type AdfNode } from './adf.ts';

const language = 'adf';
const inlines = new Set(['text', 'hardBreak', 'mention', 'emoji', 'status', 'inlineCard', 'date', 'media']);

/**
 * A block that Markdown has no word for: people read what it says, and its first line carries the block itself, so that
 * it goes back unchanged.
 */
export function kept(node: AdfNode): string {
  const text = readable(node);
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language} ${packed(node)}\n${text}\n${fence}`;
}

/**
 * The block that such a fence carries. Where its text was changed the change counts, and the block is gone: that is
 * told by the text, which nobody gets lost.
 */
export function unkept(info: string, text: string): AdfNode | 'changed' | undefined {
  const [name, code = ''] = info.trim().split(/\s+/);
  const node = name === language ? unpacked(code) : undefined;
  if (node === undefined) return undefined;
  return readable(node).trim() === text.trim() ? node : 'changed';
}

/** What people read in a block, without its looks. */
function readable(node: AdfNode): string {
  const said = words(node).trim();
  return said === '' ? `(${node.type})` : said;
}

function words(node: AdfNode): string {
  const { type, text, attrs = {}, content = [] } = node;
  if (type === 'hardBreak') return '\n';
  const own = [text, attrs.title, attrs.text, attrs.alt, attrs.shortName, attrs.url, dateOf(node)].find(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  if (content.length === 0) return own ?? (inlines.has(type) ? `(${type})` : '');
  const inner = content.every((one) => inlines.has(one.type))
    ? content.map(words).join('')
    : content.map(words).join(type === 'tableRow' ? ' | ' : '\n');
  const begins = beginOf(node);
  const body = begins === '' ? inner : begins + inner.replaceAll('\n', `\n${' '.repeat(begins.length)}`);
  return own === undefined ? body : `${own}\n${body}`;
}

function beginOf({ type, attrs }: AdfNode): string {
  if (type === 'taskItem') return attrs?.state === 'DONE' ? '- [x] ' : '- [ ] ';
  return type === 'listItem' || type === 'decisionItem' ? '- ' : '';
}

/** Jira keeps days in milliseconds, as text. */
function dateOf({ type, attrs }: AdfNode): string | undefined {
  const at = new Date(Number(attrs?.timestamp));
  return type === 'date' && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : undefined;
}
