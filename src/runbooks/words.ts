/** Words that say nothing about a problem. */
const stopWords = new Set(
  `a about after all also am an and any are as at be been but by can could did do does for from get got had has have he
  hello her hi him his how i if in into is it its just me my no not now of off on or our out please she so some still
  thank thanks that the their them then there they this to try up us was we were what when which will with would you
  your re fwd regards dear best kind`.split(/\s+/),
);
const longestWord = 40;

/**
 * The words of a text that carry meaning, lower case, without accents and without the `s` of a plural. What is written
 * together is there whole and in parts: `WinHTTP`, `e-mail`, `about:config`, `ole32.dll`.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  for (const [written] of plain.matchAll(/[\p{L}\p{N}]+(?:[._'’-][\p{L}\p{N}]+)*/gu)) {
    const whole = written.toLowerCase();
    const parts = /[^\p{L}\p{N}]|\p{Ll}\p{Lu}/u.test(written)
      ? written
          .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
      : [whole];
    if (parts.length > 1) add(words, whole.replace(/[^\p{L}\p{N}]/gu, ''));
    for (const part of parts) add(words, part);
  }
  return words;
}

function add(words: string[], word: string): void {
  if (word.length < 2 || word.length > longestWord || stopWords.has(word)) return;
  words.push(word.length > 4 && /[^su]s$/.test(word) ? word.slice(0, -1) : word);
}
