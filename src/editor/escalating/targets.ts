import * as vscode from 'vscode';
import type { Team } from '../../backends/backend.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { staleHint, vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded } from '../commands/steps.ts';
import { likelyTargets } from './likelyTargets.ts';

/** Tickets that are looked at for where similar ones went. */
const looked = 2000;

/** Asks for a team other than the ticket's: the likeliest first, each with why. */
export async function pickTarget(
  deps: CommandDeps,
  ticket: Ticket,
  question: { title: string; placeholder: string },
): Promise<Team | undefined> {
  const picked = await pickLoaded(
    { ...question, none: vscode.l10n.t('There is no other team it could go to with your rights.') },
    async (signal) => {
      const known = await vocabularyOf(deps, ticket, signal);
      const similar = likelyTargets(
        ticket,
        deps.reader.tickets({ accountIds: [ticket.accountId], limit: looked }),
      );
      const above = (team: Team) => (team.tier ?? 0) > (ticket.tier ?? 1);
      const teams = known.value.teams
        .filter(({ name }) => name !== ticket.team)
        .sort(
          (a, b) =>
            Number(above(b)) - Number(above(a)) ||
            (similar.get(b.name) ?? 0) - (similar.get(a.name) ?? 0) ||
            (a.tier ?? 9) - (b.tier ?? 9),
        );
      return {
        items: teams.map((team) => ({
          label: team.name,
          description: reasons(team, similar.get(team.name) ?? 0).join(' · '),
          team,
        })),
        hint: known.stale && staleHint(known.stale),
      };
    },
  );
  return picked?.team;
}

function reasons(team: Team, similar: number): string[] {
  return [
    ...(team.tier === undefined ? [] : [vscode.l10n.t('tier {0}', team.tier)]),
    ...(similar === 0
      ? []
      : similar === 1
        ? [vscode.l10n.t('1 similar ticket is theirs')]
        : [vscode.l10n.t('{0} similar tickets are theirs', similar)]),
  ];
}
