import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { acceptSteps } from './acts.ts';

/** Takes a ticket over: it becomes the user's, with a word to those it came from. */
export async function accept(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const state = deps.reader.accountState(ticket.accountId);
  if (!state?.me) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Sync once, so that Deskside knows who you are there.'),
    );
    return;
  }
  const message =
    state.capabilities?.internalNote === false
      ? ''
      : await vscode.window.showInputBox({
          title: vscode.l10n.t('Accept {0}', ticket.key),
          prompt: vscode.l10n.t('A word to your colleagues (internal). Enter alone accepts without one.'),
          ignoreFocusOut: true,
        });
  if (message === undefined) return;
  const steps = acceptSteps(ticket, state.me, message);
  const { accountId, key: label } = ticket;
  const queued = await deps.sync.enqueue({ accountId, ticket, label, intent: 'assign', steps });
  if (queued.ok) {
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0} is yours', ticket.key)}`, 5000);
    deps.panels.open(ticket);
  } else {
    await tell(queued.error, vscode.l10n.t('{0} was not changed.', ticket.key));
  }
}
