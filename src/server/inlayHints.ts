import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { oneLine } from '../desk/plainText.ts';
import { listedKeys } from './occurrences.ts';
import type { Outlines } from './outlines.ts';
import type { TicketLookup } from './ticketLookup.ts';

/** The status of a ticket behind its key. */
export class InlayHintsFeature {
  readonly #tickets: TicketLookup;
  readonly #outlines: Outlines;

  constructor(tickets: TicketLookup, outlines: Outlines) {
    this.#tickets = tickets;
    this.#outlines = outlines;
  }

  provide(document: TextDocument, range: Range): InlayHint[] {
    const outline = this.#outlines.of(document);
    if (outline === undefined) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const occurrences = [
      ...listedKeys(outline.text, outline.frontMatter, this.#tickets),
      ...this.#tickets.occurrencesIn(outline),
    ];
    return occurrences
      .filter((one) => one.range.end >= start && one.range.start <= end)
      .flatMap((one): InlayHint[] => {
        const [ticket, other] = this.#tickets.meant(one);
        if (ticket === undefined || other !== undefined) return [];
        return [
          {
            position: document.positionAt(one.range.end),
            label: oneLine(ticket.status.name),
            kind: InlayHintKind.Type,
            paddingLeft: true,
            tooltip: oneLine(ticket.subject),
          },
        ];
      });
  }
}
