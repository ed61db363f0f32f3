import { fold } from '../../desk/plainText.ts';
import type { Ticket } from '../../desk/ticket.ts';

/** A ticket with what it is found by, made ready once: each key that is pressed looks through all of them. */
export interface Findable {
  ticket: Ticket;
  key: string;
  /** Key, subject and people. */
  text: string;
}

export function findable(ticket: Ticket): Findable {
  const { key, subject, requester, assignee } = ticket;
  const text = fold([key, subject, requester?.name, requester?.email, assignee?.name].join(' '));
  return { ticket, key: fold(key), text };
}

/**
 * Tickets that fit what was typed of key, subject or people: first those whose key it is, then those whose key begins
 * so, then those that have every word. Within these the given order stays.
 */
export function findTickets(tickets: readonly Findable[], typed: string, limit: number): Ticket[] {
  const query = fold(typed).trim();
  const words = query.split(/\s+/);
  const ranked: [Ticket[], Ticket[], Ticket[]] = [[], [], []];
  for (const { ticket, key, text } of tickets) {
    if (!words.every((word) => text.includes(word))) continue;
    if (key === query || (key.endsWith(query) && key.replace(/^.*?(?=\d+$)/, '') === query)) {
      ranked[0].push(ticket);
    } else ranked[key.startsWith(query) ? 1 : 2].push(ticket);
  }
  return ranked.flat().slice(0, limit);
}
