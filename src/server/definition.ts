import type { LocationLink, Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ticketDocumentUri } from '../runbooks/languageSettings.ts';
import { lineAt, rangeInLine } from './lines.ts';
import type { TicketLookup } from './ticketLookup.ts';

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** From a ticket key to the ticket, as a read-only document. */
export class DefinitionFeature {
  readonly #tickets: TicketLookup;

  constructor(tickets: TicketLookup) {
    this.#tickets = tickets;
  }

  provide(document: TextDocument, position: Position): LocationLink[] {
    const occurrence = this.#tickets.occurrenceAt(lineAt(document, position.line), position.character);
    if (occurrence === undefined) return [];
    return this.#tickets.meant(occurrence).map(({ accountId, key }) => ({
      originSelectionRange: rangeInLine(position.line, occurrence.range),
      targetUri: ticketDocumentUri(accountId, key),
      targetRange: top,
      targetSelectionRange: top,
    }));
  }
}
