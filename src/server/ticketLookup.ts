import type { Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Draft } from '../desk/draft.ts';
import type { Entry } from '../desk/entry.ts';
import type { Query } from '../desk/query/query.ts';
import type { StoredLink } from '../desk/links.ts';
import type { Run } from '../desk/run.ts';
import { isActive, type Ticket, type TicketRef } from '../desk/ticket.ts';
import type { MarkdownOutline } from '../runbooks/markdown.ts';
import { KeyFinder, ticketsMeant, type KeyOccurrence, type KeyPattern } from '../runbooks/ticketKeys.ts';
import type { StoreReader, TicketFilter } from '../store/api.ts';
import { lineAt } from './lines.ts';
import { openReader } from '../store/openReader.ts';

const mostSymptoms = 10;
const mostOfSymptom = 50;

interface KnownLinks {
  version: string;
  byId: Map<string | undefined, StoredLink[]>;
  byPath: Map<string, StoredLink[]>;
  byTitle: Map<string, StoredLink[]>;
}

function grouped<K>(links: readonly StoredLink[], keyOf: (link: StoredLink) => K): Map<K, StoredLink[]> {
  const groups = new Map<K, StoredLink[]>();
  for (const link of links) {
    const group = groups.get(keyOf(link));
    if (group === undefined) groups.set(keyOf(link), [link]);
    else group.push(link);
  }
  return groups;
}

/** All words of a text. */
function wordsQuery(text: string): Query {
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return {
    clauses: words.map((word) => [{ negated: false, test: { type: 'words', words: word, prefix: false } }]),
    problems: [],
  };
}

/** Tickets as text names them. The store may appear, or become readable, later than the server. */
export class TicketLookup {
  readonly #storeFolder: string;
  #reader: StoreReader | undefined;
  #patterns: readonly KeyPattern[] = [];
  #finder = new KeyFinder([]);
  #links: KnownLinks | undefined;

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

  /** In the prose of a document. */
  occurrencesIn(outline: MarkdownOutline): readonly KeyOccurrence[] {
    return outline.find(this.#finder);
  }

  occurrenceAt(line: string, offset: number): KeyOccurrence | undefined {
    return this.#finder.at(line, offset);
  }

  /** The key at a place of a document; its range is of the whole document. */
  at(document: TextDocument, position: Position): KeyOccurrence | undefined {
    const found = this.#finder.at(lineAt(document, position.line), position.character);
    const start = document.offsetAt({ line: position.line, character: 0 });
    return found && { ...found, range: { start: start + found.range.start, end: start + found.range.end } };
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

  /** A text that is being written. */
  draft(id: string): Draft | undefined {
    return this.#reader?.draft(id);
  }

  ticket(ref: TicketRef): Ticket | undefined {
    return this.#reader?.ticket(ref);
  }

  /** Most recently changed first. */
  tickets(filter: TicketFilter): Ticket[] {
    return this.#reader?.tickets(filter) ?? [];
  }

  /** The runs that are in progress. */
  openRuns(): readonly Run[] {
    return this.#reader?.runs('open') ?? [];
  }

  /** Ties of tickets to a document, oldest first. */
  linksTo(document: { id?: string; path: string }): readonly StoredLink[] {
    const { byId, byPath } = this.#knownLinks();
    const unnamed = (byPath.get(document.path) ?? []).filter((link) => link.document.id === undefined);
    if (document.id === undefined) return byPath.get(document.path) ?? [];
    return [...(byId.get(document.id) ?? []), ...unnamed];
  }

  /** Open tickets whose text has all words of one of these symptoms, most recent first. */
  openWithSymptom(symptoms: readonly string[]): Ticket[] {
    const found = new Map<string, Ticket>();
    for (const symptom of symptoms.slice(0, mostSymptoms)) {
      for (const { ticket } of this.#reader?.search(wordsQuery(symptom), mostOfSymptom) ?? []) {
        if (isActive(ticket)) found.set(`${ticket.accountId}/${ticket.id}`, ticket);
      }
    }
    return [...found.values()];
  }

  /** Tickets that a document is tied to, as `account/id`. */
  linkedTickets(): ReadonlySet<string> {
    const { byPath } = this.#knownLinks();
    return new Set([...byPath.values()].flat().map(({ ticket }) => `${ticket.accountId}/${ticket.id}`));
  }

  linksTitled(title: string): readonly StoredLink[] {
    return this.#knownLinks().byTitle.get(title) ?? [];
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

  /** Read again when the store changed. */
  #knownLinks(): KnownLinks {
    const version = this.version();
    if (this.#links?.version !== version) {
      const links = this.#reader?.links() ?? [];
      this.#links = {
        version,
        byId: grouped(links, ({ document }) => document.id),
        byPath: grouped(links, ({ document }) => document.path),
        byTitle: grouped(links, ({ document }) => document.title),
      };
    }
    return this.#links;
  }

  #open(): void {
    if (this.#reader !== undefined) return;
    const opened = openReader(this.#storeFolder);
    if (opened.ok) this.#reader = opened.value;
  }
}
