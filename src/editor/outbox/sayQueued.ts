import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { queuedText, whyWaits } from './queuedText.ts';

export interface SayQueuedDeps {
  reader: Pick<CommandDeps['reader'], 'accountState'>;
  accounts: Pick<CommandDeps['accounts'], 'all'>;
  sync: Pick<CommandDeps['sync'], 'isWorkingOffline'>;
}

/** Says in the status bar that what was queued is on its way (`sent`), or that it waits. */
export function sayQueued(
  { reader, accounts, sync }: SayQueuedDeps,
  { accountId, label, sent }: { accountId: string; label: string; sent: string },
): void {
  const waits = whyWaits(sync.isWorkingOffline(accountId), reader.accountState(accountId)?.error);
  const account = accounts.all().find(({ id }) => id === accountId)?.label ?? accountId;
  const text = queuedText({ waits, sent, label, account }, vscode.l10n.t);
  vscode.window.setStatusBarMessage(text, 5000);
}
