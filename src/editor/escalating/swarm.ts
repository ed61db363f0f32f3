import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { openChosen } from '../writing/write.ts';
import { pickReason } from './escalate.ts';
import { beginHandOff } from './handOffDraft.ts';
import { informedBy, informedOf } from './people.ts';
import { pickTargets, type PickedTarget } from './targets.ts';

/** By this tag a team finds what several of them work on. */
const swarmTag = 'swarm';

/** Calls several teams to a ticket at once, by one internal note; the ticket stays where it is. */
export async function swarm(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const picked = await pickTargets(deps, ticket, {
    title: vscode.l10n.t('Swarm {0} (1/2)', ticket.key),
    placeholder: vscode.l10n.t(
      'Which teams work on it together? It stays with {0}.',
      ticket.team ?? vscode.l10n.t('you'),
    ),
  });
  if (picked.length === 0) return;
  const reason = await pickReason(vscode.l10n.t('Swarm {0} (2/2)', ticket.key));
  if (reason === undefined) return;
  const names = picked.map(({ target }) => target.team ?? target.name);
  await openChosen(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Swarm on {0}', ticket.key),
    ...beginHandOff(deps, ticket, {
      target: { name: names.join(', '), tags: [swarmTag] },
      swarm: true,
      reason,
      informed: await informedOf(deps, ticket, picked.flatMap(peopleThere)),
    }),
  });
}

/** Whom a team can be reached by: who it names for that, who gets its tickets, who is on call. */
function peopleThere(picked: PickedTarget): string[] {
  const { target, onCall } = picked;
  return [...informedBy(picked), ...(target.assignee === undefined ? onCall : [target.assignee])];
}
