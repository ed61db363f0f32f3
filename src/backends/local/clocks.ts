import { IANAZone } from 'luxon';
import type { Entry } from '../../desk/entry.ts';
import type { SlaClock } from '../../desk/sla.ts';
import { slaClocks, type Pause, type SlaPolicy } from '../../desk/slaPolicy.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { LocalTicket } from './port.ts';
import { categoryOf } from './vocabulary.ts';

/** The clocks of a ticket: those it was imported with, otherwise those of the policy. */
export function localClocks({ ticket, entries }: LocalTicket, policy: SlaPolicy): SlaClock[] {
  if (ticket.sla.length > 0) return ticket.sla;
  const zone = IANAZone.create(policy.hours?.zone ?? 'UTC');
  const facts = {
    createdAt: ticket.createdAt,
    rank: ticket.priority.rank,
    firstRespondedAt: firstAnswer(ticket, entries),
    resolvedAt: ticket.resolvedAt,
    pauses: pausesOf(ticket, entries),
  };
  return slaClocks(facts, policy, (instant) => zone.offset(instant));
}

/** When the ticket was not the desk's to work on: pending, or taken for solved until it was opened again. */
export function pausesOf(ticket: Ticket, entries: readonly Entry[]): Pause[] {
  const pauses: Pause[] = [];
  let since: Instant | undefined;
  const rest = (at: Instant, resting: boolean): void => {
    if (resting) since ??= at;
    else if (since !== undefined) {
      if (since < at) pauses.push({ from: since, to: at });
      since = undefined;
    }
  };
  const steps = entries.flatMap(({ at, changes }) => {
    const change = changes.find(({ field }) => field === 'status');
    return change ? [{ ...change, at }] : [];
  });
  // Of an imported ticket it may be known only that it was pending.
  const [first = { from: ticket.status.name }] = steps;
  const began = first.from !== undefined && categoryOf(first.from, ticket);
  if (began === 'pending') rest(ticket.createdAt, true);
  for (const { at, to } of steps) if (to !== undefined) rest(at, isResting(to, ticket));
  if (ticket.resolvedAt !== undefined) rest(ticket.resolvedAt, false);
  if (ticket.status.category === 'pending') pauses.push({ from: since ?? ticket.updatedAt });
  return pauses;
}

/** The first public reply; a ticket that was solved before it had one was answered by that. */
function firstAnswer(ticket: Ticket, entries: readonly Entry[]): Instant | undefined {
  const solved = entries.find(({ changes }) =>
    changes.some(({ field, to }) => field === 'status' && to !== undefined && isSolved(to, ticket)),
  );
  const answers = [ticket.firstRespondedAt, solved?.at].filter((at) => at !== undefined);
  return answers.length === 0 ? undefined : Math.min(...answers);
}

function isSolved(status: string, ticket: Ticket): boolean {
  const category = categoryOf(status, ticket);
  return category === 'resolved' || category === 'closed';
}

function isResting(status: string, ticket: Ticket): boolean {
  const category = categoryOf(status, ticket);
  return category !== 'new' && category !== 'open';
}
