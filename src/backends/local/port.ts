import type { Entry } from '../../desk/entry.ts';
import type { DeskError, Result } from '../../desk/errors.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { LocalDeskSettings } from './settings.ts';

/** A ticket of the local desk with its whole timeline, oldest entry first. */
export interface LocalTicket {
  ticket: Ticket;
  entries: Entry[];
}

/** The bytes of an attachment. */
export interface LocalFile {
  id: string;
  bytes: Uint8Array;
}

/** What one step makes of a ticket: entries and files are added to those it has. */
export interface LocalChange extends LocalTicket {
  files: LocalFile[];
  others?: LocalOther[];
  /** The ticket that everything said so far goes to, with its files; only the history stays. */
  movesTo?: string;
}

/** What the step makes of another ticket as well, which must still be at `revision`. */
export interface LocalOther extends LocalTicket {
  revision: string;
}

/** What the local desk reads; the store's reader is one. */
export interface LocalDeskReads {
  localTicket(id: string): LocalTicket | undefined;
  localChanges(sequence: number, limit: number): { tickets: LocalTicket[]; sequence: number };
  localApplied(key: string): string | undefined;
  localFile(ticketId: string, fileId: string): Uint8Array | undefined;
  localPeople(): Person[];
  localTeams(): string[];
  localKeyPrefixes(): string[];
  /** Why the last read could not be answered, if it could not. */
  problem(): DeskError | undefined;
}

/** What the local desk writes: commands of the store's writer. */
export interface LocalDeskWrites {
  localApply(change: LocalChange & { key: string; revision: string }): 'done' | 'already' | 'stale';
  localCreate(create: LocalTicket & { key: string }): string;
}

/** All that the local desk needs of its surroundings. */
export interface LocalDeskPort {
  reader: LocalDeskReads;
  run<C extends keyof LocalDeskWrites>(
    command: C,
    argument: Parameters<LocalDeskWrites[C]>[0],
  ): Promise<Result<ReturnType<LocalDeskWrites[C]>>>;
  settings(): LocalDeskSettings;
}
