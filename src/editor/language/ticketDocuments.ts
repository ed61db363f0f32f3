import * as vscode from 'vscode';
import { ticketOfPath, ticketScheme } from '../../runbooks/languageSettings.ts';
import { dateTime } from '../dates.ts';
import type { LanguageOptions } from './options.ts';

/** Tickets as read-only Markdown documents: where a ticket key in a text leads to. */
export class TicketDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #options: LanguageOptions;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposables: { dispose(): unknown }[];
  readonly onDidChange = this.#changed.event;

  constructor(options: LanguageOptions) {
    this.#options = options;
    this.#disposables = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(ticketScheme, this),
      options.onDidChangeTickets(() => this.#refresh()),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { reader, now } = this.#options;
    const named = ticketOfPath(uri.path);
    const ticket =
      named && reader.ticketsByKey(named.key).find(({ accountId }) => accountId === named.accountId);
    if (!ticket) return vscode.l10n.t('This ticket is not here. Sync, and it may come back.');
    const { ticketMarkdown } = await import('../../desk/ticketMarkdown.ts');
    const entries = reader.hasTimeline(ticket) ? reader.entries(ticket) : undefined;
    return ticketMarkdown(ticket, entries, { now: now(), time: dateTime });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === ticketScheme) this.#changed.fire(uri);
    }
  }
}
