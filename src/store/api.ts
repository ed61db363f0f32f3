import type { Draft, DraftFile, DraftKind } from '../desk/draft.ts';
import type { Entry } from '../desk/entry.ts';
import type { DeskError, Result } from '../desk/errors.ts';
import type { DocumentRef, StoredLink } from '../desk/links.ts';
import type { Capabilities } from '../desk/capabilities.ts';
import type { Operation } from '../desk/operation.ts';
import type { Passed, TicketPair } from '../desk/pair.ts';
import type { Query } from '../desk/query/query.ts';
import type { Run } from '../desk/run.ts';
import type { Scope } from '../desk/scope.ts';
import type { Instant, Person, Ticket, TicketRef } from '../desk/ticket.ts';
import type { LocalDeskCommands, LocalDeskReader } from './localDesk.ts';
import type { PackedPage } from './page.ts';

/** How an account's last sync went: what the tree says about it. */
export interface AccountState {
  accountId: string;
  /** End of the last sync that went through. */
  lastSyncedAt?: Instant;
  /** Why the last one did not, until one does. */
  error?: DeskError;
  /** Not tried again by itself before then (back-off, rate limit). */
  notBefore?: Instant;
  /** Who was signed in when it last answered. */
  me?: Person;
  capabilities?: Capabilities;
  /** One sentence for each scope that could not be read. */
  problems: string[];
  /** One sentence for each ticket that is in a scope and could not be read. */
  leftOut?: string[];
  /** The scopes (`scopeKey`) whose last pull went through. */
  synced?: string[];
}

/** What the user chose in one window for all of them. */
export type Choice = 'work-offline' | 'snoozed-until';

export interface TicketFilter {
  accountIds?: readonly string[];
  /** Only what is still somebody's work; `false`: only what is not. */
  active?: boolean;
  /** Only what is mine; `false`: only what is not. */
  mine?: boolean;
  /** Only of these teams, by the backend's labels. */
  teams?: readonly string[];
  /** Only what has an assignee; `false`: only what has none. */
  assigned?: boolean;
  /** Only what this query of the user (its text) found. */
  query?: string;
  /** Only what fits it, as far as it is indexed (see {@link StoreReader.unindexed}). */
  fits?: Query;
  /** `urgent`: due first, then by priority, then the oldest. */
  order?: 'recent' | 'urgent';
  offset?: number;
  limit?: number;
}

export interface SearchHit {
  ticket: Ticket;
  /** Plain text around the first of the words that is in the timeline; empty if none is. */
  excerpt: string;
}

/**
 * Synchronous reads on this thread's own read-only connections. Each answer is of one moment; nothing is cached
 * between calls. Values are plain data. What can't be read is answered as if it were not there, and `problem` says why.
 */
export interface StoreReader extends LocalDeskReader {
  /** How many `tickets` there are for a filter, whatever its `limit`. */
  countTickets(filter: TicketFilter): number;
  /** Most recently updated first, unless the filter says otherwise. */
  tickets(filter: TicketFilter): Ticket[];
  /** The same tickets in no order, by their ids alone: of tens of thousands in a moment. */
  ticketIds(filter: Omit<TicketFilter, 'order' | 'offset' | 'limit'>): TicketRef[];
  ticket(ref: TicketRef): Ticket | undefined;
  /** Over all accounts: keys are unique only within one. */
  ticketsByKey(key: string): Ticket[];
  /** Keys that begin so, the most recently updated first. */
  ticketsByPrefix(prefix: string, limit: number): Ticket[];
  /** Oldest first; empty also when the timeline was never fetched (see `hasTimeline`). */
  entries(ref: TicketRef): Entry[];
  hasTimeline(ref: TicketRef): boolean;
  /** What fits a query, newest first; all tickets fit one that is empty. */
  search(query: Query, limit: number): SearchHit[];
  /** Tickets that were stored, but can't be found by a query yet: while many come in at once. */
  unindexed(): number;
  /** Not confirmed yet, oldest first. */
  outbox(): Operation[];
  operation(id: string): Operation | undefined;
  draft(id: string): Draft | undefined;
  draftFor(kind: DraftKind, ref: TicketRef): Draft | undefined;
  drafts(): Draft[];
  /** Files that go with a draft, in the order in which they were added. */
  draftFiles(draftId: string): DraftFile[];
  /** The bytes of one, also when it is on its way. */
  file(id: string): Uint8Array | undefined;
  linksOf(ref: TicketRef): StoredLink[];
  /** Every stored link, oldest first. */
  links(): StoredLink[];
  /** By the document's id; by its path those that were made while it had none. */
  linksTo(document: Pick<DocumentRef, 'id' | 'path'>): StoredLink[];
  run(id: string): Run | undefined;
  /** Those of a ticket, or of all tickets what can still be gone on with; the latest first. */
  runs(of: TicketRef | 'open'): Run[];
  accountState(accountId: string): AccountState | undefined;
  cursor(accountId: string, scope: Scope): string | undefined;
  /** The scopes (`scopeKey`) that have one. */
  scopes(accountId: string): string[];
  /** Entries newer than this have not been seen by the user. */
  seenUntil(ref: TicketRef): Instant | undefined;
  /** Tickets that the user had looked at, and whose requester has written since. */
  unseen(): TicketRef[];
  /** When the user was told of these, by their keys; those they were not told of are missing. */
  told(keys: readonly string[]): Map<string, Instant>;
  /** Nothing of the ticket is told before then. */
  mutedUntil(ref: TicketRef): Instant | undefined;
  choice(name: Choice): string | undefined;
  /** Tickets that are kept in step with others on another account. */
  pairs(): TicketPair[];
  /** Changes whenever anyone (any window, any process) has written. Cheap enough to ask every second. */
  version(): string;
  /** Why the store can't be read at the moment: empty answers mean nothing then. */
  problem(): DeskError | undefined;
  close(): void;
}

