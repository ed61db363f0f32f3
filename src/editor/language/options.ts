import type * as vscode from 'vscode';
import type { KeyPattern } from '../../runbooks/ticketKeys.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';

/** What the language features need of the rest of the extension. */
export interface LanguageOptions {
  extensionUri: vscode.Uri;
  storeFolder: string;
  /** Where what was read of the workspace is kept; absent where there is no workspace. */
  cacheFolder?: string | undefined;
  reader: StoreReader;
  writer: StoreWriter;
  /** How the tickets of each account are written. Asked again whenever accounts or tickets change. */
  keyPatterns: () => readonly KeyPattern[];
  onDidChangeAccounts: Change;
  onDidChangeTickets: Change;
  log: vscode.LogOutputChannel;
  now: () => number;
}

type Change = (listener: () => void) => { dispose(): unknown };
