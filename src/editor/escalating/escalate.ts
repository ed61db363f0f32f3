import * as vscode from 'vscode';
import { formatHandOff, handOffSections } from '../../desk/handOff.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { comment } from '../../replies/passages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from '../writing/write.ts';
import { handOffFacts } from './facts.ts';
import { requiredBy } from './required.ts';
import { pickTarget } from './targets.ts';

/** Where the writing begins. */
const emptyHypothesis = '### Hypothesis\n\n';
/** So many other tickets of the requester are named. */
const othersNamed = 3;

/** Asks for the target and the reason, then opens the hand-off, filled with what is known. */
export async function escalate(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const team = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Escalate {0} (1/2)', ticket.key),
    placeholder: vscode.l10n.t('Who takes over? Now: {0}', ticket.team ?? vscode.l10n.t('no team')),
  });
  if (!team) return;
  const reason = await pickReason(ticket);
  if (reason === undefined) return;
  const sections = handOffFacts(ticket, deps.reader.entries(ticket), {
    links: deps.reader.linksOf(ticket),
    others: othersOf(deps, ticket),
    now: deps.now(),
  });
  const to = team.tier === undefined ? team.name : `${team.name} (tier ${team.tier})`;
  const capabilities = deps.reader.accountState(ticket.accountId)?.capabilities;
  const fields = {
    team: team.name,
    ...(capabilities?.setTier === false ? {} : { tier: team.tier?.toString() }),
    assignee: undefined,
    priority: ticket.priority.name,
    reason,
  };
  const body = formatHandOff({ to, sections }).replace(emptyHypothesis, `${emptyHypothesis}\n\n`);
  const missing = handOffSections.filter(({ id }) => sections[id] === '').map(({ heading }) => heading);
  const required = requiredBy(team.name);
  const hint = [
    vscode.l10n.t('Nothing is known yet of: {0}. What stays empty is not sent.', missing.join(', ')),
    ...(required.length === 0
      ? []
      : [
          vscode.l10n.t(
            '{0} wants these to be filled in: {1}.',
            team.name,
            handOffSections
              .filter(({ id }) => required.includes(id))
              .map(({ heading }) => heading)
              .join(', '),
          ),
        ]),
  ].join('\n');
  const text = formatDraft(fields, `${body}\n${comment(hint)}\n`);
  const hypothesis = text.indexOf(emptyHypothesis);
  await open(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    text,
    cursor: hypothesis === -1 ? text.length : hypothesis + emptyHypothesis.length,
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
