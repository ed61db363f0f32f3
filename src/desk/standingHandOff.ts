import type { Entry } from './entry.ts';
import { escalationsOf, reasonIn } from './escalation.ts';
import { parseHandBack } from './handBack.ts';
import { parseHandOff, recipientIn, type Staying } from './handOff.ts';
import type { Instant } from './ticket.ts';

/** What whoever has the ticket now must know first: the hand-off it came with, or what is missing of one. */
export interface StandingHandOff {
  entryId: string;
  at: Instant;
  by: string;
  /** The id of who wrote it. */
  byId: string;
  /** Whom it went to. */
  to?: string;
  how: 'handed-on' | 'returned';
  /** It was not handed on: a manager was told, or several teams work on it together. */
  stays?: Staying;
  reason?: string;
  /** Who took it. */
  accepted?: string;
  /** What is to be looked at first, or what is missing: to be ticked off, a line each. */
  checks: string[];
}

/** Nothing where the ticket was never handed on, or came back because all was done. */
export function standingHandOff(entries: readonly Entry[]): StandingHandOff | undefined {
  const entry = entries.findLast(({ kind, body }) => kind === 'hand-off' && body !== undefined);
  if (entry?.body === undefined) return undefined;
  const { text } = entry.body;
  const back = parseHandBack(text);
  if (back?.done) return undefined;
  const handOff = recipientIn(parseHandOff(text)?.to ?? '');
  const told = escalationsOf(entries).at(-1);
  const reason = reasonIn(text);
  return {
    entryId: entry.id,
    at: entry.at,
    by: entry.author.name,
    byId: entry.author.id,
    ...(told?.to !== undefined && { to: told.to }),
    how: back ? 'returned' : 'handed-on',
    ...(handOff.stays && { stays: handOff.stays }),
    ...(reason !== undefined && { reason }),
    ...(told?.accepted && { accepted: told.accepted.by }),
    checks: back ? back.missing : linesOf(parseHandOff(text)?.sections.verifyFirst ?? ''),
  };
}

/** The points of a list, or the lines of a text that is none, without their marks. */
function linesOf(text: string): string[] {
  const mark = /^\s*(?:[-*•]|\d+[.)])\s+(?:\[[ xX]?\]\s*)?/;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const points = lines.filter((line) => mark.test(line));
  return (points.length > 0 ? points : lines).map((line) => line.replace(mark, '').trim());
}
