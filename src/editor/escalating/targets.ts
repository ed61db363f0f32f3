import * as vscode from 'vscode';
import type { Target } from '../../desk/target.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { peopleOf, staleHint, vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded } from '../commands/steps.ts';
import { onCall } from './onCall.ts';
import { personCalled } from './targetCheck.ts';
import { targetChoices } from './targetChoices.ts';

/** Tickets that are looked at for where similar ones went. */
const looked = 2000;

/** So long somebody is looked up before the hand-off opens without, in milliseconds. */
const lookUpFor = 3000;

export interface PickedTarget {
  target: Target;
  /** Who is on call there, by the rota's names. */
  onCall: readonly string[];
}

/** Asks where a ticket is to go, or whom to ask: the likeliest first, each with why. */
export async function pickTarget(
  deps: CommandDeps,
  ticket: Ticket,
  question: { title: string; placeholder: string; managers?: boolean },
): Promise<PickedTarget | undefined> {
  const { managers, ...asked } = question;
  const picked = await pickLoaded(
    { ...asked, none: vscode.l10n.t('There is no other team it could go to with your rights.') },
    async (signal) => {
      const known = await vocabularyOf(deps, ticket, signal);
      const choices = targetChoices(ticket, placesOf(deps, ticket, known.value.teams), vscode.l10n.t);
      const shown = choices.filter(({ target }) => managers === true || !target.manager);
      const rotas = new Map(
        await Promise.all(
          [...new Set(shown.flatMap(({ target }) => target.onCall ?? []))].map(
            async (file) => [file, await onCall(file, deps.now())] as const,
          ),
        ),
      );
      return {
        items: shown.map(({ target, reasons }) => {
          const rota = rotas.get(target.onCall ?? '');
          const called = rota?.ok ? rota.value : [];
          const said = rota && (rota.ok ? onCallText(called) : rota.error.message);
          return {
            label: target.name,
            description: [...(said === undefined ? [] : [said]), ...reasons].join(' · '),
            iconPath: new vscode.ThemeIcon(target.manager ? 'person' : 'organization'),
            place: { target, onCall: called },
          };
        }),
        hint: known.stale && staleHint(known.stale),
      };
    },
  );
  return picked?.place;
}

function onCallText(called: readonly string[]): string {
  return called.length === 0
    ? vscode.l10n.t('nobody is on call')
    : vscode.l10n.t('on call: {0}', called.join(', '));
}

/** Who gets the ticket: who the target names, otherwise who is on call there, as the backend knows them. */
export async function assigneeOf(
  deps: CommandDeps,
  ticket: Ticket,
  { target, onCall: [first] }: PickedTarget,
): Promise<string | undefined> {
  const called = target.assignee ?? first;
  if (called === undefined || target.manager) return undefined;
  const people = await peopleOf(deps, ticket, called, AbortSignal.timeout(lookUpFor));
  const person = personCalled(people.value, called);
  return person ? `${person.name} <${person.id}>` : target.assignee;
}

function placesOf({ accounts, reader }: CommandDeps, ticket: Ticket, teams: readonly { name: string }[]) {
  return {
    configured: accounts.get(ticket.accountId)?.targets ?? [],
    teams,
    known: reader.tickets({ accountIds: [ticket.accountId], limit: looked }),
  };
}
