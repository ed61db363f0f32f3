import type { Entry } from './entry.ts';
import { parseHandBack } from './handBack.ts';
import { parseHandOff } from './handOff.ts';
import { plainText } from './htmlText.ts';
import type { Instant, Person } from './ticket.ts';

/** One time that a ticket was handed to others, or returned by them. */
export interface Escalation {
  at: Instant;
  by: Person;
  direction: 'onward' | 'back';
  /** The team it left and the one it went to, where the timeline says. */
  from?: string;
  to?: string;
  /** Who took it, and when: the first to be assigned after it arrived. */
  accepted?: { at: Instant; by: string };
  /** What was asked for, where it came back. */
  missing: string[];
}

/** The note and the change of team that goes with it are two entries, and servers write them some time apart. */
const together = 15 * 60_000;

/** Who handed the ticket to whom, when, and how long it took until somebody had it: from its timeline, oldest first. */
export function escalationsOf(entries: readonly Entry[]): Escalation[] {
  const found: Escalation[] = [];
  for (const entry of entries) {
    const text = entry.kind === 'hand-off' && entry.body ? plainText(entry.body) : undefined;
    if (text !== undefined) found.push(begun(entry, text));
    const last = found.at(-1);
    if (!last) continue;
    for (const { field, from, to } of entry.changes) {
      if (field === 'team' && last.from === undefined && entry.at - last.at <= together) {
        if (from !== undefined) last.from = from;
        if (to !== undefined) last.to = to;
      }
      if (field === 'assignee' && to !== undefined && last.accepted === undefined) {
        last.accepted = { at: entry.at, by: to };
      }
    }
  }
  return found;
}

function begun({ at, author: by }: Entry, text: string): Escalation {
  const back = parseHandBack(text);
  if (back) return { at, by, direction: 'back', to: back.to, missing: back.missing };
  const to = parseHandOff(text)?.to?.replace(/ \(tier \d\)$/, '');
  return { at, by, direction: 'onward', ...(to !== undefined && { to }), missing: [] };
}
