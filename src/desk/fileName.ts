/** In bytes: file systems take 255, with what is added while a file is written. */
const longest = 180;
// Separators, what Windows forbids, control characters, and what reorders the text around it.
const forbidden = /[/\\:*?"<>|\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F]/gu;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name that stays in its folder and shows its true ending, whatever the sender called the file. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(forbidden, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .replace(reserved, '_$1');
  if (clean === '') return 'attachment';
  if (bytesOf(clean) <= longest) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  let start = '';
  let left = longest - bytesOf(ending);
  for (const character of clean.slice(0, clean.length - ending.length)) {
    left -= bytesOf(character);
    if (left < 0) break;
    start += character;
  }
  return start + ending;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
