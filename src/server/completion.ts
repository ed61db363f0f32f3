import {
  CompletionItemKind,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Ticket } from '../desk/ticket.ts';
import { oneLine } from '../desk/plainText.ts';
import { lineAt, rangeInLine } from './lines.ts';
import type { TicketLookup } from './ticketLookup.ts';

/** What a key may begin with when it is typed: capitals, `RT-`, `INC00`, `#`. */
export const completionTriggers = ['-', '#', ...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')];

const beginningOfKey =
  /(?<![\p{L}\p{N}_/.:-])(?:\p{Lu}{2,20}[-_]?\d{0,12}|[\p{L}]{2,20}[-_]\d{0,12}|#\d{0,12})$/u;
const most = 50;

/** Keys of tickets, by what is typed of them. */
export class CompletionFeature {
  readonly #tickets: TicketLookup;

  constructor(tickets: TicketLookup) {
    this.#tickets = tickets;
  }

  provide(document: TextDocument, position: Position): CompletionList {
    const line = lineAt(document, position.line).slice(0, position.character);
    const typed = beginningOfKey.exec(line.slice(-40))?.[0];
    if (typed === undefined) return { isIncomplete: false, items: [] };
    const range = rangeInLine(position.line, {
      start: position.character - typed.length,
      end: position.character,
    });
    const tickets = this.#tickets.startingWith(typed, most);
    const items = tickets.map((ticket, at): CompletionItem => {
      return {
        ...itemFor(ticket),
        sortText: String(at).padStart(4, '0'),
        textEdit: { range, newText: ticket.key },
      };
    });
    return { isIncomplete: tickets.length === most, items };
  }
}

function itemFor(ticket: Ticket): CompletionItem {
  const { key, status, priority, assignee } = ticket;
  const subject = oneLine(ticket.subject);
  return {
    label: key,
    labelDetails: { description: `${subject} (${status.name})` },
    kind: CompletionItemKind.Reference,
    detail: [status.name, priority.name, assignee?.name ?? 'assigned to nobody'].join(' · '),
    documentation: subject,
    filterText: key,
  };
}