/**
 * What the writer can do. Each call is one transaction; when its promise resolves with `ok`, it is on disk.
 * Writes to `work.db` are synced to disk first (`synchronous=FULL`).
 */
export interface StoreCommands extends LocalDeskCommands {
  /** Changes of a scope, and the cursor that follows them. */
  putPage(page: PackedPage): void;
  /** What a query finds at present: all of it. */
  putMembers(members: { accountId: string; query: string; ticketIds: string[] }): void;
  /** Forgets where the account's other scopes were, and what was in them; the tickets stay. */
  keepScopes(kept: { accountId: string; scopes: readonly Scope[] }): void;
  putTimeline(timeline: { ticket: Ticket; entries: Entry[] }): void;
  putTicket(ticket: Ticket): void;
  dropTickets(refs: readonly TicketRef[]): void;
  putAccountState(state: AccountState): void;
  /** Forgets what the account's backend said; `work` also forgets what the user did there. */
  purgeAccount(purge: { accountId: string; work: boolean }): void;
  markSeen(seen: { ref: TicketRef; until: Instant }): void;

  /** Resolved means: on disk. */
  queue(operation: Operation): void;
  /**
   * Compare-and-set: writes `operation` only if the stored one is still in state `from` with `done` steps done.
   * Gives whether it was.
   */
  advance(change: { from: Operation['state']; done: number; operation: Operation }): boolean;
  /** Also takes away what waits for it. */
  discard(operationId: string): boolean;

  /** Both operations and what keeps their tickets in step, or nothing of it. The second waits for the first. */
  queuePair(queued: { pair: TicketPair; first: Operation; second: Operation }): void;
  /**
   * The ticket was made: what waits for this operation goes on, with its name. May be done again. One that can't be seen
   * is kept in step with nothing.
   */
  release(made: { operationId: string; name: string; seen?: { ticket: TicketRef; passed: Passed } }): void;
  /** Queues what there is to pass on, unless somebody else did: `was` is no longer the pair then. Gives whether. */
  passOn(news: { was: TicketPair; pair?: TicketPair; operations: readonly Operation[] }): boolean;

  /** Gives the keys of which the user was not told before: whoever gets one tells of it. */
  tell(telling: { accountId: string; keys: readonly string[]; at: Instant }): string[];
  /** Until 0 takes the mute away; `again`: what may be told once more then. */
  mute(mute: { ref: TicketRef; until: Instant; again: readonly string[] }): void;
  /** Without a value the choice is taken back. */
  choose(choice: { name: Choice; value?: string }): void;

  saveDraft(draft: Draft): void;
  deleteDraft(id: string): void;
  /** A draft's files stay while the draft or an operation that names them does, and a day longer. */
  addFile(file: {
    draft: Pick<Draft, 'id' | 'accountId'>;
    file: DraftFile;
    bytes: Uint8Array;
    at: Instant;
  }): void;
  /** Takes files away from their draft. */
  removeFile(id: string): void;
  /** They go with another draft now. */
  moveFiles(move: { ids: readonly string[]; draftId: string }): void;

  putLink(link: StoredLink): void;
  deleteLink(id: string): void;

  /** Compare-and-set: writes a run only if the stored one is of the version before, or there is none. Gives whether it was. */
  putRun(run: Run): boolean;

  /**
   * One holder a name at a time. A lease may be taken that was not renewed before it ran out, or that lasts longer than
   * any can: the clock was put back since. Gives whether it is held now.
   */
  takeLease(lease: { name: string; holder: string; until: Instant; now: Instant }): boolean;
  releaseLease(lease: { name: string; holder: string }): void;
}

export type StoreCommand = keyof StoreCommands;

/** The one writer: a worker thread that runs commands one after the other. */
export interface StoreWriter {
  run<C extends StoreCommand>(
    command: C,
    argument: Parameters<StoreCommands[C]>[0],
  ): Promise<Result<ReturnType<StoreCommands[C]>>>;
  close(): Promise<void>;
}
