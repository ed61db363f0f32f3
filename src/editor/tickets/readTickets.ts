import type { Ticket } from '../../desk/ticket.ts';
import type { StoreReader, TicketFilter } from '../../store/api.ts';

/** Read in one go: a few milliseconds. */
const page = 200;

/**
 * All tickets that fit, the most urgent first, read a page at a time so that the extension host can do other things in
 * between. Nothing, once `wanted` says that nobody waits for them any more.
 */
export async function readTickets(
  reader: Pick<StoreReader, 'tickets'>,
  filter: TicketFilter,
  wanted: () => boolean,
): Promise<Ticket[] | undefined> {
  const found = new Map<string, Ticket>();
  for (let offset = 0; ; offset += page) {
    const tickets = reader.tickets({ ...filter, order: 'urgent', limit: page, offset });
    for (const ticket of tickets) found.set(`${ticket.accountId}/${ticket.id}`, ticket);
    if (tickets.length < page) return [...found.values()];
    await new Promise((resolve) => setImmediate(resolve));
    if (!wanted()) return undefined;
  }
}
