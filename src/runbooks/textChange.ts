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
