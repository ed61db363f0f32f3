import * as vscode from 'vscode';
import type { TicketRef } from '../desk/ticket.ts';

/** Shows reports as read-only documents: closing one asks nothing. The tickets they name can be opened from there. */
export class ReportDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #tickets = new Map<string, ReadonlyMap<string, TicketRef>>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  /** `scheme`: of its own for each kind of report. */
  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.path) ?? vscode.l10n.t('This report is no longer there: run the command again.')
    );
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const tickets = this.#tickets.get(document.uri.path);
    if (!tickets) return [];
    return [...document.getText().matchAll(/(?<=^- )\S+/gm)].flatMap(({ 0: key, index }) => {
      const ref = tickets.get(key);
      if (!ref) return [];
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + key.length));
      const argument = encodeURIComponent(JSON.stringify([ref]));
      return [new vscode.DocumentLink(range, vscode.Uri.parse(`command:deskside.openTicket?${argument}`))];
    });
  }

  /** `tickets`: by their keys, those that lines of lists begin with. */
  async show(title: string, text: string, tickets?: ReadonlyMap<string, TicketRef>): Promise<void> {
    const path = `/${title.replace(/[/\\]/g, '_')}.md`;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path });
    this.#texts.set(uri.path, text);
    if (tickets) this.#tickets.set(uri.path, tickets);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
