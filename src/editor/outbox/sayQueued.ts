import * as vscode from 'vscode';
import { whyWaits, type Waits } from '../../desk/waits.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { queuedManyText, queuedText } from './queuedText.ts';

export interface WaitsDeps {
  reader: Pick<CommandDeps['reader'], 'accountState'>;
  sync: Pick<CommandDeps['sync'], 'isWorkingOffline'>;
}

export interface SayQueuedDeps extends WaitsDeps {
  accounts: Pick<CommandDeps['accounts'], 'all'>;
}

/** Why what is queued for an account is not sent now. */
export function waitsOf({ reader, sync }: WaitsDeps, accountId: string): Waits | undefined {
  return whyWaits(sync.isWorkingOffline(accountId), reader.accountState(accountId)?.error);
}

/** Says in the status bar that what was queued is on its way (`sent`), or that it waits. */
export function sayQueued(
  deps: SayQueuedDeps,
  { accountId, label, sent }: { accountId: string; label: string; sent: string },
): void {
  const account = deps.accounts.all().find(({ id }) => id === accountId)?.label ?? accountId;
  const text = queuedText({ waits: waitsOf(deps, accountId), sent, label, account }, vscode.l10n.t);
  vscode.window.setStatusBarMessage(text, 5000);
}

/** Says what was queued for several tickets, `sent`, and how much of it waits, with a button to the outbox. */
export async function sayQueuedMany(
  deps: WaitsDeps,
  tickets: readonly { accountId: string }[],
  sent: string,
): Promise<void> {
  const waits = tickets.map(({ accountId }) => waitsOf(deps, accountId));
  const show = vscode.l10n.t('Show Outbox');
  const chosen = await vscode.window.showInformationMessage(queuedManyText(sent, waits, vscode.l10n.t), show);
  if (chosen === show) await vscode.commands.executeCommand('deskside.outbox.focus');
}
