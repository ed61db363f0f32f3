import type { Location, Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ticketDocumentUri } from '../runbooks/languageSettings.ts';
import { relativePath } from './checks/resolutionLinkCheck.ts';
import { idAt, idOccurrences, keyOccurrences } from './occurrences.ts';
import { rangeIn } from './lines.ts';
import type { Texts } from './texts.ts';
import type { TicketLookup } from './ticketLookup.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Of a ticket key: every document that names the ticket. Of a runbook's id: who names it, and the tickets it was used for. */
export class ReferencesFeature {
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;
  readonly #texts: Texts;

  constructor(index: WorkspaceIndex, tickets: TicketLookup, texts: Texts) {
    this.#index = index;
    this.#tickets = tickets;
    this.#texts = texts;
  }

  provide(document: TextDocument, position: Position): Location[] {
    const id = idAt(document, position);
    if (id !== undefined) return [...this.#namingId(id), ...this.#usedFor(id)];
    const occurrence = this.#tickets.at(document, position);
    return occurrence === undefined ? [] : this.#namingTicket(occurrence.key);
  }

  #namingTicket(key: string): Location[] {
    return this.#index.naming(key).flatMap(({ path }) => {
      const document = this.#texts.of(path);
      if (document === undefined) return [];
      return keyOccurrences(document, this.#tickets)
        .filter((one) => one.key === key)
        .map(({ range }) => ({ uri: document.uri, range: rangeIn(document, range) }));
    });
  }

  #namingId(id: string): Location[] {
    const documents = new Set([...this.#index.withId(id), ...this.#index.superseding(id)]);
    return [...documents].flatMap(({ path }) => {
      const document = this.#texts.of(path);
      if (document === undefined) return [];
      return idOccurrences(document, id).map((range) => ({
        uri: document.uri,
        range: rangeIn(document, range),
      }));
    });
  }

  #usedFor(id: string): Location[] {
    return this.#index.withId(id).flatMap(({ path }) => {
      const folder = this.#index.folderOf(path);
      if (folder === undefined) return [];
      return this.#tickets.linksTo({ id, path: relativePath(folder, path) }).map(({ ticket, ticketKey }) => ({
        uri: ticketDocumentUri(ticket.accountId, ticketKey),
        range: top,
      }));
    });
  }
}
