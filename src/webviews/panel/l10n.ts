import { dateLanguage } from '../../desk/dateLanguage.ts';
import type { Words } from '../messages.ts';

let words: Words = {};
let language = 'en-GB';

/** Takes over the words of the user's language; what is shown before reads English. */
export function setLanguage(tag: string, translated: Words): void {
  words = translated;
  language = dateLanguage(tag);
}

/** The language that dates and numbers are written in. */
export function currentLanguage(): string {
  return language;
}

/** An English sentence in the user's language; `{0}`, `{1}` … stand for the values. */
export function t(message: string, ...values: (string | number)[]): string {
  return (words[message] ?? message).replace(/\{(\d+)\}/g, (place, index: string) =>
    String(values[Number(index)] ?? place),
  );
}
