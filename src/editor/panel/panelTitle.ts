import type { Ticket } from '../../desk/ticket.ts';

/** The panel's title: the key, and as much of the subject as a tab holds. */
export function titleOf(ticket: Pick<Ticket, 'key' | 'subject'>): string {
  const subject =
    ticket.subject.length > 40 ? `${ticket.subject.slice(0, 39).trimEnd()}\u2026` : ticket.subject;
  return `${ticket.key} ${subject}`;
}
