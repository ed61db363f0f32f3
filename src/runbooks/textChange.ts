/** A stretch of a text: offsets in UTF-16 units, `end` is outside. */
export interface Range {
  start: number;
  end: number;
}

/** Puts `text` in the place of a stretch of another. */
export interface TextChange extends Range {
  text: string;
}

export function applyChange(text: string, change: TextChange): string {
  return text.slice(0, change.start) + change.text + text.slice(change.end);
}

/** Much text is compared at once, quicker than by character. */
const block = 4096;

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): TextChange {
  const shift = after.length - before.length;
  const isSame = (from: number, to: number, by = 0) =>
    before.slice(from, to) === after.slice(from + by, to + by);
  let start = 0;
  let end = before.length;
  for (const step of [block, 1]) {
    while (start + step <= end + Math.min(0, shift) && isSame(start, start + step)) start += step;
  }
  for (const step of [block, 1]) {
    while (end - step >= start + Math.max(0, -shift) && isSame(end - step, end, shift)) end -= step;
  }
  return { start, end, text: after.slice(start, end + shift) };
}
