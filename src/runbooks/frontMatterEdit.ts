import { parseFrontMatter, valuesOf, type FrontMatter } from './frontMatter.ts';
import { applyChange, type TextChange } from './textChange.ts';

/**
 * Adds a ticket key to the list `tickets` of a Markdown text, leaving every other character as it is. `undefined` where
 * it is there already, and where the front matter can't be changed safely (it is malformed, or `tickets` is no list).
 */
export function addTicket(text: string, key: string): TextChange | undefined {
  const frontMatter = parseFrontMatter(text);
  const before = valuesOf(frontMatter, 'tickets');
  if (before.includes(key) || (frontMatter?.problems.length ?? 0) > 0) return undefined;
  const change = addToList(text, frontMatter, 'tickets', scalar(key));
  const after = parseFrontMatter(applyChange(text, change));
  const isRight = after?.problems.length === 0 && areSame(valuesOf(after, 'tickets'), [...before, key]);
  return isRight ? change : undefined;
}

/**
 * Gives a field of the front matter one value, leaving every other character as it is; a field that is not there is
 * added at the end. `undefined` where that can't be done safely, and with `onlyIfThere` where there is no such field.
 */
export function setField(
  text: string,
  name: string,
  value: string,
  { onlyIfThere = false } = {},
): TextChange | undefined {
  const frontMatter = parseFrontMatter(text);
  const field = frontMatter?.fields.get(name);
  if ((frontMatter?.problems.length ?? 0) > 0 || (onlyIfThere && field === undefined)) return undefined;
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const written = /^[\w-]+$/.test(value) ? value : scalar(value);
  if (frontMatter === undefined)
    return insert(
      text.startsWith('\ufeff') ? 1 : 0,
      ['---', `${name}: ${written}`, '---', '', ''].join(lineEnd),
    );
  if (field === undefined) return insert(frontMatter.content.end, `${name}: ${written}${lineEnd}`);
  return { ...field.range, text: field.kind === 'none' ? ` ${written}` : written };
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function addToList(
  text: string,
  frontMatter: FrontMatter | undefined,
  name: string,
  value: string,
): TextChange {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  if (frontMatter === undefined) {
    return insert(
      text.startsWith('\ufeff') ? 1 : 0,
      ['---', `${name}: [${value}]`, '---', '', ''].join(lineEnd),
    );
  }
  const field = frontMatter.fields.get(name);
  if (field === undefined) return insert(frontMatter.content.end, `${name}: [${value}]${lineEnd}`);
  const { range } = field;
  const written = text.slice(range.start, range.end);
  const last = field.valueRanges.at(-1);
  if (field.kind === 'none') return { ...range, text: `${written === '' ? ' ' : ''}[${value}]` };
  if (field.kind === 'value') return { ...range, text: `[${written}, ${value}]` };
  if (written.startsWith('[')) {
    return last === undefined ? insert(range.start + 1, value) : insert(last.end, `, ${value}`);
  }
  const indent = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  return insert(endOfLine(text, last?.end ?? range.start), `${lineEnd}${indent}- ${value}`);
}

function insert(at: number, text: string): TextChange {
  return { start: at, end: at, text };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

/** A value as YAML, within a list in brackets too: `#88` and `yes` need quotes. */
export function scalar(value: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_./-]*(?: [\p{L}\p{N}_./()-]+)*$/u;
  const means = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
  return plain.test(value) && !means.test(value) ? value : JSON.stringify(value);
}
