import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from '../writing/write.ts';
import { handOffFacts } from './facts.ts';
import { handOffText } from './handOffText.ts';
import { requiredBy } from './required.ts';
import { pickTarget } from './targets.ts';

/** So many other tickets of the requester are named. */
const othersNamed = 3;

/** Asks for the target and the reason, then opens the hand-off, filled with what is known. */
export async function escalate(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const target = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Escalate {0} (1/2)', ticket.key),
    placeholder: vscode.l10n.t('Who takes over? Now: {0}', ticket.team ?? vscode.l10n.t('no team')),
    managers: true,
  });
  if (!target) return;
  const reason = await pickReason(ticket);
  if (reason === undefined) return;
  const surroundings = {
    links: deps.reader.linksOf(ticket),
    others: othersOf(deps, ticket),
    now: deps.now(),
  };
  const act = {
    target,
    reason,
    sections: handOffFacts(ticket, deps.reader.entries(ticket), surroundings, vscode.l10n.t),
    required: requiredBy(target.team ?? target.name),
    assignee: target.assignee,
    capabilities: deps.reader.accountState(ticket.accountId)?.capabilities,
    now: deps.now(),
  };
  await open(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    ...handOffText(ticket, act, vscode.l10n.t),
  });
}

function othersOf({ reader }: CommandDeps, ticket: Ticket): Ticket[] {
  const { requester } = ticket;
  if (!requester) return [];
  return reader
    .tickets({ accountIds: [ticket.accountId], limit: 2000 })
    .filter((one) => one.id !== ticket.id && one.requester?.id === requester.id)
    .slice(0, othersNamed);
}

function pickReason(ticket: Ticket): Thenable<string | undefined> {
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
