import { isActive, type Ticket } from '../../desk/ticket.ts';
import { wordsOf } from '../../runbooks/words.ts';

/** A ticket that may have the same cause, and what speaks for that. */
export interface SimilarTicket {
  ticket: Ticket;
  /** Words of both subjects, assets of both, and tags of both that most tickets do not have. */
  shared: string[];
}

/** With fewer tickets than that, no tag is common. */
const telling = 10;

/** Open tickets of the account, those that are likest first; without those that are part of something already. */
export function similarTickets(ticket: Ticket, known: readonly Ticket[]): SimilarTicket[] {
  const words = new Set(wordsOf(ticket.subject));
  const others = known.filter(
    (one) => one.accountId === ticket.accountId && one.id !== ticket.id && isActive(one),
  );
  const tags = ticket.tags.filter((tag) => !isCommon(tag, others));
  return others
    .filter((one) => !one.mergedInto && !one.relations?.some(({ kind }) => kind === 'parent'))
    .map((one) => ({
      ticket: one,
      shared: [
        ...new Set([
          ...one.assets.filter((asset) => ticket.assets.includes(asset)),
          ...wordsOf(one.subject).filter((word) => words.has(word)),
          ...one.tags.filter((tag) => tags.includes(tag)),
        ]),
      ],
    }))
    .sort((a, b) => b.shared.length - a.shared.length || b.ticket.createdAt - a.ticket.createdAt);
}

/** A tag of every other ticket says nothing about one. */
function isCommon(tag: string, tickets: readonly Ticket[]): boolean {
  const having = tickets.filter(({ tags }) => tags.includes(tag)).length;
  return tickets.length >= telling && having * 2 >= tickets.length;
}
