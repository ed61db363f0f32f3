import type { PullPage } from '../../src/backends/backend.ts';
import type { Scope } from '../../src/desk/scope.ts';
import { TicketPacker, type PackedPage } from '../../src/store/page.ts';

interface Page extends Omit<PullPage, 'problems'> {
  accountId: string;
  scope: Scope;
}

/** A page as the store takes it. */
export function packPage({ accountId, tickets, timelines = [], ...page }: Page): PackedPage {
  const entriesOf = new Map(timelines.map(({ ticketId, entries }) => [ticketId, entries]));
  const packer = new TicketPacker();
  for (const ticket of tickets) packer.add(ticket, entriesOf.get(ticket.id));
  return { ...page, ...packer.pack(accountId) };
}
