import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { openChosen } from '../writing/write.ts';
import { consultText } from './acts.ts';
import { pickTarget } from './targets.ts';

/** Asks another team something, as an internal note; the ticket stays where it is. */
export async function consult(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const picked = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Ask about {0}', ticket.key),
    placeholder: vscode.l10n.t('Whom? The ticket stays with {0}.', ticket.team ?? vscode.l10n.t('you')),
  });
  if (!picked) return;
  await openChosen(deps, ticket, 'note', {
    label: vscode.l10n.t('Note on {0}', ticket.key),
    ...consultText(picked.target.name, vscode.l10n.t),
  });
}
