import type { LocationLink, Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ticketDocumentUri } from '../runbooks/languageSettings.ts';
import { rangeIn } from './lines.ts';
import { idAt, idOccurrences } from './occurrences.ts';
import type { Texts } from './texts.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** From a ticket key to the ticket, as a read-only document; from the id of another document to that. */
export class DefinitionFeature {
  readonly #tickets: TicketLookup;
  readonly #index: WorkspaceIndex;
  readonly #texts: Texts;

  constructor(tickets: TicketLookup, index: WorkspaceIndex, texts: Texts) {
    this.#tickets = tickets;
    this.#index = index;
    this.#texts = texts;
  }

  provide(document: TextDocument, position: Position): LocationLink[] {
    const id = idAt(document, position);
    if (id !== undefined) return this.#documents(document, position, id);
    const occurrence = this.#tickets.at(document, position);
    if (occurrence === undefined) return [];
    return this.#tickets.meant(occurrence).map(({ accountId, key }) => ({
      originSelectionRange: rangeIn(document, occurrence.range),
      targetUri: ticketDocumentUri(accountId, key),
      targetRange: top,
      targetSelectionRange: top,
    }));
  }

  #documents(document: TextDocument, position: Position, id: string): LocationLink[] {
    const offset = document.offsetAt(position);
    const origin = idOccurrences(document, id).find(({ start, end }) => start <= offset && offset <= end);
    return this.#index
      .withId(id)
      .filter(({ path }) => path !== fileOf(document.uri))
      .map(({ path }) => ({
        ...(origin && { originSelectionRange: rangeIn(document, origin) }),
        targetUri: this.#texts.uriOf(path),
        targetRange: top,
        targetSelectionRange: top,
      }));
  }
}
