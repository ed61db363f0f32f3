import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { changeFields, nameOf, those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { pickShared } from './sharedValues.ts';

/** Puts one ticket, or all that are marked, into another team. */
export async function changeTeam(deps: CommandDeps, argument: unknown, selection: unknown): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'setTeam');
  if (tickets.length === 0) return;
  const picked = await pickShared(deps, tickets, {
    question: {
      title: vscode.l10n.t('Change Team of {0}', nameOf(tickets)),
      none: vscode.l10n.t('There is no other team it could go to with your rights.'),
    },
    now: ({ team }) => team,
    choices: ({ teams }) => teams,
    describe: ({ tier }) => (tier === undefined ? '' : vscode.l10n.t('tier {0}', tier)),
  });
  if (picked) await setTeam(deps, tickets, picked.name);
}

/** Queues the change for those that are in another team. */
export async function setTeam(deps: CommandDeps, tickets: readonly Ticket[], team: string): Promise<void> {
  const changed = tickets.filter((ticket) => ticket.team !== team);
  if (changed.length === 0) return;
  await changeFields(deps, {
    changes: changed.map((ticket) => ({ ticket, fields: { team } })),
    intent: 'team',
    said: vscode.l10n.t('{0}: now in {1}', nameOf(changed), team),
  });
}
