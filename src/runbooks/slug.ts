/** The fragment of a heading, as GitHub and VS Code make it. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}

/** A fragment with the number that tells it from those `seen` before. */
export function numbered(slug: string, seen: Map<string, number>): string {
  const before = seen.get(slug);
  seen.set(slug, (before ?? -1) + 1);
  return before === undefined ? slug : `${slug}-${before + 1}`;
}

const longestName = 60;
/** Names that Windows gives to devices, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A file name without extension made of a title: short words joined by `-`, safe on every system. */
export function nameOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  let name = '';
  for (const word of words ?? []) {
    if (name.length + word.length >= longestName) break;
    name += name === '' ? word : `-${word}`;
  }
  if (name === '') name = words?.[0]?.slice(0, longestName) ?? 'runbook';
  return device.test(name) ? `${name}-runbook` : name;
}
