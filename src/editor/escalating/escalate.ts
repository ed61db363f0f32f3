import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from '../writing/write.ts';
import { beginHandOff } from './handOffDraft.ts';
import { assigneeOf, pickTarget } from './targets.ts';

/** Asks for the target and the reason, then opens the hand-off, filled with what is known. */
export async function escalate(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const picked = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Escalate {0} (1/2)', ticket.key),
    placeholder: vscode.l10n.t('Who takes over? Now: {0}', ticket.team ?? vscode.l10n.t('no team')),
    managers: true,
  });
  if (!picked) return;
  const { target } = picked;
  const reason = await pickReason(ticket);
  if (reason === undefined) return;
  const assignee = await assigneeOf(deps, ticket, picked);
  await open(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    ...beginHandOff(deps, ticket, { ...target, ...(assignee !== undefined && { assignee }) }, reason),
  });
}

/** Asks why a ticket is handed on. */
export function pickReason(ticket: Ticket): Thenable<string | undefined> {
  const reasons = [
    vscode.l10n.t('needs access we do not have'),
    vscode.l10n.t('needs skill we do not have'),
    vscode.l10n.t('out of time'),
    vscode.l10n.t('severity'),
    vscode.l10n.t('major incident'),
    vscode.l10n.t('the vendor has to act'),
  ];
  return vscode.window.showQuickPick(reasons, {
    title: vscode.l10n.t('Escalate {0} (2/2)', ticket.key),
    placeHolder: vscode.l10n.t('Why?'),
  });
}
