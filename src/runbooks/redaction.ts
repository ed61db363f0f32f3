import { literal } from '../desk/literal.ts';
import { patterns, type Detector } from './redactionPatterns.ts';
import type { Range } from './textChange.ts';

export const redactionKinds = [
  'private-key',
  'token',
  'password',
  'card',
  'email',
  'phone',
  'ip-address',
  'host',
  'user',
  'person',
] as const;
export type RedactionKind = (typeof redactionKinds)[number];

/** Something that should not reach a repository, for the user to look at. */
export interface Redaction {
  range: Range;
  kind: RedactionKind;
  /** What is there. */
  text: string;
  /** What would be there instead. */
  replacement: string;
}

/** Somebody whose name may be in the text. */
export interface KnownPerson {
  name: string;
  /** Sign-in name. */
  id?: string;
  role: 'requester' | 'colleague';
}

/**
 * Finds secrets, and what names or reaches a person, in order and without overlap. It errs on the side of asking: the
 * user decides about each.
 */
export function findRedactions(text: string, people: readonly KnownPerson[] = []): Redaction[] {
  return find(text, [...patterns, ...people.flatMap(detectorsOf)]);
}

function find(text: string, detectors: readonly Detector[]): Redaction[] {
  const found: Redaction[] = [];
  for (const detector of detectors) {
    for (const match of text.matchAll(detector.pattern)) {
      const secret = match.groups?.secret ?? match[0];
      if (secret === '' || detector.isHarmless?.(secret, match) === true) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      const range = { start, end: start + secret.length };
      found.push({ range, kind: detector.kind, text: secret, replacement: detector.replacement });
    }
  }
  return withoutOverlap(text, found);
}

/** A key is named by its first line too; of the key itself there are at least some lines. */
const keyBody = /-----\s(?:\s*[\w-]+: .*\n)*\s*[\w+/=\s]{40,}/;
const example =
  /example|sample|change.?me|your|pass|secret|token|dummy|foo|bar|test|abc|123456|xxx|admin|^my|demo|^-|\$|<|\{|\(|\/|\.{2}|\*/i;

/** What is sure to be a secret: a password counts if it is made up of letters and digits and is no example. */
const isSure: Partial<Record<RedactionKind, (secret: string) => boolean>> = {
  'private-key': (secret) => keyBody.test(secret),
  token: (secret) => !/(.)\1{7}|example/i.test(secret),
  password: (secret) =>
    secret.length >= 8 && /\p{L}/u.test(secret) && /\d/.test(secret) && !example.test(secret),
};

const secretDetectors = patterns.flatMap((detector): Detector[] => {
  const sure = isSure[detector.kind];
  if (sure === undefined) return [];
  const isHarmless: Detector['isHarmless'] = (secret, match) =>
    !sure(secret) || detector.isHarmless?.(secret, match) === true;
  return [{ ...detector, isHarmless }];
});

/** Secrets in a text that is public or will be: sure ones only, because nobody is asked about each. */
export function findSecrets(text: string): Redaction[] {
  return find(text, secretDetectors);
}

/** The text with these taken out. */
export function applyRedactions(text: string, redactions: readonly Redaction[]): string {
  let result = '';
  let from = 0;
  for (const { range, replacement } of [...redactions].sort((a, b) => a.range.start - b.range.start)) {
    result += text.slice(from, range.start) + replacement;
    from = range.end;
  }
  return result + text.slice(from);
}

/** Two that overlap are one, called as what was looked for first: secrets before addresses before names. */
function withoutOverlap(text: string, found: readonly Redaction[]): Redaction[] {
  const kept: { redaction: Redaction; order: number }[] = [];
  const byPlace = found.map((redaction, order) => ({ redaction, order }));
  byPlace.sort((a, b) => a.redaction.range.start - b.redaction.range.start || a.order - b.order);
  for (const one of byPlace) {
    const last = kept.at(-1);
    const { start, end } = last?.redaction.range ?? { start: 0, end: 0 };
    if (last === undefined || one.redaction.range.start >= end) {
      kept.push(one);
      continue;
    }
    const first = one.order < last.order ? one : last;
    const range = { start, end: Math.max(end, one.redaction.range.end) };
    const whole = { ...first.redaction, range, text: text.slice(range.start, range.end) };
    kept[kept.length - 1] = { redaction: whole, order: first.order };
  }
  return kept.map(({ redaction }) => redaction);
}

/** Words of names that are words of sentences too: alone they name nobody. */
const ordinary = new Set(
  `April August Bank Banks Bill Black Brown Chase Chip Day Drew Faith Field Fields Grace Grant Green Hall Hill Hope Hunter
  Iris Ivy Joy June King Lake Lane Light Long Major Mark May Miles Mills North Page Park Price Ray Reed Rich Rob Rock Rose
  Rush Sky Stone Street Summer Sunny Token Wall Ward Way West White Will Wood Woods Young`.split(/\s+/),
);
/** Sign-in names of systems, not of people. */
const systems = new Set([
  'admin',
  'administrator',
  'guest',
  'helpdesk',
  'nobody',
  'root',
  'support',
  'system',
  'user',
]);

/** Names that stand within a sentence without spaces around them, and may be written with or without one. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+(?:[\s・]+[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+)*$/u;

function detectorsOf({ name, id, role }: KnownPerson): Detector[] {
  const replacement = `[${role}]`;
  const parts = name
    .split(/[\s,]+/)
    .filter((part) => /^\p{Lu}[\p{L}'’-]{2,}$/u.test(part) && !ordinary.has(part));
  const whole = [name, name.split(/\s+/).reverse().join(', '), name.split(/\s+/).reverse().join(' ')];
  const names = [...(/\p{L}\s+\p{L}/u.test(name) ? whole : []), ...parts];
  const detectors: Detector[] = [];
  if (unspaced.test(name) && name.length > 1) {
    const pattern = new RegExp(name.split(/[\s・]+/).join('[\\s・]*'), 'gu');
    detectors.push({ kind: 'person', replacement, pattern });
  } else if (names.length > 0) {
    detectors.push({ kind: 'person', replacement, pattern: words(names, 'gu') });
  }
  if (id !== undefined && /^\p{L}[\p{L}\p{N}._-]{2,}$/u.test(id) && !systems.has(id.toLowerCase())) {
    detectors.push({ kind: 'user', replacement, pattern: words([id], 'giu') });
  }
  return detectors;
}

function words(all: readonly string[], flags: string): RegExp {
  const alternatives = all.map((word) => literal(word).replace(/\s+/g, '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}_])`, flags);
}
