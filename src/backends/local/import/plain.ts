import { EntryList } from './entries.ts';
import type { Row } from './table.ts';
import { ticketOf, type TicketContext } from './ticket.ts';

/** A ticket and its timeline from the one row it has. */
export function plainTicket(row: Row, key: string, context: TicketContext) {
  const { cells } = context;
  const ticket = ticketOf(row, key, context);
  const timeline = new EntryList(key, ticket.requester);
  timeline.addDescription(row, ticket.createdAt, cells);
  timeline.addComments(row, undefined, ticket.updatedAt, cells);
  timeline.addResolution(row, ticket.resolvedAt ?? ticket.updatedAt, ticket.assignee, cells);
  return { ticket, entries: timeline.entries };
}
