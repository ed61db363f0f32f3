import type { Entry } from '../desk/entry.ts';
import { plainText } from '../desk/htmlText.ts';
import { messageText } from '../desk/messageText.ts';
import { disarmText, normaliseLines } from '../desk/plainText.ts';

/** Beyond that, an entry is a log file or a mail thread, not something to read. */
const longestText = 8000;

/** What an entry says, without quoted mail, greeting and signature, as Markdown that does nothing but show text. */
export function said(entry: Entry | undefined): string {
  if (entry?.body === undefined) return '';
  const text = messageText(normaliseLines(plainText(entry.body)).slice(0, longestText), entry.author.name);
  return entry.body.format === 'markdown' ? text : disarmText(text);
}

export function quoted(text: string): string {
  return text === '' ? '' : text.replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>');
}

/** What a text tells to do: the items of its lists, else its paragraphs. */
export function stepsOf(text: string): string[] {
  const items = [
    ...text.matchAll(
      /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(.+(?:\n(?![ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t])[ \t]+\S.*)*)/gm,
    ),
  ];
  const steps = items.length > 1 ? items.map(([, item = '']) => item) : text.split(/\n{2,}/);
  return steps.map((step) => step.replace(/\s*\n\s*/g, ' ').trim()).filter((step) => step !== '');
}

/** Sentences that `pattern` is found in, each once. */
export function sentences(texts: readonly string[], pattern: RegExp, most: number): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const sentence of text.split(/(?<=[.!?])\s+|\n+/)) {
      const plain = sentence.replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, '').trim();
      if (plain.length < 400 && pattern.test(plain)) found.add(plain);
    }
  }
  return [...found].slice(0, most);
}

export function firstWords(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length).replace(/\s\S*$/, '')} …`;
}
