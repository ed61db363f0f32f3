import type { DocumentLink } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ticketDocumentUri } from '../runbooks/languageSettings.ts';
import { valuesOf } from '../runbooks/frontMatter.ts';
import { listedKeys } from './occurrences.ts';
import { rangeIn } from './lines.ts';
import type { Outlines } from './outlines.ts';
import type { Texts } from './texts.ts';
import type { TicketLookup } from './ticketLookup.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** Ticket keys lead to their ticket, ids of other documents to these. Links of Markdown itself are VS Code's. */
export class DocumentLinksFeature {
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;
  readonly #outlines: Outlines;
  readonly #texts: Texts;

  constructor(index: WorkspaceIndex, tickets: TicketLookup, outlines: Outlines, texts: Texts) {
    this.#index = index;
    this.#tickets = tickets;
    this.#outlines = outlines;
    this.#texts = texts;
  }

  provide(document: TextDocument): DocumentLink[] {
    const outline = this.#outlines.of(document);
    if (outline === undefined) return [];
    const { frontMatter, text } = outline;
    const keys = [...listedKeys(text, frontMatter, this.#tickets), ...this.#tickets.occurrencesIn(outline)];
    const toTickets = keys.flatMap((occurrence): DocumentLink[] => {
      const [ticket, other] = this.#tickets.meant(occurrence);
      if (ticket === undefined || other !== undefined) return [];
      const target = ticketDocumentUri(ticket.accountId, ticket.key);
      return [{ range: rangeIn(document, occurrence.range), target, tooltip: 'Read the ticket' }];
    });
    const ranges = frontMatter?.fields.get('supersedes')?.valueRanges ?? [];
    const toDocuments = valuesOf(frontMatter, 'supersedes').flatMap((id, at): DocumentLink[] => {
      const range = ranges[at];
      const [named] = this.#index.withId(id);
      if (range === undefined || named === undefined) return [];
      return [
        { range: rangeIn(document, range), target: this.#texts.uriOf(named.path), tooltip: named.title },
      ];
    });
    return [...toTickets, ...toDocuments];
  }
}
