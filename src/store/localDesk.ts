import type { Entry } from '../desk/entry.ts';
import type { Ticket } from '../desk/ticket.ts';

/** A ticket of the local desk with its whole timeline, oldest entry first. */
export interface LocalTicket {
  ticket: Ticket;
  entries: Entry[];
}

/**
 * The local desk's own tables in `work.db`: the ticketing system of those who have none. The rules of the desk are in
 * `backends/local`; this only keeps what it decides.
 */
export interface LocalDeskCommands {
  /**
   * Writes what one step made of a ticket, unless the step `key` was done before (`already`) or the ticket is no
   * longer at `revision` (`stale`). Entries are added, never replaced.
   */
  localApply(change: {
    key: string;
    revision: string;
    ticket: Ticket;
    entries: Entry[];
  }): 'done' | 'already' | 'stale';
  /** Creates a ticket under the next free number; gives its id. Again with the same `key`: the id given before. */
  localCreate(create: { key: string; ticket: Ticket; entries: Entry[] }): string;
  /** All or none. A ticket whose key exists is replaced. Gives how many were new. */
  localImport(tickets: LocalTicket[]): { added: number; replaced: number };
  /** Removes tickets that came from the sample. */
  localRemove(ids: string[]): void;
}

export interface LocalDeskReader {
  localTicket(id: string): LocalTicket | undefined;
  /** Changed after `sequence`, in the order of change. */
  localChanges(sequence: number, limit: number): { tickets: LocalTicket[]; sequence: number };
  /** The ticket a step was done on, if it was. */
  localApplied(key: string): string | undefined;
}
