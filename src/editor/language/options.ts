import type * as vscode from 'vscode';
import type { KeyPattern } from '../../runbooks/ticketKeys.ts';
import type { StoreReader } from '../../store/api.ts';

/** What the language features need of the rest of the extension. */
export interface LanguageOptions {
  extensionUri: vscode.Uri;
  storeFolder: string;
  reader: StoreReader;
  /** How the tickets of each account are written. Asked again whenever accounts or tickets change. */
  keyPatterns: () => readonly KeyPattern[];
  onDidChangeAccounts: Change;
  onDidChangeTickets: Change;
  log: vscode.LogOutputChannel;
  now: () => number;
}

type Change = (listener: () => void) => { dispose(): unknown };
