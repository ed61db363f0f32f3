import * as vscode from 'vscode';
import { ticketScheme } from '../../runbooks/languageSettings.ts';
import type { LanguageOptions } from './options.ts';
import { TicketDocuments } from './ticketDocuments.ts';

/** Starts the language server when the first Markdown document is open, and not a moment earlier. */
export function registerLanguage(options: LanguageOptions): { dispose(): Promise<void> } {
  const documents = new TicketDocuments(options);
  let server: Promise<{ stop(): Promise<void> }> | undefined;
  const startFor = (document: vscode.TextDocument) => {
    if (document.languageId !== 'markdown' || document.uri.scheme === ticketScheme) return;
    opened.dispose();
    server ??= import('./client.ts').then(({ startLanguageServer }) => startLanguageServer(options));
    server.catch((error: unknown) =>
      options.log.error(`The language server did not start: ${String(error)}`),
    );
  };
  const opened = vscode.workspace.onDidOpenTextDocument(startFor);
  vscode.workspace.textDocuments.forEach(startFor);
  return {
    dispose: async () => {
      documents.dispose();
      opened.dispose();
      await (await server)?.stop();
    },
  };
}
