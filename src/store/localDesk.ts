import type { Entry } from '../desk/entry.ts';
import type { Person, Ticket } from '../desk/ticket.ts';

/** A ticket of the local desk with its whole timeline, oldest entry first. */
export interface LocalTicket {
  ticket: Ticket;
  entries: Entry[];
}

/** The bytes of an attachment; `id` is the one in the entry. */
export interface LocalFile {
  id: string;
  bytes: Uint8Array;
}

/** A ticket to import; its files are those that its entries name. */
export interface ImportedTicket extends LocalTicket {
  files?: LocalFile[];
}

/**
 * The local desk's own tables in `work.db`: the ticketing system of those who have none. The rules of the desk are in
 * `backends/local`; this only keeps what it decides. The store gives every ticket it writes a new revision.
 */
export interface LocalDeskCommands {
  /**
   * Writes what one step made of a ticket (and of `others`), unless the step `key` was done before (`already`) or one
   * of the tickets is no longer at its `revision` (`stale`). Entries are added, never replaced; what was said so far
   * goes to the ticket `movesTo`, with its files.
   */
  localApply(change: {
    key: string;
    revision: string;
    ticket: Ticket;
    entries: Entry[];
    files: LocalFile[];
    others?: { ticket: Ticket; entries: Entry[]; revision: string }[];
    movesTo?: string;
  }): 'done' | 'already' | 'stale';
  /**
   * Creates a ticket under the next free number, which becomes its id and key; gives the id. Again with the same
   * step `key`: the id given before.
   */
  localCreate(create: { key: string; ticket: Ticket; entries: Entry[] }): string;
  /**
   * All or none. A ticket whose key exists is replaced and keeps its id, unless somebody worked on it here since it
   * was imported: then it is `kept` as it is.
   */
  localImport(tickets: ImportedTicket[]): { added: number; replaced: number; kept: number };
  /** Removes tickets that came from the sample. */
  localRemove(ids: string[]): void;
}

export interface LocalDeskReader {
  localTicket(id: string): LocalTicket | undefined;
  /** Changed after `sequence`, in the order of change; `sequence` is where to go on. */
  localChanges(sequence: number, limit: number): { tickets: LocalTicket[]; sequence: number };
  /** The ticket a step was done on, if it was. */
  localApplied(key: string): string | undefined;
  localFile(ticketId: string, fileId: string): Uint8Array | undefined;
  /** Everybody who is named in a ticket, by name. */
  localPeople(): Person[];
  /** The teams that tickets are with, by name. */
  localTeams(): string[];
  /** What the keys begin with before their number: `DESK-`, `INC`. */
  localKeyPrefixes(): string[];
}
