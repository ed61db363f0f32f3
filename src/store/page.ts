import type { Instant } from '../desk/ticket.ts';
import type { StoreCommands } from './api.ts';

type Page = Parameters<StoreCommands['putPage']>[0];

/** A page as it crosses to the writer's thread: text crosses several times as fast as objects do. */
export interface PackedPage extends Omit<Page, 'tickets' | 'timelines'> {
  tickets: PackedTicket[];
}

export interface PackedTicket {
  json: string;
  timeline?: PackedTimeline;
}

/** The entries as JSON, and when the requester last wrote. */
export interface PackedTimeline {
  json: string;
  requesterAt: Instant;
}

/** All that the writer can do: what the store offers, and the form in which pages reach it. */
export interface WriterCommands extends Omit<StoreCommands, 'putPage'> {
  putPackedPage(page: PackedPage): void;
}
export type WriterCommand = keyof WriterCommands;

export function packPage({ tickets, timelines, ...page }: Page): PackedPage {
  const timelineOf = new Map(timelines.map(({ ticketId, entries }) => [ticketId, entries]));
  return {
    ...page,
    tickets: tickets.map((ticket) => {
      const entries = timelineOf.get(ticket.id);
      return { json: JSON.stringify(ticket), ...(entries && { timeline: packTimeline(entries) }) };
    }),
  };
}

export function packTimeline(entries: Page['timelines'][number]['entries']): PackedTimeline {
  const requesterAt = entries.findLast((entry) => entry.fromRequester)?.at ?? 0;
  return { json: JSON.stringify(entries), requesterAt };
}
