import type { Entry } from '../../desk/entry.ts';
import { plainText } from '../../desk/htmlText.ts';
import type { Ticket } from '../../desk/ticket.ts';

/** Another ticket, and what it has to do with this one. */
export interface OtherTicket {
  ticket: Ticket;
  why: 'named' | 'requester' | 'asset';
}

export interface KnownTickets {
  /** Of the account, the most recently changed first. */
  tickets: readonly Ticket[];
  byKey(key: string): readonly Ticket[];
}

/** So many of each sort are named. */
const most = 3;
const mostNamed = 8;

/** What belongs to a ticket: those its timeline names, then others of its requester, then others with its assets. */
export function othersOf(ticket: Ticket, entries: readonly Entry[], known: KnownTickets): OtherTicket[] {
  const found = new Map<string, OtherTicket>();
  const add = (tickets: readonly Ticket[], why: OtherTicket['why']) => {
    for (const one of tickets) if (!found.has(one.id)) found.set(one.id, { ticket: one, why });
  };
  const own = (one: Ticket) => one.accountId === ticket.accountId && one.id !== ticket.id;
  const others = known.tickets.filter(own);
  const keys = entries.flatMap(({ body }) => (body ? keysIn(plainText(body)) : []));
  add(
    [...new Set(keys)]
      .flatMap((key) => known.byKey(key))
      .filter(own)
      .slice(0, mostNamed),
    'named',
  );
  const { requester, assets } = ticket;
  add(others.filter((one) => requester && one.requester?.id === requester.id).slice(0, most), 'requester');
  add(others.filter((one) => one.assets.some((asset) => assets.includes(asset))).slice(0, most), 'asset');
  return [...found.values()];
}

/** What looks like the key of a ticket; whether it is one, the store knows. */
function keysIn(text: string): string[] {
  return text.match(/(?<![\w-])(?:[A-Z][A-Z0-9]{0,9}-\d{1,9}|#\d{1,9})(?![\w-])/g) ?? [];
}
