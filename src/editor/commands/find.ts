import * as vscode from 'vscode';
import type { CommandDeps } from './deps.ts';

/** Opens the ticket that `argument` names, or the one the user picks. */
export async function openTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket =
    argument === undefined
      ? await deps.current.pick(vscode.l10n.t('Open Ticket'))
      : await deps.current.resolve(argument);
  if (ticket) deps.panels.open(ticket);
}
