/** What the keys of tickets made here begin with; `INC` is what most imported ones do. */
const usualPrefixes = ['DESK-', 'INC'];

/**
 * Recognises the keys of tickets in free text, as whole words: by the beginnings that keys really have here, so that
 * `utf-8` is none.
 */
export function localKeyPattern(prefixes: readonly string[]): RegExp {
  const known = new Set([
    ...usualPrefixes,
    ...prefixes.filter((prefix) => /^(#|\p{L}+[-_]?)$/u.test(prefix)),
  ]);
  const alternatives = [...known].sort((a, b) => b.length - a.length).join('|');
  return new RegExp(
    `(?<![\\p{L}\\p{N}_#/-])(?:${alternatives})\\d+(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])`,
    'gu',
  );
}
