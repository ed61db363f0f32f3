import type { Ticket } from '../desk/ticket.ts';
import type { Finder, MarkdownOutline } from './markdown.ts';
import { movedItem } from './markdownPiece.ts';
import type { Range } from './textChange.ts';

/** How tickets of an account are written in text. */
export interface KeyPattern {
  accountId: string;
  /** A regular expression that recognises whole keys. */
  source: string;
  /** Every ticket there is is in the store, not only one's own: a key that is not there names nothing. */
  complete?: boolean;
}

export interface KeyOccurrence {
  key: string;
  range: Range;
  /** All whose pattern it matches. */
  accountIds: string[];
}

/** Finds ticket keys in text. */
export class KeyFinder implements Finder<KeyOccurrence> {
  readonly #patterns: { accountIds: string[]; pattern: RegExp }[] = [];

  constructor(patterns: readonly KeyPattern[]) {
    for (const { accountId, source } of patterns) {
      const known = this.#patterns.find(({ pattern }) => pattern.source === source);
      const pattern = known?.pattern ?? compile(source);
      if (known !== undefined) known.accountIds.push(accountId);
      else if (pattern !== undefined) this.#patterns.push({ accountIds: [accountId], pattern });
    }
  }

  /** Every key in `text`, in order; addresses (of the web, of mail, of files) are no text. */
  find(text: string): KeyOccurrence[] {
    const found = new Map<string, KeyOccurrence>();
    for (const { accountIds, pattern } of this.#patterns) {
      for (const match of text.matchAll(pattern)) {
        const [key] = match;
        const range = { start: match.index, end: match.index + key.length };
        if (key === '' || isInAddress(text, range)) continue;
        const place = `${range.start}:${key.length}`;
        const known = found.get(place);
        if (known === undefined) found.set(place, { key, range, accountIds: [...accountIds] });
        else known.accountIds.push(...accountIds);
      }
    }
    return [...found.values()].sort((a, b) => a.range.start - b.range.start);
  }

  /** Every key in the prose of a part of a Markdown text. */
  findIn(outline: MarkdownOutline, { start, end }: Range): KeyOccurrence[] {
    return this.find(outline.text.slice(start, end))
      .map((occurrence) => movedItem(occurrence, start))
      .filter(({ range }) => !outline.isMasked(range.start));
  }

  /** The keys in the prose of a Markdown text, each once: quicker than to find their places. */
  keysIn(outline: MarkdownOutline): Set<string> {
    const { text } = outline;
    const keys = new Set<string>();
    for (const { pattern } of this.#patterns) {
      pattern.lastIndex = 0;
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const [key] = match;
        if (key === '') pattern.lastIndex++;
        if (key === '' || keys.has(key) || outline.isMasked(match.index)) continue;
        if (!isInAddress(text, { start: match.index, end: match.index + key.length })) keys.add(key);
      }
    }
    return keys;
  }

  /** The key that `offset` lies in or touches. */
  at(text: string, offset: number): KeyOccurrence | undefined {
    return this.find(text).find(({ range }) => range.start <= offset && offset <= range.end);
  }
}

/** The tickets that a key in a text means: one, unless several accounts write their keys alike. */
export function ticketsMeant(
  { key, accountIds }: Pick<KeyOccurrence, 'key' | 'accountIds'>,
  byKey: (key: string) => readonly Ticket[],
): Ticket[] {
  const named = (text: string) => byKey(text).filter(({ accountId }) => accountIds.includes(accountId));
  const tickets = named(key);
  return tickets.length > 0 ? tickets : named(key.replace('#', '-'));
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'gu');
  } catch {
    return undefined;
  }
}

const address = /\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
/** An address is no longer than that on either side of what lies in it. */
const reach = 1000;

/** Is what stands there part of an address? Looked at only where a key was found, never over a whole text. */
function isInAddress(text: string, { start, end }: Range): boolean {
  if (isInTarget(text, start)) return true;
  if (endsWord(text, start - 1, -1) && endsWord(text, end, 1)) return false;
  let from = start;
  while (from > 0 && start - from < reach && text.charCodeAt(from - 1) > 32) from--;
  let to = end;
  while (to < text.length && to - end < reach && text.charCodeAt(to) > 32) to++;
  for (const match of text.slice(from, to).matchAll(address)) {
    const at = from + match.index;
    if (at <= start && at + match[0].length >= end) return true;
  }
  return false;
}

/** Does it stand in the target of a link, `](here)`, or of a reference, `]: here`? */
function isInTarget(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at < reach; at--) {
    const character = text.charCodeAt(at);
    if (character === 10 || character === 41) return false;
    if (character === 40 && text.charCodeAt(at - 1) === 93) return true;
    if (character === 58 && text.charCodeAt(at - 1) === 93) return !/\S[ \t]/.test(text.slice(at + 1, start));
  }
  return false;
}

/** Nothing that belongs to an address: the start, the end, a space, or the end of a sentence. */
function endsWord(text: string, at: number, step: -1 | 1): boolean {
  const character = text.charCodeAt(at);
  if (Number.isNaN(character) || character <= 32 || character === 44 || character === 59) return true;
  return step === 1 && character === 46 && endsWord(text, at + 1, 1);
}
