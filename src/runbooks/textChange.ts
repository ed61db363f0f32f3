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
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + block <= shorter && before.startsWith(after.slice(start, start + block), start))
    start += block;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let [end, afterEnd] = [before.length, after.length];
  const isSame = (length: number) =>
    Math.min(end, afterEnd) - length >= start &&
    before.slice(end - length, end) === after.slice(afterEnd - length, afterEnd);
  for (const length of [block, 1]) {
    for (; isSame(length); end -= length) afterEnd -= length;
  }
  return { start, end, text: after.slice(start, afterEnd) };
}
