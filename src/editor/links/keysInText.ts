import * as vscode from 'vscode';
import { ticketRef, type Instant, type Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import { dateTime } from '../dates.ts';
import { NamedTickets, type NamedTicket, type NamedTicketsOptions } from './namedTickets.ts';

export interface KeysInTextOptions extends NamedTicketsOptions {
  reader: Pick<StoreReader, 'ticketsByKey' | 'entries'>;
  now: () => Instant;
}

/** Longer lines are no text that somebody reads. */
const longestLine = 5_000;

export class TicketTerminalLink extends vscode.TerminalLink {
  readonly tickets: readonly Ticket[];

  constructor({ tickets, start, end }: NamedTicket) {
    const names = tickets.map(({ key, subject }) => `${key} ${subject}`).join(', ');
    super(start, end - start, vscode.l10n.t('Open {0}', names));
    this.tickets = tickets;
  }
}

/** What ticket keys lead to outside Markdown, where the language server answers. */
export class KeysInText {
  readonly #options: KeysInTextOptions;
  readonly #named: NamedTickets;

  constructor(options: KeysInTextOptions) {
    this.#options = options;
    this.#named = new NamedTickets(options);
  }

  terminalLinks(line: string): TicketTerminalLink[] {
    if (line.length > longestLine) return [];
    return this.#named.in(line).map((named) => new TicketTerminalLink(named));
  }

  async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { text } = document.lineAt(position.line);
    if (text.length > longestLine) return undefined;
    const found = this.#named
      .in(text)
      .find(({ start, end }) => start <= position.character && position.character <= end);
    if (!found) return undefined;
    return new vscode.Hover(
      await Promise.all(found.tickets.map((ticket) => this.#summary(ticket))),
      new vscode.Range(position.line, found.start, position.line, found.end),
    );
  }

  async #summary(ticket: Ticket): Promise<vscode.MarkdownString> {
    const { ticketSummary } = await import('../../desk/ticketMarkdown.ts');
    const { reader, now } = this.#options;
    const summary = ticketSummary(ticket, reader.entries(ticket), { now: now(), time: dateTime });
    const argument = encodeURIComponent(JSON.stringify([ticketRef(ticket)]));
    const open = `[${vscode.l10n.t('Open')}](command:deskside.openTicket?${argument})`;
    const text = new vscode.MarkdownString(`${summary}\n\n${open}`);
    text.isTrusted = { enabledCommands: ['deskside.openTicket'] };
    return text;
  }
}
