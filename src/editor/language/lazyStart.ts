import * as vscode from 'vscode';
import { ticketScheme } from '../../runbooks/languageSettings.ts';
import type { LanguageOptions } from './options.ts';
import { TicketDocuments } from './ticketDocuments.ts';

export interface LanguageServer {
  stop(): Promise<void>;
  /** Asks the server something that is ours, once it runs. */
  request<R>(method: string, params?: unknown): Promise<R>;
}

/** Starts the language server when the first Markdown document is open or somebody asks it, and not a moment earlier. */
export function registerLanguage(
  options: LanguageOptions,
): Pick<LanguageServer, 'request'> & { dispose(): Promise<void> } {
  const documents = new TicketDocuments(options);
  let server: Promise<LanguageServer> | undefined;
  const start = (): Promise<LanguageServer> => {
    opened.dispose();
    if (server === undefined) {
      server = import('./client.ts').then(({ startLanguageServer }) => startLanguageServer(options));
      server.catch((error: unknown) =>
        options.log.error(`The language server did not start: ${String(error)}`),
      );
    }
    return server;
  };
  const startFor = (document: vscode.TextDocument) => {
    if (document.languageId === 'markdown' && document.uri.scheme !== ticketScheme) void start();
  };
  const opened = vscode.workspace.onDidOpenTextDocument(startFor);
  vscode.workspace.textDocuments.forEach(startFor);
  return {
    request: async (method, params) => (await start()).request(method, params),
    dispose: async () => {
      documents.dispose();
      opened.dispose();
      await (await server)?.stop();
    },
  };
}
