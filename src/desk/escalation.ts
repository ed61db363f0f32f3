import type { Entry, FieldChange } from './entry.ts';
import { parseHandBack } from './handBack.ts';
import { parseHandOff, recipientIn } from './handOff.ts';
import type { Instant, Person } from './ticket.ts';

/** One time that a ticket was handed to others, or returned by them. */
export interface Escalation {
  /** The note that says so. */
  entryId: string;
  at: Instant;
  by: Person;
  direction: 'onward' | 'back';
  /** Given back because all was done that it was handed on for, not because something is missing. */
  done: boolean;
  /** It stayed with its team: a manager was told, or several teams were called together. */
  stays: boolean;
  /** The team it left and the one it went to, where the timeline says. */
  from?: string;
  to?: string;
  /** Who took it, and when: the first to be assigned after it arrived. */
  accepted?: { at: Instant; by: string };
  /** Why, where the note says. */
  reason?: string;
  /** What was asked for, where it came back. */
  missing: string[];
}

/** What became of a ticket's escalations. */
export interface Trace {
  /** How often it was handed on, or others were called to it. */
  onward: number;
  /** How often it came back because something was missing: never more often than it was handed on. */
  bounced: number;
  /** How long each took until somebody had it, in milliseconds. */
  waits: number[];
}

/** The note and the change of team that goes with it are two entries, and servers write them some time apart. */
const together = 15 * 60_000;
/** Servers tell times to the second, and some tell the changes of a moment as one: so the note can come after the change. */
const moment = 2_000;

/** Who handed the ticket to whom, when, and how long it took until somebody had it: from its timeline, oldest first. */
export function escalationsOf(entries: readonly Entry[]): Escalation[] {
  const found: Escalation[] = [];
  for (const [index, entry] of entries.entries()) {
    const text = entry.kind === 'hand-off' ? entry.body?.text : undefined;
    if (text !== undefined) {
      const last = begun(entry, text);
      const before = entries.slice(0, index).filter(({ at, author }) => {
        const claimed = at <= (found.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
        return !claimed && entry.at - at <= moment && author.id === entry.author.id;
      });
      for (const { changes } of before) moved(last, changes);
      found.push(last);
    }
    const last = found.at(-1);
    if (!last) continue;
    if (entry.at - last.at <= together) moved(last, entry.changes);
    const taken = entry.changes.find(({ field, to }) => field === 'assignee' && to !== undefined);
    if (taken?.to !== undefined) last.accepted ??= { at: entry.at, by: taken.to };
  }
  return found;
}

export function traceOf(escalations: readonly Escalation[]): Trace {
  const onward = escalations.filter(({ direction }) => direction === 'onward');
  const bounced = escalations.filter(({ direction, done }) => direction === 'back' && !done).length;
  return {
    onward: onward.length,
    bounced: Math.min(bounced, onward.length),
    waits: onward.flatMap(({ at, accepted }) => (accepted ? [accepted.at - at] : [])),
  };
}

/** Why a hand-off was made, as it says at its top. */
export function reasonIn(text: string): string | undefined {
  return /^\*{0,2}Reason:\*{0,2}[ \t]*(\S.*)$/m.exec(text)?.[1]?.trim();
}

/** Where it went, as the first change of team says. */
function moved(escalation: Escalation, changes: readonly FieldChange[]): void {
  if (escalation.from !== undefined || escalation.stays) return;
  const change = changes.find(({ field }) => field === 'team');
  if (change?.from !== undefined) escalation.from = change.from;
  if (change?.to !== undefined) escalation.to = change.to;
}

function begun({ id: entryId, at, author: by }: Entry, text: string): Escalation {
  const back = parseHandBack(text);
  if (back) {
    return {
      entryId,
      at,
      by,
      direction: 'back',
      done: back.done,
      stays: false,
      to: back.to,
      missing: back.missing,
    };
  }
  const { name: to, stays } = recipientIn(parseHandOff(text)?.to ?? '');
  const reason = reasonIn(text);
  return {
    entryId,
    at,
    by,
    direction: 'onward',
    done: false,
    stays: stays !== undefined,
    ...(to !== '' && { to }),
    ...(reason !== undefined && { reason }),
    missing: [],
  };
}
