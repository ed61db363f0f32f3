import type { Vocabulary } from '../backends/backend.ts';
import type { DeskError, Result } from '../desk/errors.ts';
import type { Intent, Operation, Step } from '../desk/operation.ts';
import type { Instant, Person, Ticket, TicketRef } from '../desk/ticket.ts';
import type { AcrossRequest } from './pairs.ts';

/** What the user asks for; the engine adds what it needs to send it safely. */
export interface Request {
  accountId: string;
  /** What the user was looking at; absent for a new ticket. */
  ticket?: Ticket;
  /** What the user had seen, where it differs from `ticket` (a draft begun earlier). */
  baseRevision?: string;
  /**
   * Entries up to here had been seen: the `updatedAt` of the ticket in front of the user when the writing began.
   * Needed only where `baseRevision` differs from the revision of `ticket`.
   */
  seenUntil?: Instant;
  label: string;
  intent: Intent;
  steps: Step[];
}

/** `idle`: looked at, but nothing is done in it. `away`: another window is in front. */
export type Attention = 'active' | 'idle' | 'away';

export interface Disposable {
  dispose(): void;
}

/** The engine that keeps the store and the backends in step. Everything the editor does to a ticket goes through it. */
export interface Sync {
  /** Starts the schedule. Nothing is sent or read before. */
  start(): void;

  /** Is the user at work in this window? Others ask their backends less often. */
  setAttention(attention: Attention): void;

  /**
   * By choice, in all windows: nothing is asked of any server, and what is done waits in the outbox. Going back online
   * sends and fetches at once.
   */
  workOffline(offline: boolean): Promise<Result<void>>;
  /** Of an account: what has no server is always within reach. */
  isWorkingOffline(accountId?: string): boolean;

  /** Pushes and pulls now; all accounts without an id. Resolves when done; the outcome is in the store. */
  syncNow(accountId: string | undefined, signal: AbortSignal): Promise<Result<void>>;

  /**
   * Puts an operation into the outbox. Resolves once it is on disk ("queued"); sending goes on in the background.
   */
  enqueue(request: Request): Promise<Result<Operation>>;

  /**
   * Makes a ticket on another account from one here, and keeps both in step until both are done with. Resolves once all
   * of it is on disk, with the operation that makes the ticket.
   */
  escalateAcross(request: AcrossRequest): Promise<Result<Operation>>;

  /** Sends a failed, conflicting or unknown operation again, from the step where it stopped; `force` past a conflict. */
  retry(operationId: string, options: { force: boolean }): Promise<Result<void>>;
  /** Only what is not being sent at this moment. */
  discard(operationId: string): Promise<Result<void>>;

  /** Resolves when nothing that could be sent now is left unsent. */
  idle(): Promise<void>;

  /** Resolves when nothing is read, written or sent any more for accounts that were removed. */
  letGo(): Promise<void>;

  /** Fetches a ticket's timeline into the store. */
  refreshTicket(ref: TicketRef, signal: AbortSignal): Promise<Result<void>>;

  vocabulary(
    accountId: string,
    ticketId: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<Vocabulary>>;
  people(accountId: string, query: string, signal: AbortSignal): Promise<Result<Person[]>>;
  attachment(
    ref: TicketRef,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>>;

  /** Why nothing can be written at the moment: the disk is full or read-only, or another window holds the store. */
  storeProblem(): DeskError | undefined;

  /** The store changed, by us or by another window. */
  onDidChange(listener: () => void): Disposable;
  /** A sync begins or ends. */
  onDidChangeActivity(listener: (busy: boolean) => void): Disposable;

  dispose(): Promise<void>;
}
