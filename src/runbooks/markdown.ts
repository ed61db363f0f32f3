import { bodyStart, parseFrontMatter, type FrontMatter } from './frontMatter.ts';
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

/** What Deskside needs to know of a Markdown text, with its places. */
export interface MarkdownOutline {
  frontMatter: FrontMatter | undefined;
  headings: Heading[];
  links: Link[];
  /** The text with code, comments and front matter blanked out, every offset kept. */
  prose: string;
}

/** Reads a Markdown text in one pass, without a full parse: fast enough for thousands of files. */
export function outline(text: string): MarkdownOutline {
  const frontMatter = parseFrontMatter(text);
  const prose = maskCode(text, bodyStart(text, frontMatter));
  return { frontMatter, headings: findHeadings(text, prose), links: findLinks(prose), prose };
}

const fence = /^(?: {0,3}(?:>|[-*+]|\d{1,9}[.)])[ \t]?)*[ \t]*(`{3,}|~{3,})(.*)$/;
const listItem = /^[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;

/** Blanks out what is not prose: fenced, indented and inline code, comments, and all before `from`. */
function maskCode(text: string, from: number): string {
  const masked: string[] = [blank(text.slice(0, from))];
  let open: string | undefined;
  let inList = false;
  let afterBlank = true;
  let inIndented = false;
  for (const line of text.slice(from).split(/(?<=\n)/)) {
    const content = line.trimEnd();
    const [, mark, info] = fence.exec(content) ?? [];
    if (open !== undefined) {
      masked.push(blank(line));
      if (mark?.startsWith(open) === true && info?.trim() === '') open = undefined;
      continue;
    }
    if (mark !== undefined && !(mark.startsWith('`') && info?.includes('`') === true)) {
      open = mark;
      masked.push(blank(line));
      afterBlank = false;
      continue;
    }
    const isBlank = content === '';
    const isIndented = /^(?: {4}|\t)/.test(line);
    if (listItem.test(content)) inList = true;
    else if (!isBlank && !/^[ \t]/.test(line) && afterBlank) inList = false;
    inIndented = !isBlank && isIndented && !inList && (afterBlank || inIndented);
    masked.push(inIndented ? blank(line) : line);
    afterBlank = isBlank;
  }
  return maskInline(masked.join(''));
}

const comment = /<!--[\s\S]*?(?:-->|$)/g;

function maskInline(text: string): string {
  return text
    .replace(comment, blank)
    .split(/(\r?\n[ \t]*\r?\n)/)
    .map(maskSpans)
    .join('');
}

/** Blanks out the code spans of a paragraph: from a run of backticks to the next one of the same length. */
function maskSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/\\`|`+/g)].filter(([run]) => run !== '\\`');
  const next = new Map<number, number>();
  const closing = new Array<number | undefined>(runs.length);
  for (let at = runs.length - 1; at >= 0; at--) {
    const length = runs[at]?.[0].length ?? 0;
    closing[at] = next.get(length);
    next.set(length, at);
  }
  let masked = '';
  let from = 0;
  for (let at = 0; at < runs.length; at++) {
    const close = closing[at];
    if (close === undefined) continue;
    const start = runs[at]?.index ?? 0;
    const end = (runs[close]?.index ?? 0) + (runs[close]?.[0].length ?? 0);
    masked += paragraph.slice(from, start) + blank(paragraph.slice(start, end));
    from = end;
    at = close;
  }
  return masked + paragraph.slice(from);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

const atx = /^ {0,3}(#{1,6})(?:[ \t].*)?\r?$/gm;
const setext = /^ {0,3}(?![-+*>#]|\d+[.)][ \t]|\|)(\S.*)\n {0,3}(=+|-{2,})[ \t]*\r?$/gm;
const longestHeading = 1000;

function findHeadings(text: string, prose: string): Heading[] {
  const found: { level: number; range: Range; written: string }[] = [];
  for (const match of prose.matchAll(atx)) {
    const range = rangeOf(match[0], match.index);
    const written = text.slice(range.start, Math.min(range.end, range.start + longestHeading));
    const content = written.replace(/^ *#+/, '');
    found.push({ level: (match[1] ?? '').length, range, written: content.replace(/(^|[ \t])#+$/, '$1') });
  }
  for (const match of prose.matchAll(setext)) {
    const range = rangeOf(match[0].slice(0, match[0].indexOf('\n')), match.index);
    const written = text.slice(range.start, Math.min(range.end, range.start + longestHeading));
    found.push({ level: match[2]?.startsWith('=') === true ? 1 : 2, range, written });
  }
  const seen = new Map<string, number>();
  return found
    .sort((a, b) => a.range.start - b.range.start)
    .map(({ level, range, written }) => {
      const plain = plainHeading(written);
      return { level, text: plain, slug: slugOf(plain, seen), range };
    });
}

function rangeOf(line: string, start: number): Range {
  return { start, end: start + line.trimEnd().length };
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
  /\]\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))+))(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*\)/g;
const definition = /^ {0,3}\[[^\]\n^][^\]\n]{0,300}\]:[ \t]*(?:<([^<>\n]*)>|(\S+))/gm;

function findLinks(prose: string): Link[] {
  const links: Link[] = [];
  for (const pattern of [inlineLink, definition]) {
    for (const match of prose.matchAll(pattern)) {
      const target = match[1] ?? match[2];
      if (target === undefined || target === '') continue;
      const start =
        match.index + match[0].indexOf(target, match[0].indexOf(match[1] === undefined ? ']' : '<'));
      links.push({ target, range: { start, end: start + target.length } });
    }
  }
  return links.sort((a, b) => a.range.start - b.range.start);
}
