import * as vscode from 'vscode';
import type { Team } from '../../backends/backend.ts';
import { formatHandOff } from '../../desk/handOff.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { staleHint, vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded } from '../commands/steps.ts';
import { handOffFacts } from './context.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from './write.ts';

/** Where the writing begins. */
const emptyHypothesis = '### Hypothesis\n\n';

/** Asks for the target and the reason, then opens the hand-off, filled with what the timeline knows. */
export async function escalate(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const team = await pickTarget(deps, ticket);
  if (!team) return;
  const reason = await pickReason(ticket);
  if (reason === undefined) return;
  const sections = handOffFacts(ticket, deps.reader.entries(ticket));
  const to = team.tier === undefined ? team.name : `${team.name} (tier ${team.tier})`;
  const capabilities = deps.reader.accountState(ticket.accountId)?.capabilities;
  const fields = {
    team: team.name,
    ...(capabilities?.setTier === false ? {} : { tier: team.tier?.toString() }),
    assignee: undefined,
    priority: ticket.priority.name,
    reason,
  };
  const text = formatDraft(
    fields,
    formatHandOff({ to, sections }).replace(emptyHypothesis, `${emptyHypothesis}\n\n`),
  );
  const hypothesis = text.indexOf(emptyHypothesis);
  await open(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    text,
    cursor: hypothesis === -1 ? text.length : hypothesis + emptyHypothesis.length,
  });
}

async function pickTarget(deps: CommandDeps, ticket: Ticket): Promise<Team | undefined> {
  const picked = await pickLoaded(
    {
      title: vscode.l10n.t('Escalate {0} (1/2)', ticket.key),
      placeholder: vscode.l10n.t('Who takes over? Now: {0}', ticket.team ?? vscode.l10n.t('no team')),
      none: vscode.l10n.t('There is no other team it could go to with your rights.'),
    },
    async (signal) => {
      const known = await vocabularyOf(deps, ticket, signal);
      const above = (team: Team) => (team.tier ?? 0) > (ticket.tier ?? 1);
      const teams = known.value.teams
        .filter(({ name }) => name !== ticket.team)
        .sort((a, b) => Number(above(b)) - Number(above(a)) || (a.tier ?? 9) - (b.tier ?? 9));
      return {
        items: teams.map((team) => ({
          label: team.name,
          description: team.tier === undefined ? '' : vscode.l10n.t('tier {0}', team.tier),
          team,
        })),
        hint: known.stale && staleHint(known.stale),
      };
    },
  );
  return picked?.team;
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
