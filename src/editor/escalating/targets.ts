import * as vscode from 'vscode';
import type { Target } from '../../desk/target.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { staleHint, vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded } from '../commands/steps.ts';
import { targetChoices } from './targetChoices.ts';

/** Tickets that are looked at for where similar ones went. */
const looked = 2000;

/** Asks where a ticket is to go, or whom to ask: the likeliest first, each with why. */
export async function pickTarget(
  deps: CommandDeps,
  ticket: Ticket,
  question: { title: string; placeholder: string; managers?: boolean },
): Promise<Target | undefined> {
  const { managers, ...asked } = question;
  const picked = await pickLoaded(
    { ...asked, none: vscode.l10n.t('There is no other team it could go to with your rights.') },
    async (signal) => {
      const known = await vocabularyOf(deps, ticket, signal);
      const choices = targetChoices(ticket, placesOf(deps, ticket, known.value.teams), vscode.l10n.t);
      return {
        items: choices
          .filter(({ target }) => managers === true || !target.manager)
          .map(({ target, reasons }) => ({
            label: target.name,
            description: reasons.join(' · '),
            iconPath: new vscode.ThemeIcon(target.manager ? 'person' : 'organization'),
            target,
          })),
        hint: known.stale && staleHint(known.stale),
      };
    },
  );
  return picked?.target;
}

function placesOf({ accounts, reader }: CommandDeps, ticket: Ticket, teams: readonly { name: string }[]) {
  return {
    configured: accounts.get(ticket.accountId)?.targets ?? [],
    teams,
    known: reader.tickets({ accountIds: [ticket.accountId], limit: looked }),
  };
}
