import { readPiece, type MarkdownBlocks } from './markdownCode.ts';
import type { Range, TextChange } from './textChange.ts';

/** The part of a text that was read anew after a change; without end where nothing is behind it. */
export interface Piece extends Range {
  /** What was behind it moved by so much. */
  shift: number;
}

/** Reads what a change touches, from the last cut before it to the first one behind it; the rest stays as it was. */
export function rereadBlocks(
  before: MarkdownBlocks,
  text: string,
  from: number,
  change: TextChange,
): { blocks: MarkdownBlocks; piece: Piece } {
  const shift = change.text.length - (change.end - change.start);
  const start = before.cuts.findLast((cut) => cut >= from && endsBefore(text, cut, change.start)) ?? 0;
  const ends = new Set(before.cuts.filter((cut) => cut >= change.end).map((cut) => cut + shift));
  const { part, end } = readPiece(text, start, from, (line) => ends.has(line));
  const piece = { start, end: end === text.length ? Infinity : end, shift };
  const places = (name: 'masks' | 'definitions' | 'cuts') =>
    spliced(before[name], part[name], piece, Number, (place, by) => place + by);
  return {
    blocks: {
      masks: places('masks'),
      headings: spliced(before.headings, part.headings, piece, ({ range }) => range.start, movedItem),
      definitions: places('definitions'),
      cuts: places('cuts'),
    },
    piece,
  };
}

/** A list in the order of the text: what was found in the piece takes the place of what was there, the rest moves. */
export function spliced<T>(
  list: readonly T[],
  found: readonly T[],
  { start, end, shift }: Piece,
  placeOf: (item: T) => number,
  moved: (item: T, by: number) => T,
): T[] {
  const isBehind = (item: T) => placeOf(item) >= end - shift;
  const kept = list.filter((item) => placeOf(item) < start);
  const behind = list.filter(isBehind);
  return [...kept, ...found, ...(shift === 0 ? behind : behind.map((item) => moved(item, shift)))];
}

export function movedItem<T extends { range: Range }>(item: T, by: number): T {
  const { start, end } = item.range;
  return { ...item, range: { start: start + by, end: end + by } };
}

/** Is a line whole before a place? */
function endsBefore(text: string, line: number, place: number): boolean {
  if (line >= place) return false;
  const lineEnd = text.indexOf('\n', line);
  return lineEnd !== -1 && lineEnd < place;
}
