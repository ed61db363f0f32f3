import type { Entry } from '../desk/entry.ts';
import type { Ticket, TicketRef } from '../desk/ticket.ts';
import { KeyFinder, ticketsMeant, type KeyOccurrence, type KeyPattern } from '../runbooks/ticketKeys.ts';
import type { StoreReader } from '../store/api.ts';
import { openReader } from '../store/openReader.ts';

/** Tickets as text names them. The store may appear, or become readable, later than the server. */
export class TicketLookup {
  readonly #storeFolder: string;
  #reader: StoreReader | undefined;
  #patterns: readonly KeyPattern[] = [];
  #finder = new KeyFinder([]);

  constructor(storeFolder: string) {
    this.#storeFolder = storeFolder;
    this.#open();
  }

  /** The accounts, or how their keys are written, changed. */
  configure(patterns: readonly KeyPattern[]): void {
    this.#patterns = patterns;
    this.#finder = new KeyFinder(patterns);
  }

  /** Changes whenever anyone wrote to the store. */
  version(): string {
    this.#open();
    return this.#reader?.version() ?? '';
  }

  occurrences(text: string): KeyOccurrence[] {
    return this.#finder.find(text);
  }

  occurrenceAt(line: string, offset: number): KeyOccurrence | undefined {
    return this.#finder.at(line, offset);
  }

  /** See {@link ticketsMeant}. */
  meant(occurrence: KeyOccurrence): Ticket[] {
    return ticketsMeant(occurrence, (key) => this.#reader?.ticketsByKey(key) ?? []);
  }

  /** Most recently changed first. */
  startingWith(prefix: string, limit: number): Ticket[] {
    const known = new Set(this.#patterns.map(({ accountId }) => accountId));
    const tickets = this.#reader?.ticketsByPrefix(prefix, limit) ?? [];
    return tickets.filter(({ accountId }) => known.has(accountId));
  }

  entries(ref: TicketRef): Entry[] {
    return this.#reader?.entries(ref) ?? [];
  }

  /**
   * Is there no such ticket? `dead`: its account has all its tickets here, and this is none of them. `elsewhere`: it
   * may be somebody else's. Neither is said before the accounts it may belong to have synced.
   */
  missing(occurrence: KeyOccurrence): 'dead' | 'elsewhere' | undefined {
    const reader = this.#reader;
    if (reader === undefined || this.meant(occurrence).length > 0 || reader.problem() !== undefined)
      return undefined;
    const { accountIds } = occurrence;
    if (accountIds.some((id) => reader.accountState(id)?.lastSyncedAt === undefined)) return undefined;
    const isComplete = (id: string) =>
      this.#patterns.some((one) => one.accountId === id && one.complete === true);
    return accountIds.every(isComplete) ? 'dead' : 'elsewhere';
  }

  close(): void {
    this.#reader?.close();
  }

  #open(): void {
    if (this.#reader !== undefined) return;
    const opened = openReader(this.#storeFolder);
    if (opened.ok) this.#reader = opened.value;
  }
}
