import type { Body } from '../../desk/entry.ts';

const longest = 300;
/** Of markup it takes more to have some words. */
const read = 20_000;

/** What a text begins with, in one line. Tags are taken out of HTML only: elsewhere `<carol@example.org>` is text. */
export function bodyStart({ text, format }: Body): string {
  const start = text.slice(0, read);
  const words = format === 'html' ? start.replace(/<(style|script)\b[^<>]*>[^<]*|<[^<>]*>/gi, ' ') : start;
  return words.replace(/\s+/g, ' ').trim().slice(0, longest);
}
