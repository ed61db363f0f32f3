import type { Entry } from './entry.ts';
import type { Operation, Seen } from './operation.ts';
import { isActive, type Ticket, type TicketRef } from './ticket.ts';

/** How far one side of a pair was passed on to the other. */
export interface Passed {
  /** The status, by its label. */
  status: string;
  active: boolean;
  seen: Seen;
}

/** A ticket and the one made from it on another account: they are kept in step until both are done with. */
export interface TicketPair {
  /** That of the operation that makes the other ticket. */
  id: string;
  from: TicketRef;
  /** Absent until the other account has named it. */
  to?: TicketRef;
  /** Pass on what is said in public, as internal notes. */
  notes: boolean;
  /** The status it has here meanwhile, and the one it goes back to when the other ticket is done. */
  waiting?: { status: string; before: string };
  passed: { from: Passed; to?: Passed };
}

/** Stands for the key and address of the other ticket in a text that is written before it has any. */
export const linkedPlace = '{{linked ticket}}';

/** How a text names a ticket of another system, for whoever has no access to it too. */
export function linkedName(ticket: Pick<Ticket, 'key' | 'url'>): string {
  return ticket.url === undefined ? ticket.key : `${ticket.key} (${ticket.url})`;
}

/** An operation that waited for another one to make a ticket: free to go, with that ticket's name in its texts. */
export function released(operation: Operation, name: string): Operation {
  const steps = operation.steps.map((step) =>
    step.type === 'post' ? { ...step, body: step.body.replaceAll(linkedPlace, () => name) } : step,
  );
  const { after, ...rest } = operation;
  return after === undefined ? operation : { ...rest, steps };
}

/** One ticket of a pair, as the store has it. */
export interface Side {
  ticket: Ticket;
  entries: readonly Entry[];
}

export function passedAt({ ticket, entries }: Side): Passed {
  const until = entries.at(-1)?.at ?? ticket.updatedAt;
  return {
    status: ticket.status.name,
    active: isActive(ticket),
    seen: { until, ids: entries.filter(({ at }) => at === until).map(({ id }) => id) },
  };
}
