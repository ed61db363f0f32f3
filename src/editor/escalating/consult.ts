import * as vscode from 'vscode';
import { comment } from '../../replies/passages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from '../writing/write.ts';
import { pickTarget } from './targets.ts';

/** Asks another team something, as an internal note; the ticket stays where it is. */
export async function consult(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const team = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Ask about {0}', ticket.key),
    placeholder: vscode.l10n.t('Whom? The ticket stays with {0}.', ticket.team ?? vscode.l10n.t('you')),
  });
  if (!team) return;
  const text = `## ${vscode.l10n.t('Question to {0}', team.name)}\n\n`;
  const hint = vscode.l10n.t('Internal. Say what you have seen, what you think, and what you need to know.');
  await open(deps, ticket, 'note', {
    label: vscode.l10n.t('Note on {0}', ticket.key),
    text: `${text}\n\n${comment(hint)}\n`,
    cursor: text.length,
  });
}
