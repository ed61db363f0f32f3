import { headingText } from './headingText.ts';
import type { Range } from './textChange.ts';

/** Where the blocks of a Markdown text are: one pass over its lines, without a full parse. */
export interface MarkdownBlocks {
  /** What is not prose: code and comments, in order, as start, end, start, end … */
  masks: number[];
  /** Lines that are headings, in order, and what they read. The content of one that is underlined is the line above. */
  headings: BlockHeading[];
  /** Starts of lines that may define the target of a reference: `[name]: target`. */
  definitions: number[];
  /** Starts of lines, some way apart, that are read alike whatever is before them. */
  cuts: number[];
}

export interface BlockHeading {
  level: number;
  range: Range;
  text: string;
  /** Its fragment without a number, once somebody asked for it. */
  slug?: string;
}

/** From one cut to the next, at least. */
const pieceLength = 1_000;

/** What opens a block of code, and what closes it: lines without their ends. */
const fence = /^(?: {0,3}(?:>|[-*+]|\d{1,9}[.)])[ \t]?)*[ \t]*(`{3,}|~{3,})(.*)$/;
const closingFence = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;
const underlined = /^ {0,3}(?![-+*>#]|\d+[.)][ \t]|\|)\S/;
const underline = /^ {0,3}(=+|-{2,})[ \t]*$/;

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const hash = 35;
const asterisk = 42;
const plus = 43;
const minus = 45;
const zero = 48;
const nine = 57;
const less = 60;
const equals = 61;
const greater = 62;
const bracket = 91;
const backtick = 96;
const tilde = 126;

/** Reads the lines of `text` from `from` on; what is before is masked. */
export function readBlocks(text: string, from: number): MarkdownBlocks {
  return readPiece(text, 0, from, () => false).part;
}

/** The same from a cut on, or from the beginning (0), to the first line that could be a cut and `isEnd`. */
export function readPiece(
  text: string,
  start: number,
  from: number,
  isEnd: (line: number) => boolean,
): { part: MarkdownBlocks; end: number } {
  const part: MarkdownBlocks = { masks: [], headings: [], definitions: [], cuts: [] };
  if (start > 0) part.cuts.push(start);
  else if (from > 0) part.masks.push(0, from);
  const end = new BlockReader(text, part).read(Math.max(start, from), isEnd);
  return { part, end };
}

class BlockReader {
  readonly #text: string;
  readonly #blocks: MarkdownBlocks;
  readonly #ticks: NextIndex;
  readonly #comments: NextIndex;
  readonly #commentEnds: NextIndex;
  readonly #fences: NextIndex;
  readonly #otherFences: NextIndex;
  /** Where the paragraph began that the line before belongs to; -1 for none. */
  #paragraph = -1;

  constructor(text: string, blocks: MarkdownBlocks) {
    this.#text = text;
    this.#blocks = blocks;
    this.#ticks = new NextIndex(text, '`');
    this.#comments = new NextIndex(text, '<!--');
    this.#commentEnds = new NextIndex(text, '-->');
    this.#fences = new NextIndex(text, '```');
    this.#otherFences = new NextIndex(text, '~~~');
  }

  /** Gives where it ended. */
  read(from: number, isEnd: (line: number) => boolean): number {
    const text = this.#text;
    const { headings, definitions, cuts } = this.#blocks;
    let cut = from;
    let open: string | undefined;
    let inList = false;
    let afterBlank = true;
    let inIndented = false;
    let before = -1;
    for (let start = from; start < text.length;) {
      const lineEnd = text.indexOf('\n', start);
      const next = lineEnd === -1 ? text.length : lineEnd + 1;
      let end = lineEnd === -1 ? text.length : lineEnd;
      if (end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
      let first = start;
      let character = text.charCodeAt(first);
      while (first < end && (character === space || character === tab)) character = text.charCodeAt(++first);
      const isBlank = first >= end;
      const line = start;
      start = next;

      if (open !== undefined) {
        this.#mask(line, next);
        const mayClose = character === backtick || character === tilde || character === greater;
        if (mayClose && closingFence.exec(text.slice(line, end))?.[1]?.startsWith(open) === true)
          open = undefined;
        continue;
      }
      if (isBlank) {
        this.#endParagraph(line);
        afterBlank = true;
        before = -1;
        continue;
      }
      const mark = this.#fenceIn(line, end);
      if (mark !== undefined) {
        this.#endParagraph(line);
        this.#mask(line, next);
        open = mark;
        if (isMarker(character)) inList = true;
        afterBlank = false;
        before = -1;
        continue;
      }
      const indent = first - line;
      if (indent === 0 && afterBlank && character !== greater && line > from) {
        if (isEnd(line)) return line;
        if (line - cut >= pieceLength) cuts.push((cut = line));
      }
      const isIndented = indent >= 4 || (indent > 0 && text.charCodeAt(line) === tab);
      if (isMarker(character) && isListItem(text, first, end)) inList = true;
      else if (indent === 0 && afterBlank && character !== greater) inList = false;
      inIndented = isIndented && !inList && (afterBlank || inIndented);
      afterBlank = false;
      if (inIndented) {
        this.#endParagraph(line);
        this.#mask(line, next);
        before = -1;
        continue;
      }
      if (character === less && (indent < 4 || inList) && text.startsWith('<!--', first)) {
        this.#endParagraph(line);
        const close = this.#commentEnds.from(first + 4);
        const commentEnd = close === -1 ? text.length : close + 3;
        this.#mask(first, commentEnd);
        const rest = text.indexOf('\n', commentEnd);
        start = rest === -1 ? text.length : rest + 1;
        before = -1;
        continue;
      }
      const level = character === hash && !isIndented ? levelOf(text, first, end) : 0;
      if (level > 0) {
        this.#endParagraph(line);
        const range = { start: line, end: trimEnd(text, first, end) };
        headings.push({ level, range, text: headingText(text, range, false) });
        this.#paragraph = line;
        this.#endParagraph(next);
        before = -1;
        continue;
      }
      if (
        before >= 0 &&
        (character === equals || character === minus) &&
        underline.test(text.slice(line, end)) &&
        underlined.test(text.slice(before, line))
      ) {
        const range = { start: before, end: trimEnd(text, before, line - 1) };
        headings.push({ level: character === equals ? 1 : 2, range, text: headingText(text, range, true) });
        this.#endParagraph(line);
        before = -1;
        continue;
      }
      if (character === bracket && !isIndented) definitions.push(line);
      if (this.#paragraph === -1) this.#paragraph = line;
      before = line;
    }
    this.#endParagraph(text.length);
    return text.length;
  }

  /** The mark of a fence that opens in a line. */
  #fenceIn(line: number, end: number): string | undefined {
    const ticks = this.#fences.from(line);
    const tildes = this.#otherFences.from(line);
    if ((ticks === -1 || ticks >= end) && (tildes === -1 || tildes >= end)) return undefined;
    const [, mark, info = ''] = fence.exec(this.#text.slice(line, end)) ?? [];
    return mark === undefined || (mark.startsWith('`') && info.includes('`')) ? undefined : mark;
  }

  #mask(start: number, end: number): void {
    const { masks } = this.#blocks;
    if (masks.at(-1) === start) masks[masks.length - 1] = end;
    else masks.push(start, end);
  }

  #endParagraph(end: number): void {
    const start = this.#paragraph;
    this.#paragraph = -1;
    if (start === -1) return;
    const tick = this.#ticks.from(start);
    const comment = this.#comments.from(start);
    if ((tick !== -1 && tick < end) || (comment !== -1 && comment < end)) this.#maskInline(start, end);
  }

  /** Masks the code spans and comments of a paragraph: from a run of backticks to the next one of the same length. */
  #maskInline(start: number, end: number): void {
    const paragraph = this.#text.slice(start, end);
    const marks = [...paragraph.matchAll(/\\`|`+|<!--/g)].filter(([mark]) => mark !== '\\`');
    const closing = new Array<number>(marks.length);
    const nextOfLength = new Map<number, number>();
    for (let at = marks.length - 1; at >= 0; at--) {
      const [run] = marks[at] ?? [''];
      if (run === '<!--') continue;
      closing[at] = nextOfLength.get(run.length) ?? -1;
      nextOfLength.set(run.length, at);
    }
    let done = 0;
    for (let at = 0; at < marks.length; at++) {
      const mark = marks[at];
      if (mark === undefined || mark.index < done) continue;
      if (mark[0] === '<!--') {
        const close = this.#commentEnds.from(start + mark.index + 4);
        if (close === -1 || close >= end) continue;
        done = close + 3 - start;
      } else {
        const close = marks[closing[at] ?? -1];
        if (close === undefined) continue;
        done = close.index + close[0].length;
      }
      this.#mask(start + mark.index, start + done);
    }
  }
}

