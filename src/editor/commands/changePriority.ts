import * as vscode from 'vscode';
import { changeFields, nameOf, those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { pickShared } from './sharedValues.ts';

/** Gives one ticket, or all that are marked, another priority. */
export async function changePriority(
  deps: CommandDeps,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'setPriority');
  if (tickets.length === 0) return;
  const picked = await pickShared(deps, tickets, {
    question: {
      title: vscode.l10n.t('Change Priority of {0}', nameOf(tickets)),
      none: vscode.l10n.t('There is no other priority it could get.'),
    },
    now: ({ priority }) => priority.name,
    choices: ({ priorities }) => priorities,
    describe: ({ rank }) => `P${rank}`,
  });
  if (!picked) return;
  const { name } = picked;
  const changed = tickets.filter(({ priority }) => priority.name !== name);
  await changeFields(deps, {
    changes: changed.map((ticket) => ({ ticket, fields: { priority: name } })),
    intent: 'priority',
    said: vscode.l10n.t('{0}: now {1}', nameOf(changed), name),
  });
}
