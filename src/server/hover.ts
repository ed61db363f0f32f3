import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { escapeInline } from '../desk/plainText.ts';
import { ticketSummary } from '../desk/ticketMarkdown.ts';
import type { Ticket } from '../desk/ticket.ts';
import { lineAt, rangeInLine } from './lines.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { readerTime } from './readerTime.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

const mostDocuments = 5;

/** What a ticket key stands for: status, clocks, people, the last entry, and the documents that name it. */
export class HoverFeature {
  readonly #tickets: TicketLookup;
  readonly #index: WorkspaceIndex;

  constructor(tickets: TicketLookup, index: WorkspaceIndex) {
    this.#tickets = tickets;
    this.#index = index;
  }

  provide(document: TextDocument, position: Position): Hover | undefined {
    const occurrence = this.#tickets.occurrenceAt(lineAt(document, position.line), position.character);
    if (occurrence === undefined) return undefined;
    const tickets = this.#tickets.meant(occurrence);
    if (tickets.length === 0) return undefined;
    const value = tickets.map((ticket) => this.#describe(ticket, document.uri)).join('\n\n---\n\n');
    return {
      contents: { kind: MarkupKind.Markdown, value },
      range: rangeInLine(position.line, occurrence.range),
    };
  }

  #describe(ticket: Ticket, here: string): string {
    const now = Date.now();
    const summary = ticketSummary(ticket, this.#tickets.entries(ticket), { now, time: readerTime(now) });
    const documents = this.#index.naming(ticket.key).filter((one) => one.path !== fileOf(here));
    if (documents.length === 0) return summary;
    const titles = documents.slice(0, mostDocuments).map(({ title }) => escapeInline(title));
    const more = documents.length - titles.length;
    return `${summary}\n\nDocuments: ${titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  }
}