/** The next place of something, asked for ever later places: every character is looked at once. */
class NextIndex {
  readonly #text: string;
  readonly #what: string;
  /** Before anything was looked for, any place is too early. */
  #at = -2;

  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  /** -1 for none. */
  from(place: number): number {
    if (this.#at !== -1 && this.#at < place) this.#at = this.#text.indexOf(this.#what, place);
    return this.#at;
  }
}

function isMarker(character: number): boolean {
  return (
    character === minus ||
    character === asterisk ||
    character === plus ||
    character === greater ||
    (character >= zero && character <= nine)
  );
}

function isListItem(text: string, first: number, end: number): boolean {
  let at = first;
  while (at < end && (text.charCodeAt(at) === greater || text.charCodeAt(at) === space)) at++;
  const digits = at;
  while (at < end && isDigit(text.charCodeAt(at)) && at - digits < 10) at++;
  const mark = text.charCodeAt(at);
  const isMark =
    at > digits ? mark === 46 || mark === 41 : mark === minus || mark === asterisk || mark === plus;
  const after = text.charCodeAt(at + 1);
  return isMark && (at + 1 >= end || after === space || after === tab);
}

function isDigit(character: number): boolean {
  return character >= zero && character <= nine;
}

/** 1 to 6 for a line that is a heading. */
function levelOf(text: string, first: number, end: number): number {
  let at = first;
  while (at < end && text.charCodeAt(at) === hash) at++;
  const after = text.charCodeAt(at);
  return at - first <= 6 && (at >= end || after === space || after === tab) ? at - first : 0;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const character = text.charCodeAt(at - 1);
    if (character !== space && character !== tab && character !== carriageReturn && character !== newline)
      break;
    at--;
  }
  return at;
}
