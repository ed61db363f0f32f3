import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair } from 'yaml';
import type { Range } from './textChange.ts';

/** One field, its values as text: `tags: [a, b]` has two, `title: x` has one, `owner:` none. */
export interface Field {
  kind: 'none' | 'value' | 'list' | 'map';
  values: string[];
  /** Of each value, in order. */
  valueRanges: Range[];
  /** Items of a list that are no single values. */
  nested: Range[];
  nameRange: Range;
  /** From the value's first character to its last; empty, behind the colon, where there is none. */
  range: Range;
}

export interface FrontMatterProblem {
  code: 'malformed' | 'too-large' | 'wrong-type' | 'unknown-value' | 'bad-date';
  message: string;
  range: Range;
}

export interface FrontMatter {
  /** With both `---` lines, without the line end of the second. */
  range: Range;
  /** What is between them. */
  content: Range;
  fields: ReadonlyMap<string, Field>;
  /** Where it can't be read. See `checkFields` for values that can be read and mean nothing. */
  problems: FrontMatterProblem[];
}

/** Beyond that, it is no front matter anybody wrote. */
const largest = 10_000;
const mostProblems = 10;
const opening = /^\ufeff?---[ \t]*\r?\n/;
const closing = /^(?:---|\.\.\.)[ \t]*(?=\r?$)/gm;
const firstField = /^(?:#|["']?[\p{L}_][\p{L}\p{N} _.-]*["']?[ \t]*:(?:\s|$))/u;

/**
 * The YAML a Markdown text begins with; `undefined` where there is none. Never throws: what is wrong is in `problems`,
 * each with its place, and what could be read is in `fields` all the same.
 */
export function parseFrontMatter(text: string): FrontMatter | undefined {
  const located = locateFrontMatter(text);
  if (located === undefined) return undefined;
  const { start, end } = located.content;
  const fields = new Map<string, Field>();
  const problems: FrontMatterProblem[] = [];
  const say = (code: FrontMatterProblem['code'], message: string, range: Range) =>
    problems.push({ code, message, range: visible(text, range) });
  const firstLine = { start, end: start + text.slice(start, end).search(/\r?$/m) };
  const document = end - start > largest ? undefined : parseYaml(text.slice(start, end));
  if (document === undefined) {
    say('too-large', 'The front matter is too large, or nested too deeply, to be read.', firstLine);
    return { ...located, fields, problems };
  }
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      const read = readField(pair as Pair<Node, Node | null>, document, text, start);
      if (read !== undefined) fields.set(read.name, read.field);
    }
  } else if (document.contents !== null && document.errors.length === 0) {
    say('malformed', 'The front matter must consist of "name: value" lines.', firstLine);
  }
  const unclosed = document.errors.length > 0 ? unclosedFrontMatter(text) : undefined;
  if (unclosed !== undefined) return { ...located, fields, problems: [unclosed] };
  for (const { code, message, pos } of document.errors.slice(0, mostProblems)) {
    const range = shift(pos, start);
    const opening = code === 'MISSING_CHAR' ? openingQuotes(text, fields, range.start) : undefined;
    if (opening === undefined) say('malformed', sentence(message), range);
    else say('malformed', 'The quotes that begin here are not closed.', opening);
  }
  return { ...located, fields, problems };
}

const fieldLine = /^(?:[a-z_][\w-]*:(?:[ \t]|$)|[ \t]+\S|-[ \t])/;

/**
 * Front matter that nobody closed: fields below the first `---`, then a blank line or a heading, then no fields. What
 * closes it by accident is a thematic break further down.
 */
