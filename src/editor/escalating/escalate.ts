import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { openChosen } from '../writing/write.ts';
import { beginHandOff } from './handOffDraft.ts';
import { assigneeOf, informedBy, informedOf } from './people.ts';
import { pickTarget } from './targets.ts';

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
  const reason = await pickReason(vscode.l10n.t('Escalate {0} (2/2)', ticket.key));
  if (reason === undefined) return;
  const [assignee, informed] = await Promise.all([
    assigneeOf(deps, ticket, picked),
    informedOf(deps, ticket, informedBy(picked)),
  ]);
  await openChosen(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    ...beginHandOff(deps, ticket, {
      target: { ...target, ...(assignee !== undefined && { assignee }) },
      reason,
      informed,
    }),
  });
}

/** Asks why others are needed. */
export function pickReason(title: string): Thenable<string | undefined> {
  const reasons = [
    vscode.l10n.t('needs access we do not have'),
    vscode.l10n.t('needs skill we do not have'),
    vscode.l10n.t('out of time'),
    vscode.l10n.t('severity'),
    vscode.l10n.t('major incident'),
    vscode.l10n.t('the vendor has to act'),
  ];
  return vscode.window.showQuickPick(reasons, {
    title,
    placeHolder: vscode.l10n.t('Why?'),
  });
}
