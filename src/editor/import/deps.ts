import type * as vscode from 'vscode';
import type { LocalDeskSettings } from '../../backends/local/settings.ts';
import type { Account } from '../../desk/account.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { CommandRegistry } from '../commands/commandTable.ts';

/** What import and sample need of the rest. */
export interface ImportDeps {
  commands: CommandRegistry;
  reader: StoreReader;
  writer: StoreWriter;
  sync: Sync;
  accounts: { all(): readonly Account[] };
  memory: vscode.Memento;
  extensionUri: vscode.Uri;
  localDesk(): LocalDeskSettings;
  now(): Instant;
}
