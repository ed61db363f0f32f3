import { isActive, type Ticket } from '../../desk/ticket.ts';
import { wordsOf } from '../../runbooks/words.ts';

/** A ticket that may have the same cause, and what speaks for that. */
export interface SimilarTicket {
  ticket: Ticket;
  /** Words of both subjects, tags and assets of both. */
  shared: string[];
}

/** Open tickets of the account, those that are likest first; without those that are part of something already. */
export function similarTickets(ticket: Ticket, known: readonly Ticket[]): SimilarTicket[] {
  const words = new Set(wordsOf(ticket.subject));
  return known
    .filter((one) => one.accountId === ticket.accountId && one.id !== ticket.id && isActive(one))
    .filter((one) => !one.mergedInto && !one.relations?.some(({ kind }) => kind === 'parent'))
    .map((one) => ({
      ticket: one,
      shared: [
        ...new Set([
          ...one.assets.filter((asset) => ticket.assets.includes(asset)),
          ...wordsOf(one.subject).filter((word) => words.has(word)),
          ...one.tags.filter((tag) => ticket.tags.includes(tag)),
        ]),
      ],
    }))
    .sort((a, b) => b.shared.length - a.shared.length || b.ticket.createdAt - a.ticket.createdAt);
}
