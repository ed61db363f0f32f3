import * as vscode from 'vscode';
import { settled, tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import { groupingName, groupings, orderName, orders } from '../tickets/grouping.ts';
import type { CommandDeps } from './deps.ts';

/** Shows a ticket where its system shows it. */
export async function openInBrowser(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const uri = ticket.url === undefined ? undefined : vscode.Uri.parse(ticket.url);
  if (uri && /^https?$/.test(uri.scheme)) {
    await vscode.env.openExternal(uri);
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} has no page in a browser: it lives in this editor.', ticket.key),
  );
}

export async function copyKey(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  await vscode.env.clipboard.writeText(ticket.key);
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0} copied', ticket.key)}`, 3000);
}

/** Keeps a ticket in the status bar while other things are in front. */
export async function pinTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  await deps.inHand.pin(ticket);
  vscode.window.setStatusBarMessage(`$(pinned) ${vscode.l10n.t('{0} is pinned', ticket.key)}`, 3000);
}

/** Sends and fetches now: the account of `argument`, or all. */
export async function syncNow(deps: CommandDeps, argument: unknown): Promise<void> {
  if (deps.sync.isWorkingOffline() && !(await offerOnline(deps))) return;
  const accountId = accountIdOf(argument);
  const label = accountId === undefined ? undefined : deps.accounts.get(accountId)?.label;
  const title = label === undefined ? vscode.l10n.t('Syncing…') : vscode.l10n.t('Syncing {0}…', label);
  const done = await showProgress(title, (signal) => deps.sync.syncNow(accountId, signal));
  if (!done.ok) {
    await tell(done.error);
    return;
  }
  settled('sync');
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Deskside is up to date')}`, 3000);
}

/** Leaves the servers alone, or not, in all windows. */
export async function workOffline(deps: CommandDeps, offline: boolean): Promise<void> {
  const chosen = await deps.sync.workOffline(offline);
  if (!chosen.ok) await tell(chosen.error);
}

async function offerOnline(deps: CommandDeps): Promise<boolean> {
  const online = vscode.l10n.t('Go Online');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('You work offline.'), online);
  if (chosen !== online) return false;
  await workOffline(deps, false);
  return !deps.sync.isWorkingOffline();
}

/** Chooses what the queue that is shown is grouped by. */
export async function groupTickets({ view }: CommandDeps): Promise<void> {
  const picks = groupings.map((by) => ({
    label: groupingName(by, vscode.l10n.t),
    description: by === view.layout.by ? vscode.l10n.t('now') : '',
    by,
  }));
  const title = vscode.l10n.t('Group “{0}” By', view.queue.label);
  const picked = await vscode.window.showQuickPick(picks, { title });
  if (picked) await view.arrange({ by: picked.by });
}

/** Chooses what comes first in the groups of the queue that is shown. */
export async function sortTickets({ view }: CommandDeps): Promise<void> {
  const picks = orders.map((order) => ({
    label: orderName(order, vscode.l10n.t),
    description: order === view.layout.order ? vscode.l10n.t('now') : '',
    order,
  }));
  const title = vscode.l10n.t('Sort “{0}”', view.queue.label);
  const picked = await vscode.window.showQuickPick(picks, { title });
  if (picked) await view.arrange({ order: picked.order });
}

/** A tree node of an account, or an account. */
export function accountIdOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('accountId' in argument)) return undefined;
  return typeof argument.accountId === 'string' ? argument.accountId : undefined;
}
