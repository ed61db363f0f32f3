import { isUse, type DocumentRef, type StoredLink } from '../desk/links.ts';
import type { Ticket, TicketRef } from '../desk/ticket.ts';
import { conversationText, neededFor } from '../runbooks/comparedText.ts';
import type { IndexedDocument } from '../runbooks/documentRecord.ts';
import { staleSince } from '../runbooks/freshness.ts';
import type { KnowledgeGaps, SuggestedDocument, TicketKnowledge } from '../runbooks/knowledgeMessages.ts';
import { relativePath } from './checks/resolutionLinkCheck.ts';
import { DocumentTexts } from './documentTexts.ts';
import type { Texts } from './texts.ts';
import { TicketIndex } from './ticketIndex.ts';
import type { TicketLookup } from './ticketLookup.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

const mostDocuments = 6;
const mostSimilar = 6;
const mostSolved = 500;
const mostGaps = 20;

export interface KnowledgeOptions {
  index: WorkspaceIndex;
  tickets: TicketLookup;
  texts: Texts;
  isRunbook: (document: IndexedDocument) => boolean;
}

/** What helps with a ticket, and where knowledge is missing. */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #documents: DocumentTexts;
  readonly #ticketIndex: TicketIndex;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#documents = new DocumentTexts(options.index, options.texts);
    this.#ticketIndex = new TicketIndex(options.tickets);
  }

  async ofTicket(ref: TicketRef): Promise<TicketKnowledge> {
    const ticket = this.#options.tickets.ticket(ref);
    if (ticket === undefined) return { documents: [], similar: [] };
    const [documents, similar] = await Promise.all([
      this.#suggest(ticket),
      this.#ticketIndex.similar(ticket, mostSimilar),
    ]);
    return { documents, similar };
  }

  async gaps(): Promise<KnowledgeGaps> {
    const { index, texts, isRunbook } = this.#options;
    const linked = this.#options.tickets.linkedTickets();
    const clusters = await this.#ticketIndex.undocumented(
      ({ accountId, id, key }) => linked.has(`${accountId}/${id}`) || index.naming(key).length > 0,
      mostSolved,
    );
    const runbooks = [...index.all()].filter(isRunbook);
    const named = ({ path, title }: IndexedDocument) => ({ uri: texts.uriOf(path), title });
    const stale = runbooks.flatMap((document) => {
      const since = staleSince(document.frontMatter, Date.now());
      return since === undefined ? [] : { ...named(document), days: since.days };
    });
    const unused = runbooks.filter(
      (document) => this.#linksTo(document).length === 0 && document.tickets.length === 0,
    );
    return {
      clusters: clusters.slice(0, mostGaps).map((tickets) => ({ title: tickets[0]?.subject ?? '', tickets })),
      stale: stale.sort((a, b) => b.days - a.days).slice(0, mostGaps),
      unused: unused.slice(0, mostGaps).map(named),
    };
  }

  /** By text, by services and symptoms, and by what was proven: solved tickets speak for a document, failures against it. */
  async #suggest(ticket: Ticket): Promise<SuggestedDocument[]> {
    const found = await this.#documents.find(
      conversationText(ticket, this.#options.tickets.entries(ticket)),
      mostDocuments * 3,
      (document) => this.#options.isRunbook(document) && document.values('confidence')[0] !== 'archived',
    );
    const best = Math.max(1, found[0]?.score ?? 0);
    const naming = this.#options.index
      .naming(ticket.key)
      .filter(({ tickets }) => tickets.includes(ticket.key))
      .map((document) => ({ document, score: best }));
    const needed = neededFor(ticket);
    const isWorthIt = ({ document, score }: (typeof found)[number]) =>
      score >= best * needed(document.title, (field) => document.values(field));
    const candidates = [...naming, ...found.filter(isWorthIt)];
    const seen = new Set<string>();
    return candidates
      .filter(({ document }) => !seen.has(document.path) && seen.add(document.path))
      .map(({ document, score }) => this.#rated(document, score / best, ticket))
      .sort((a, b) => Number(b.suggested.namesTicket) - Number(a.suggested.namesTicket) || b.rank - a.rank)
      .slice(0, mostDocuments)
      .map(({ suggested }) => suggested);
  }

  #rated(
    document: IndexedDocument,
    score: number,
    ticket: Ticket,
  ): { rank: number; suggested: SuggestedDocument } {
    const links = this.#linksTo(document);
    const counted = (outcomes: readonly (string | undefined)[]) =>
      new Set(links.filter(({ outcome }) => outcomes.includes(outcome)).map(({ ticketKey }) => ticketKey))
        .size;
    const solved = counted(['solved', 'solved-with-changes', 'written-from']);
    const failed = counted(['did-not-help']);
    const success = (solved + 1) / (solved + failed + 2);
    const said = ticket.tags.concat(ticket.assets, ticket.team ?? '').map((word) => word.toLowerCase());
    const services = document.values('services').concat(document.values('tags'));
    const fits = services.some((service) => said.includes(service.toLowerCase()));
    const rank = score * (0.6 + 0.8 * success + 0.05 * Math.min(4, solved)) * (fits ? 1.2 : 1);
    const used = new Set(links.filter(isUse).map(({ ticketKey }) => ticketKey)).size;
    const namesTicket = document.tickets.includes(ticket.key);
    const suggested = {
      uri: this.#options.texts.uriOf(document.path),
      ref: this.#refOf(document),
      used,
      solved: counted(['solved', 'solved-with-changes']),
      namesTicket,
    };
    return { rank, suggested };
  }

  #refOf(document: IndexedDocument): DocumentRef {
    const folder = this.#options.index.folderOf(document.path);
    return {
      ...(document.id !== undefined && { id: document.id }),
      title: document.title,
      path: folder === undefined ? document.path : relativePath(folder, document.path),
    };
  }

  #linksTo(document: IndexedDocument): readonly StoredLink[] {
    const { id, path } = this.#refOf(document);
    return this.#options.tickets.linksTo({ ...(id !== undefined && { id }), path });
  }
}
