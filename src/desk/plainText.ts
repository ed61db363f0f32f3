/**
 * Text on its way into and out of ticketing systems. What is written here must read well for a person and come back
 * the same after line ends, trailing spaces, quoting, escaping of `&` and conversion to and from HTML.
 */

/** Bidirectional marks, zero-width characters and halves of a pair: they make text look like something it is not. */
const invisible = /[\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const control = /\p{Cc}/gu;

/** One line of what somebody else wrote: no line breaks, control or invisible characters, single spaces. */
export function oneLine(text: string): string {
  return text.replace(control, ' ').replace(invisible, '').replace(/\s+/g, ' ').trim();
}

/** For comparing: case and accents do not matter. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** Unix line ends, plain spaces, none of them trailing. */
export function normaliseLines(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\ufeff', '')
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join('\n');
}

const quoteMark = /^ {0,3}> ?/;
const deepestQuote = 10;

/** Takes away the quote marks of a text that is quoted as a whole; a quotation inside a text stays one. */
export function unquote(text: string): string {
  let lines = text.split('\n');
  for (let depth = 0; depth < deepestQuote && isQuoted(lines); depth++) {
    lines = lines.map((line) => line.replace(quoteMark, ''));
  }
  return lines.join('\n');
}

function isQuoted(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  return written.length > 0 && written.every((line) => quoteMark.test(line));
}

/** Escapes what Markdown or HTML would take for a command, within a line. Reads well where nothing was hostile. */
export function escapeInline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<~|]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(&[a-z0-9#]+);/gi, '$1\\;');
}

/** As {@link escapeInline}, for what begins a line: neither heading nor list nor quotation. */
export function escapeLine(text: string): string {
  return escapeInline(text).replace(/^(?:[#>+=-]|\d{1,9}(?=[.)]))/, (mark) =>
    /\d/.test(mark) ? `${mark}\\` : `\\${mark}`,
  );
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
};

/** The inverse of {@link escapeInline}; also undoes the escaping that a system did on its own. */
export function unescapeInline(text: string): string {
  return text.replace(
    /\\?&(amp|lt|gt|quot|apos|#39|nbsp);|\\([!-/:-@[-`{-~])/g,
    (whole, entity: string | undefined, escaped: string | undefined) =>
      escaped ?? (entity === undefined ? whole : (entities[entity] ?? whole)),
  );
}

const tag = /(?<!\\)(\\*)(<)(?=[a-z/!?])/gi;
const image = /(?<!\\)(\\*)(!)(?=\[)/g;
/** Where a link's text ends, and its target or its definition begins. */
const linkEnd = /(?<!\\)(\\*)(\])(?=[([:])/g;

/** A mark that is escaped already stays so: one backslash more would undo it. */
function escaped(text: string, mark: RegExp): string {
  return text.replace(mark, (whole, before: string, sign: string) =>
    before.length % 2 === 0 ? `${before}\\${sign}` : whole,
  );
}

/** Text of strangers that stays text in Markdown: neither HTML nor images nor links nor headings. */
export function disarmText(text: string): string {
  return escaped(escaped(text, tag), linkEnd).replace(
    /^([ \t]*)(#{1,6}[ \t]|```|~~~|(?:[=-][ \t]*){3,}$)/gm,
    '$1\\$2',
  );
}

/** Markdown of strangers that keeps its looks, but shows no HTML and loads no images. */
export function disarmMarkdown(text: string): string {
  return escaped(escaped(text, tag), image);
}
