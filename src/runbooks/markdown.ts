import { bodyStart, locateFrontMatter, parseFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readBlocks, type MarkdownBlocks } from './markdownCode.ts';
import { slugOf } from './slug.ts';
import type { Range } from './textChange.ts';

export interface Heading {
  level: number;
  /** Without marks of emphasis, code and links. */
  text: string;
  /** Its fragment, numbered where it repeats. */
  slug: string;
  range: Range;
}

/** A link, an image, or a reference's definition. */
export interface Link {
  /** As it is written, without `<>`. */
  target: string;
  /** Of the target. */
  range: Range;
}

/** What Deskside needs to know of a Markdown text, with its places. Each part is read when it is first asked for. */
export class MarkdownOutline {
  readonly text: string;
  #blocks: MarkdownBlocks | undefined;
  #frontMatter: { value: FrontMatter | undefined } | undefined;
  #headings: Heading[] | undefined;
  #links: Link[] | undefined;
  #prose: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get frontMatter(): FrontMatter | undefined {
    this.#frontMatter ??= { value: parseFrontMatter(this.text) };
    return this.#frontMatter.value;
  }

  get headings(): readonly Heading[] {
    this.#headings ??= withSlugs(this.text, this.blocks.headings);
    return this.#headings;
  }

  get links(): readonly Link[] {
    this.#links ??= findLinks(this.text, this.blocks);
    return this.#links;
  }

  get blocks(): MarkdownBlocks {
    this.#blocks ??= readBlocks(this.text, bodyStart(this.text, locateFrontMatter(this.text)));
    return this.#blocks;
  }

  /** The text with code, comments and front matter blanked out, every offset kept. */
  get prose(): string {
    this.#prose ??= blankOut(this.text, this.blocks.masks);
    return this.#prose;
  }

  /** Does a place lie in code, in a comment or in the front matter? */
  isMasked(place: number): boolean {
    const { masks } = this.blocks;
    let low = 0;
    let high = masks.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((masks[middle * 2 + 1] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return (masks[low * 2] ?? Infinity) <= place;
  }
}

/** Reads a Markdown text in one pass, without a full parse: fast enough for thousands of files. */
export function outline(text: string): MarkdownOutline {
  return new MarkdownOutline(text);
}

function blankOut(text: string, masks: readonly number[]): string {
  let prose = '';
  let from = 0;
  for (let at = 0; at < masks.length; at += 2) {
    const [start = 0, end = 0] = [masks[at], masks[at + 1]];
    prose += text.slice(from, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    from = end;
  }
  return prose + text.slice(from);
}

const longestHeading = 1000;

function withSlugs(text: string, blocks: MarkdownBlocks['headings']): Heading[] {
  const seen = new Map<string, number>();
  return blocks.map(({ level, range, isUnderlined }) => {
    const plain = headingText(text, range, isUnderlined);
    return { level, text: plain, slug: slugOf(plain, seen), range };
  });
}

/** What a heading reads. */
export function headingText(text: string, range: Range, isUnderlined: boolean): string {
  let { start, end } = range;
  end = Math.min(end, start + longestHeading);
  if (!isUnderlined) {
    while (text[start] === ' ') start++;
    while (text[start] === '#') start++;
    let marks = end;
    while (marks > start && text[marks - 1] === '#') marks--;
    if (marks === start || text[marks - 1] === ' ' || text[marks - 1] === '\t') end = marks;
  }
  const content = text.slice(start, end);
  return /[[\]*`~_\\]/.test(content) ? plainHeading(content) : content.trim();
}

/** A heading as it is read: links by their text, without marks. */
function plainHeading(written: string): string {
  return written
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?/g, '$1')
    .replace(/[*`~]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}

const inlineLink =
  /\]\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))+))(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*\)/y;
const plainTarget = /[^\s()<>\\]+\)/y;
const definition = /^ {0,3}\[[^\]\n^][^\]\n]{0,300}\]:[ \t]*(?:<([^<>\n]*)>|(\S+))/;

function findLinks(text: string, { masks, definitions }: MarkdownBlocks): Link[] {
  const links: Link[] = [];
  let mask = 0;
  for (let at = text.indexOf(']('); at !== -1; at = text.indexOf('](', at + 2)) {
    while ((masks[mask + 1] ?? Infinity) <= at) mask += 2;
    if ((masks[mask] ?? Infinity) <= at) {
      at = (masks[mask + 1] ?? at) - 2;
      continue;
    }
    const link = linkAt(text, at);
    if (link !== undefined) links.push(link);
  }
  if (definitions.length === 0) return links;
  for (const line of definitions) {
    const end = text.indexOf('\n', line);
    const match = definition.exec(text.slice(line, end === -1 ? undefined : end));
    const link = match && targetIn(match, line, match[0].lastIndexOf(match[1] ?? match[2] ?? ''));
    if (link) links.push(link);
  }
  return links.sort((a, b) => a.range.start - b.range.start);
}

function linkAt(text: string, at: number): Link | undefined {
  plainTarget.lastIndex = at + 2;
  if (plainTarget.test(text)) {
    const range = { start: at + 2, end: plainTarget.lastIndex - 1 };
    return { target: text.slice(range.start, range.end), range };
  }
  inlineLink.lastIndex = at;
  const match = inlineLink.exec(text);
  return match ? targetIn(match, at, match[0].indexOf(match[1] ?? match[2] ?? '', 2)) : undefined;
}

function targetIn(match: RegExpExecArray, line: number, offset: number): Link | undefined {
  const target = match[1] ?? match[2];
  if (target === undefined || target === '') return undefined;
  return { target, range: { start: line + offset, end: line + offset + target.length } };
}