export function unclosedFrontMatter(text: string): FrontMatterProblem | undefined {
  const start = opening.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  const lines = text.slice(start, start + largest).split(/\r?\n/);
  const count = lines.findIndex((line) => !fieldLine.test(line));
  const end = lines[count] ?? '';
  const next = lines.slice(count).find((line) => line.trim() !== '') ?? '';
  const isOver = count > 0 && /^(?:#|[ \t]*$)/.test(end) && !/^(?:---|\.\.\.)[ \t]*$/.test(next);
  if (!isOver || fieldLine.test(next)) return undefined;
  const message = 'The front matter is not closed: a line of three dashes belongs below it.';
  return { code: 'malformed', message, range: visible(text, { start: text.indexOf('---'), end: start }) };
}

function openingQuotes(text: string, fields: ReadonlyMap<string, Field>, place: number): Range | undefined {
  const values = [...fields.values()].flatMap(({ valueRanges }) => valueRanges);
  const quoted = values.findLast(({ start }) => start <= place && /["']/.test(text[start] ?? ''));
  return quoted && { start: quoted.start, end: quoted.start + text.slice(quoted.start).search(/\r?$/m) };
}

/** Where the text below the front matter begins. */
export function bodyStart(text: string, frontMatter: Pick<FrontMatter, 'range'> | undefined): number {
  if (frontMatter === undefined) return 0;
  const lineEnd = text.indexOf('\n', frontMatter.range.end);
  return lineEnd === -1 ? text.length : lineEnd + 1;
}

/** All values of a field; none where it is missing or empty. */
export function valuesOf(frontMatter: FrontMatter | undefined, name: string): readonly string[] {
  return frontMatter?.fields.get(name)?.values ?? [];
}

/** The first value of a field, unless it is blank. */
export function valueOf(frontMatter: FrontMatter | undefined, name: string): string | undefined {
  return valuesOf(frontMatter, name)[0]?.trim() || undefined;
}

/** A thematic break opens no front matter: what follows must look like a field, a comment or the end. */
export function locateFrontMatter(text: string): { range: Range; content: Range } | undefined {
  const start = opening.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  closing.lastIndex = start;
  const end = closing.exec(text);
  if (end === null) return undefined;
  const written = /\S.*/.exec(text.slice(start, end.index))?.[0] ?? '';
  if (written !== '' && !firstField.test(written)) return undefined;
  return { range: { start: 0, end: end.index + end[0].length }, content: { start, end: end.index } };
}

/** The library recurses: what is nested some thousand levels deep overflows its stack. */
function parseYaml(source: string): Document | undefined {
  try {
    return parseDocument(source, { schema: 'core' });
  } catch {
    return undefined;
  }
}

function readField(
  pair: Pair<Node, Node | null>,
  document: Document,
  text: string,
  offset: number,
): { name: string; field: Field } | undefined {
  const { key } = pair;
  if (!isScalar(key) || !key.range) return undefined;
  const nameRange = shift(key.range, offset);
  const colon = text.indexOf(':', nameRange.end) + 1;
  const field: Field = {
    kind: 'none',
    values: [],
    valueRanges: [],
    nested: [],
    nameRange,
    range: { start: colon, end: colon },
  };
  const written = pair.value?.range;
  if (written && written[1] > written[0]) field.range = trimmed(text, shift(written, offset));
  const value = resolved(pair.value, document);
  if (isMap(value)) field.kind = 'map';
  else if (isSeq(value)) field.kind = 'list';
  else if (isScalar(value) && value.value !== null) field.kind = 'value';
  const items = isSeq(value) ? (value.items as Node[]) : field.kind === 'value' ? [pair.value] : [];
  for (const item of items) {
    const scalar: unknown = resolved(item, document);
    const range = item?.range ? trimmed(text, shift(item.range, offset)) : field.range;
    if (!isScalar(scalar)) field.nested.push(range);
    else if (scalar.value !== null) {
      field.values.push(scalar.source ?? text.slice(range.start, range.end));
      field.valueRanges.push(range);
    }
  }
  return { name: String(key.value), field };
}

function resolved(node: Node | null | undefined, document: Document): Node | undefined {
  return (isAlias(node) ? node.resolve(document) : node) ?? undefined;
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return `${first.replace(/ at line \d+, column \d+:?$/, '')}.`.replace(/\.\.$/, '.');
}

function shift(range: readonly [number, number, ...number[]], offset: number): Range {
  return { start: range[0] + offset, end: range[1] + offset };
}

function trimmed(text: string, { start, end }: Range): Range {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** Within one line, and a whole word or at least one character that can be underlined. */
function visible(text: string, { start, end }: Range): Range {
  const line = text.slice(start, start + text.slice(start).search(/\r?$/m));
  const word = /^[\p{L}\p{N}_-]+/u.exec(line)?.[0].length ?? 1;
  const length = Math.min(Math.max(end - start, word), line.length);
  return length > 0 ? { start, end: start + length } : { start: Math.max(0, start - 1), end: start };
}
