import type { Range } from './textChange.ts';

const longest = 1000;

/** What a heading reads, without marks of emphasis, code and links. */
export function headingText(text: string, range: Range, isUnderlined: boolean): string {
  let { start, end } = range;
  end = Math.min(end, start + longest);
  if (!isUnderlined) {
    while (text[start] === ' ') start++;
    while (text[start] === '#') start++;
    let marks = end;
    while (marks > start && text[marks - 1] === '#') marks--;
    if (marks === start || text[marks - 1] === ' ' || text[marks - 1] === '\t') end = marks;
  }
  const content = text.slice(start, end);
  return /[[\]*`~_\\]/.test(content) ? plain(content) : content.trim();
}

function plain(written: string): string {
  return written
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?/g, '$1')
    .replace(/[*`~]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}
