import type { Output } from '../desk/run.ts';
import type { Captured } from './capture.ts';
import { applyRedactions, findRedactions, type RedactionKind } from './redaction.ts';

/** A record keeps so much of what a command prints, in characters: the beginning tells what it did, the end how it went. */
const keptHead = 4_000;
const keptTail = 12_000;
/** And of one line. */
const longestLine = 2_000;

const secretKinds: readonly RedactionKind[] = ['private-key', 'token', 'password', 'card'];

/** Shorter ones are in too many words to be taken out of them. */
const shortestKnown = 4;

/**
 * A text without its secrets, those that are known and those that look like one: evidence keeps the names and addresses
 * that the ticket has anyway.
 */
export function withoutSecrets(
  text: string,
  known: readonly string[] = [],
): { text: string; redacted: number } {
  let redacted = 0;
  let left = text;
  for (const secret of known.filter(({ length }) => length >= shortestKnown)) {
    const parts = left.split(secret);
    redacted += parts.length - 1;
    left = parts.join('[secret]');
  }
  const secrets = findRedactions(left).filter(({ kind }) => secretKinds.includes(kind));
  return { text: applyRedactions(left, secrets), redacted: redacted + secrets.length };
}

/** What a command printed, as a record keeps it: without secrets, those that it was given among them. */
export function outputOf({ head, tail, lostLines }: Captured, given: readonly string[] = []): Output {
  const parts = lostLines === 0 ? [head + tail] : [head, withoutHalfKey(tail)];
  const redacted = parts.map((part) => withoutSecrets(asShown(part), given));
  const lines = redacted.map(({ text }) => text.split('\n').map(shortened));
  const [first = [], last = first] = lines;
  const upTo = lineCount(first, keptHead);
  const whole = lostLines === 0 && first.join('\n').length <= keptHead + keptTail;
  if (whole) return { text: first.join('\n'), leftOut: 0, redacted: redacted[0]?.redacted ?? 0 };
  const from = Math.max(last === first ? upTo : 0, last.length - lineCount([...last].reverse(), keptTail));
  const leftOut = lostLines + (last === first ? from - upTo : first.length - upTo + from);
  return {
    text: [...first.slice(0, upTo), `… ${leftOut} lines left out …`, ...last.slice(from)].join('\n'),
    leftOut,
    redacted: redacted.reduce((sum, one) => sum + one.redacted, 0),
  };
}

/** How many of the first lines fit. */
function lineCount(lines: readonly string[], characters: number): number {
  let size = 0;
  const tooMany = lines.findIndex((line) => (size += line.length + 1) > characters);
  return tooMany === -1 ? lines.length : tooMany;
}

function shortened(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)} …` : line;
}

/** The end of a private key whose beginning was let go. */
function withoutHalfKey(text: string): string {
  const end = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text);
  const begins = text.indexOf('-----BEGIN');
  if (end === null || (begins !== -1 && begins < end.index)) return text;
  return `[private key]${text.slice(end.index + end[0].length)}`;
}

/** Erases the rest of a line, in the text that {@link overwritten} reads. */
const erase = '\0';

/**
 * What a terminal shows in the end: without escape sequences, a line that was written again as it was left, and nothing
 * that looks like something it is not.
 */
export function asShown(printed: string): string {
  return withoutEscapes(printed)
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(overwritten)
    .join('\n')
    .replace(/[^\P{Cc}\n\t]|[\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}

const escape = '\u001b';
/** Text for a program (titles, links, marks of the shell's integration), then controls, then what is two characters. */
const sequences = new RegExp(
  [
    `${escape}[\\]PX^_][^\u0007${escape}]*(?:\u0007|${escape}\\\\)`,
    `${escape}\\[[0-?]*[ -/]*[@-~]`,
    `${escape}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

function withoutEscapes(text: string): string {
  return text.replaceAll('\0', '').replace(sequences, (sequence) => {
    if (sequence === `${escape}[2K`) return `\r${erase}`;
    return /^.\[0?K$/.test(sequence) ? erase : '';
  });
}

/** A line that was begun again: what the later text did not reach stays. */
function overwritten(line: string): string {
  if (!/[\r\b\0]/.test(line)) return line;
  let shown: string[] = [];
  let at = 0;
  for (const character of line) {
    if (character === '\r') at = 0;
    else if (character === '\b') at = Math.max(0, at - 1);
    else if (character === erase) shown = shown.slice(0, at);
    else shown[at++] = character;
  }
  return shown.join('');
}
