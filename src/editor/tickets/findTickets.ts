import { fold } from '../../desk/plainText.ts';
import type { Ticket } from '../../desk/ticket.ts';

/**
 * Tickets that fit what was typed of key, subject or people: first those whose key it is, then those whose key begins
 * so, then those that have every word. Within these the given order stays.
 */
export function findTickets(tickets: readonly Ticket[], typed: string, limit: number): Ticket[] {
  const query = fold(typed).trim();
  if (query === '') return tickets.slice(0, limit);
  const words = query.split(/\s+/);
  const ranked: [Ticket[], Ticket[], Ticket[]] = [[], [], []];
  for (const ticket of tickets) {
    const key = fold(ticket.key);
    if (key === query || key.replace(/^.*?(?=\d+$)/, '') === query) ranked[0].push(ticket);
    else if (key.startsWith(query)) ranked[1].push(ticket);
    else {
      const text = fold(
        [
          ticket.key,
          ticket.subject,
          ticket.requester?.name,
          ticket.requester?.email,
          ticket.assignee?.name,
        ].join(' '),
      );
      if (words.every((word) => text.includes(word))) ranked[2].push(ticket);
    }
  }
  return ranked.flat().slice(0, limit);
}
