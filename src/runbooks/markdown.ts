import { bodyStart, locateFrontMatter, parseFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readBlocks, type MarkdownBlocks } from './markdownCode.ts';
import { movedItem, rereadBlocks, spliced } from './markdownPiece.ts';
import { numbered, slugOf } from './slug.ts';
import { changeBetween, type Range } from './textChange.ts';

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

/** Looks for something in a Markdown text. Nothing that it finds reaches over a blank line. */
export interface Finder<T extends { range: Range }> {
  /** What begins in the piece, in order. */
  findIn(outline: MarkdownOutline, piece: Range): T[];
}

/** What Deskside needs to know of a Markdown text, with its places. Each part is read when it is first asked for. */
export class MarkdownOutline {
  readonly text: string;
  readonly #found = new Map<Finder<{ range: Range }>, readonly { range: Range }[]>();
  #blocks: MarkdownBlocks | undefined;
  #frontMatter: { value: FrontMatter | undefined } | undefined;
  #headings: Heading[] | undefined;
  #prose: string | undefined;

  /** With the outline of the text as it was `before`, only what changed is read. */
  constructor(text: string, before?: MarkdownOutline) {
    this.text = text;
    if (before !== undefined) this.#follow(before);
  }

  get frontMatter(): FrontMatter | undefined {
    this.#frontMatter ??= { value: parseFrontMatter(this.text) };
    return this.#frontMatter.value;
  }

  get headings(): readonly Heading[] {
    this.#headings ??= withSlugs(this.blocks.headings);
    return this.#headings;
  }

  get links(): readonly Link[] {
    return this.find(linkFinder);
  }

  get blocks(): MarkdownBlocks {
    this.#blocks ??= readBlocks(this.text, this.#bodyStart());
    return this.#blocks;
  }

  /** What a finder finds in all of the text. An outline that follows on this one finds it in what changed only. */
  find<T extends { range: Range }>(finder: Finder<T>): readonly T[] {
    const known = this.#found.get(finder) as readonly T[] | undefined;
    if (known !== undefined) return known;
    const found = finder.findIn(this, { start: 0, end: this.text.length });
    this.#found.set(finder, found);
    return found;
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

  #bodyStart(): number {
    return bodyStart(this.text, locateFrontMatter(this.text));
  }

  #follow(before: MarkdownOutline): void {
    const change = changeBetween(before.text, this.text);
    const body = this.#bodyStart();
    const { blocks, piece } = rereadBlocks(before.blocks, this.text, body, change);
    this.#blocks = blocks;
    if (body > 0 && change.start >= body) this.#frontMatter = before.#frontMatter;
    for (const [finder, found] of before.#found) {
      this.#found.set(finder, spliced(found, finder.findIn(this, piece), piece, placeOf, movedItem));
    }
  }
}

const placeOf = ({ range }: { range: Range }) => range.start;

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

function withSlugs(headings: MarkdownBlocks['headings']): Heading[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    heading.slug ??= slugOf(heading.text);
    return { ...heading, slug: numbered(heading.slug, seen) };
  });
}

const inlineLink =
  /\]\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))+))(?:(?:[ \t]+|[ \t]*\r?\n[ \t]*)(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*\)/y;
const plainTarget = /[^\s()<>\\]+\)/y;
const definition = /^ {0,3}\[[^\]\n^][^\]\n]{0,300}\]:[ \t]*(?:<([^<>\n]*)>|(\S+))/;

const linkFinder: Finder<Link> = {
  findIn({ text, blocks }, { start, end }) {
    const links: Link[] = [];
    const { masks, definitions } = blocks;
    let mask = 0;
    for (let at = text.indexOf('](', start); at !== -1 && at < end; at = text.indexOf('](', at + 2)) {
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
      if (line < start || line >= end) continue;
      const lineEnd = text.indexOf('\n', line);
      const match = definition.exec(text.slice(line, lineEnd === -1 ? undefined : lineEnd));
      const link = match && targetIn(match, line, match[0].lastIndexOf(match[1] ?? match[2] ?? ''));
      if (link) links.push(link);
    }
    return links.sort((a, b) => a.range.start - b.range.start);
  },
};

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
