import { literal } from './literal.ts';
import type { Entry } from './entry.ts';
import { isTicking, slaStateAt } from './sla.ts';
import { isActive, ticketRef, type Instant, type Person, type Ticket, type TicketRef } from './ticket.ts';

/** What a user may want to be told of, the most pressing first. */
export const eventKinds = ['slaBreached', 'slaSoon', 'answered', 'mentioned', 'assigned', 'new'] as const;
export type EventKind = (typeof eventKinds)[number];

export interface DeskEvent {
  /** Names the event for ever: who was told of it is not told again. */
  key: string;
  kind: EventKind;
  ref: TicketRef;
  at: Instant;
  /** Who did it. */
  who?: string;
}

export interface Onlooker {
  me: Person;
  /** Their unassigned tickets concern me too. */
  teams: readonly string[];
  now: Instant;
  /** So long before it is due, a service level is due soon. */
  soonMs: number;
  /** I have looked at the ticket up to then. */
  seenUntil: Instant | undefined;
}

/**
 * What of a ticket, as it is now, an onlooker may want to know. State decides, not what was seen to happen: however
 * often it is asked, by whichever window, after whatever pause, the same events come, by the same keys.
 */
export function eventsOf(ticket: Ticket, entries: readonly Entry[], onlooker: Onlooker): DeskEvent[] {
  if (!isActive(ticket)) return [];
  const events = [...mentions(ticket, entries, onlooker)];
  if (ticket.mine) {
    events.push(
      ...serviceLevels(ticket, onlooker),
      ...answers(ticket, entries),
      ...assignment(ticket, entries, onlooker),
    );
  }
  if (isNews(ticket, entries, onlooker)) {
    events.push({ ...event(ticket, 'new', ''), at: ticket.createdAt, ...who(ticket.requester) });
  }
  const { seenUntil = -Infinity } = onlooker;
  return events.filter(({ kind, at }) => kind === 'slaBreached' || kind === 'slaSoon' || at > seenUntil);
}

/** One event for each ticket: the most pressing. */
export function mostPressing(events: readonly DeskEvent[]): DeskEvent[] {
  const first = new Map<string, DeskEvent>();
  const order = events.toSorted(
    (a, b) => eventKinds.indexOf(a.kind) - eventKinds.indexOf(b.kind) || b.at - a.at,
  );
  for (const one of order) {
    const name = JSON.stringify(one.ref);
    if (!first.has(name)) first.set(name, one);
  }
  return [...first.values()];
}

function serviceLevels(ticket: Ticket, { now, soonMs }: Onlooker): DeskEvent[] {
  return ticket.sla.filter(isTicking).flatMap((clock): DeskEvent[] => {
    if (clock.dueAt === undefined) return [];
    const what = `${clock.target} ${clock.dueAt}`;
    const state = slaStateAt(clock, now);
    if (state === 'breached') return [{ ...event(ticket, 'slaBreached', what), at: clock.dueAt }];
    const since = clock.dueAt - soonMs;
    return state === 'running' && since <= now ? [{ ...event(ticket, 'slaSoon', what), at: since }] : [];
  });
}

/** What the requester wrote after the desk's last answer; what opened the ticket is no answer. */
function answers(ticket: Ticket, entries: readonly Entry[]): DeskEvent[] {
  const said = entries.filter(({ visibility, body }) => visibility === 'public' && body !== undefined);
  const answered = said.findLastIndex(({ fromRequester }) => !fromRequester);
  return said
    .slice(Math.max(answered + 1, 1))
    .map((entry) => ({ ...event(ticket, 'answered', entry.id), at: entry.at, ...who(entry.author) }));
}

/** Given to me by somebody else. */
function assignment(ticket: Ticket, entries: readonly Entry[], { me }: Onlooker): DeskEvent[] {
  const last = lastAssignment(entries);
  if (!last || last.author.id === me.id || ticket.assignee?.id !== me.id) return [];
  return [{ ...event(ticket, 'assigned', last.id), at: last.at, ...who(last.author) }];
}

function mentions(ticket: Ticket, entries: readonly Entry[], { me }: Onlooker): DeskEvent[] {
  const pattern = mentionOf(me);
  return entries
    .filter(({ author, body }) => author.id !== me.id && body !== undefined && pattern.test(body.text))
    .map((entry) => ({ ...event(ticket, 'mentioned', entry.id), at: entry.at, ...who(entry.author) }));
}

/** New to me: nobody's in my teams, or mine from the start; not what I made myself. */
function isNews(ticket: Ticket, entries: readonly Entry[], { me, teams }: Onlooker): boolean {
  if (ticket.requester?.id === me.id || entries[0]?.author.id === me.id) return false;
  if (ticket.mine) return lastAssignment(entries) === undefined;
  return ticket.assignee === undefined && ticket.team !== undefined && teams.includes(ticket.team);
}

function lastAssignment(entries: readonly Entry[]): Entry | undefined {
  return entries.findLast(({ changes }) => changes.some(({ field }) => field === 'assignee'));
}

/** `@` and a name, the whole of it: the sign-in name, the full name, or the address before its @. */
function mentionOf({ id, name, email }: Person): RegExp {
  const names = [id, name, email?.split('@')[0] ?? ''].filter((one) => one !== '');
  return new RegExp(`(?<![\\p{L}\\p{N}.@])@(?:${names.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}

function event(ticket: Ticket, kind: EventKind, what: string): Omit<DeskEvent, 'at'> {
  const ref = ticketRef(ticket);
  return { key: JSON.stringify([kind, ref.accountId, ref.id, what]), kind, ref };
}

function who(person: Person | undefined): { who?: string } {
  return person === undefined ? {} : { who: person.name };
}
