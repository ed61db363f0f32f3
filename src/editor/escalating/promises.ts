import type { Entry } from '../../desk/entry.ts';
import { plainText } from '../../desk/htmlText.ts';

const promise = /\b(?:I|we)(?:'ll|’ll| will| am going to| are going to)\b/i;

/** Sentences in which the desk says that it will do something, since the requester last wrote. */
export function promisesOf(entries: readonly Entry[]): string[] {
  const since = entries.findLastIndex(({ fromRequester }) => fromRequester);
  return promisesIn(entries.slice(since + 1));
}

/** The same, whenever it was said. */
export function promisesIn(entries: readonly Entry[]): string[] {
  return entries
    .filter(({ visibility, body, fromRequester }) => visibility === 'public' && body && !fromRequester)
    .flatMap(({ body }) => sentences(body ? plainText(body) : ''))
    .filter((sentence) => promise.test(sentence));
}

function sentences(text: string): string[] {
  return text
    .replace(/^>.*$/gm, '')
    .split(/(?<=[.!?])\s+|\n{2,}/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}
