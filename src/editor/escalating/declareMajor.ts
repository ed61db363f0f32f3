import * as vscode from 'vscode';
import { declareSteps, joinSteps } from '../../desk/majorIncident.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { inTurn } from '../commands/changeFields.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { pickLoadedMany } from '../commands/steps.ts';
import { tell } from '../errors.ts';
import { similarTickets } from './similarTickets.ts';

/** Tickets that are looked through for similar ones. */
const looked = 2000;
const offered = 200;

/** Makes a ticket stand for a major incident, with the tickets that the user chooses as its parts. */
export async function declareMajorIncident(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const capabilities = deps.reader.accountState(ticket.accountId)?.capabilities;
  const lacks =
    capabilities?.relate?.includes('parent') !== true
      ? vscode.l10n.t('The account of {0} can’t make tickets part of another, or you may not.', ticket.key)
      : capabilities.internalNote
        ? undefined
        : vscode.l10n.t('The account of {0} can keep no note internal.', ticket.key);
  if (lacks !== undefined) {
    void vscode.window.showWarningMessage(`${lacks} ${vscode.l10n.t('Nothing was changed.')}`);
    return;
  }
  const children = await pickChildren(deps, ticket);
  if (children.length === 0) return;
  const { accountId, key: label } = ticket;
  const body = `**${vscode.l10n.t('Part of the major incident {0}', ticket.key)}:** ${ticket.subject}`;
  const joined = await inTurn(vscode.l10n.t('Linking tickets'), children, (child) =>
    deps.sync.enqueue({
      accountId,
      ticket: child,
      label: child.key,
      intent: 'relate',
      steps: joinSteps(ticket, body),
    }),
  );
  const linked = children.filter((_, index) => joined[index]?.ok);
  const problem = joined.find((one) => !one.ok)?.error;
  if (problem) {
    const left = children.length - linked.length;
    await tell(problem, vscode.l10n.t('{0} of {1} tickets were not linked.', left, children.length));
  }
  if (linked.length === 0) return;
  const keys = keysOf(linked);
  const queued = await deps.sync.enqueue({
    accountId,
    ticket,
    label,
    intent: 'escalate',
    steps: declareSteps(
      ticket,
      `**${vscode.l10n.t('Major incident')}.** ${vscode.l10n.t('Part of it: {0}', keys)}`,
      capabilities?.setTags === true,
    ),
  });
  if (!queued.ok) {
    await tell(queued.error, vscode.l10n.t('{0} has no note that names its parts: {1}', label, keys));
    return;
  }
  deps.panels.open(ticket);
  const update = vscode.l10n.t('Update All…');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is a major incident. Queued as its parts: {1}.', label, keys),
    update,
  );
  if (chosen === update) await vscode.commands.executeCommand('deskside.updateMajorIncident', ticket);
}

function keysOf(tickets: readonly Ticket[]): string {
  return tickets.map(({ key }) => key).join(', ');
}

async function pickChildren(deps: CommandDeps, ticket: Ticket): Promise<Ticket[]> {
  const picked = await pickLoadedMany(
    {
      title: vscode.l10n.t('Declare {0} a Major Incident', ticket.key),
      placeholder: vscode.l10n.t('Which tickets are part of it? The likest come first.'),
      none: vscode.l10n.t('No other ticket of this account is open here.'),
    },
    () => {
      const known = deps.reader.tickets({ accountIds: [ticket.accountId], active: true, limit: looked });
      const items = similarTickets(ticket, known)
        .slice(0, offered)
        .map(({ ticket: one, shared }) => ({
          label: `${one.key} ${one.subject}`,
          description: shared.join(', '),
          detail: [one.requester?.name, one.team, one.status.name].filter(Boolean).join(' · '),
          one,
        }));
      return Promise.resolve({ items });
    },
  );
  return picked.map(({ one }) => one);
}
