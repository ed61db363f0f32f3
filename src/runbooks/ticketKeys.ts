import type { Ticket } from '../desk/ticket.ts';
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
export class KeyFinder {
  readonly #patterns: { accountId: string; pattern: RegExp }[] = [];

  constructor(patterns: readonly KeyPattern[]) {
    for (const { accountId, source } of patterns) {
      const pattern = compile(source);
      if (pattern !== undefined) this.#patterns.push({ accountId, pattern });
    }
  }

  /** Every key in `text`, in order; addresses (of the web, of mail, of files) are no text. */
  find(text: string): KeyOccurrence[] {
    const found = new Map<string, KeyOccurrence>();
    const searched = maskAddresses(text);
    for (const { accountId, pattern } of this.#patterns) {
      for (const match of searched.matchAll(pattern)) {
        const [key] = match;
        if (key === '') continue;
        const place = `${match.index}:${key.length}`;
        const known = found.get(place);
        if (known === undefined) {
          const range = { start: match.index, end: match.index + key.length };
          found.set(place, { key, range, accountIds: [accountId] });
        } else {
          known.accountIds.push(accountId);
        }
      }
    }
    return [...found.values()].sort((a, b) => a.range.start - b.range.start);
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

const address =
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=\]\()[^)\n]*(?=\))|(?<=\]:[ \t]*)\S+/gi;

function maskAddresses(text: string): string {
  return text.replace(address, (found) => ' '.repeat(found.length));
}
