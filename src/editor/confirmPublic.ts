import * as vscode from 'vscode';
import type { Ticket } from '../desk/ticket.ts';

const confirmedOnce = 'deskside.publicReplyConfirmed';

/**
 * Asks whether the customer may read this, until the user says that they need not be asked. Everything that sends a
 * public entry passes here.
 */
export async function confirmPublic(
  memory: vscode.Memento,
  ticket: Ticket | undefined,
  label: string,
): Promise<boolean> {
  if (memory.get(confirmedOnce) === true) return true;
  const reader = ticket?.requester?.name ?? vscode.l10n.t('the requester');
  const send = vscode.l10n.t('Send Public Reply');
  const always = vscode.l10n.t("Send, and Don't Ask Again");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send this to {0}?', reader),
    {
      modal: true,
      detail: vscode.l10n.t('It is public: {0} and everyone who can see {1} will read it.', reader, label),
    },
    send,
    always,
  );
  if (answer === always) await memory.update(confirmedOnce, true);
  return answer === send || answer === always;
}
