/** The source of a regular expression, with or without the flag `u`, that fits just this text. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The same, where the text stands as a whole word or words: no letter or digit on either side. */
export function wholeWords(texts: readonly string[]): string {
  return `(?<![\\p{L}\\p{N}])(?:${texts.map(literal).join('|')})(?![\\p{L}\\p{N}])`;
}
