import type { Entry } from '../desk/entry.ts';
import { isActive, type Instant, type Ticket } from '../desk/ticket.ts';
import { dueAt } from '../desk/urgency.ts';
import type { StoreCommands } from './api.ts';
import { TextPacker, type PackedText } from './packedText.ts';

type Page = Parameters<StoreCommands['putPage']>[0];

/**
 * Tickets as they cross to the writer's thread and into the database: what is looked up by as values, and all else as
 * the bytes of its JSON, one after the other. Bytes cross without being copied, and are written as they are.
 */
export interface PackedTickets {
  accountId: string;
  tickets: PackedTicket[];
  text: PackedText;
}

export interface PackedPage extends Omit<Page, 'tickets' | 'timelines'>, PackedTickets {}

export interface PackedTicket {
  id: string;
  key: string;
  active: boolean;
  mine: boolean;
  team: string | undefined;
  assigned: boolean;
  dueAt: Instant;
  rank: number;
  createdAt: Instant;
  updatedAt: Instant;
  /** Where its JSON ends; it begins where the one before it ended. */
  end: number;
  timeline?: PackedTimeline;
}

/** The entries, whose JSON ends there, and when the requester last wrote. */
export interface PackedTimeline {
  end: number;
  requesterAt: Instant;
}

/** All that the writer can do: what the store offers, and the form in which pages reach it. */
export interface WriterCommands extends Omit<StoreCommands, 'putPage'> {
  putPackedPage(page: PackedPage): void;
}
export type WriterCommand = keyof WriterCommands;

/** `spare`: room for the text that was used before. */
export function packPage({ tickets, timelines, ...page }: Page, spare?: ArrayBuffer): PackedPage {
  const timelineOf = new Map(timelines.map(({ ticketId, entries }) => [ticketId, entries]));
  return { ...page, ...packTickets(page.accountId, tickets, (id) => timelineOf.get(id), spare) };
}

/** A ticket without a timeline keeps the one it has. */
export function packTickets(
  accountId: string,
  tickets: readonly Ticket[],
  timelineOf: (ticketId: string) => readonly Entry[] | undefined,
  spare?: ArrayBuffer,
): PackedTickets {
  const text = new TextPacker(spare);
  const packed = tickets.map((ticket): PackedTicket => {
    const end = text.add(JSON.stringify(ticket));
    const entries = timelineOf(ticket.id);
    return {
      id: ticket.id,
      key: ticket.key,
      active: isActive(ticket),
      mine: ticket.mine,
      team: ticket.team,
      assigned: ticket.assignee !== undefined,
      dueAt: Math.min(dueAt(ticket), Number.MAX_SAFE_INTEGER),
      rank: ticket.priority.rank,
      createdAt: ticket.createdAt,
      updatedAt: ticket.updatedAt,
      end,
      timeline: entries && {
        end: text.add(JSON.stringify(entries)),
        requesterAt: entries.findLast((entry) => entry.fromRequester)?.at ?? 0,
      },
    };
  });
  return { accountId, tickets: packed, text: text.bytes };
}
