import * as vscode from 'vscode';
import type { Target } from '../../desk/target.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { staleHint, vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded, pickLoadedMany } from '../commands/steps.ts';
import { onCall } from './onCall.ts';
import { targetChoices } from './targetChoices.ts';

/** Tickets that are looked at for where similar ones went. */
const looked = 2000;

export interface PickedTarget {
  target: Target;
  /** Who is on call there, by the rota's names. */
  onCall: readonly string[];
}

interface Question {
  title: string;
  placeholder: string;
}

type TargetPick = vscode.QuickPickItem & { place: PickedTarget };

/** Asks where a ticket is to go, or whom to ask: the likeliest first, each with why. */
export async function pickTarget(
  deps: CommandDeps,
  ticket: Ticket,
  { managers = false, ...question }: Question & { managers?: boolean },
): Promise<PickedTarget | undefined> {
  const picked = await pickLoaded({ ...question, none: none() }, (signal) =>
    placesFor(deps, ticket, managers, signal),
  );
  return picked?.place;
}

/** Asks which teams, and who else, are to work on a ticket together; nothing where it is none. */
export async function pickTargets(
  deps: CommandDeps,
  ticket: Ticket,
  question: Question,
): Promise<PickedTarget[]> {
  const picked = await pickLoadedMany({ ...question, none: none() }, (signal) =>
    placesFor(deps, ticket, false, signal),
  );
  return picked.map(({ place }) => place);
}

function none(): string {
  return vscode.l10n.t('There is no other team it could go to with your rights.');
}

async function placesFor(
  deps: CommandDeps,
  ticket: Ticket,
  managers: boolean,
  signal: AbortSignal,
): Promise<{ items: TargetPick[]; hint?: string }> {
  const known = await vocabularyOf(deps, ticket, signal);
  const choices = targetChoices(ticket, placesOf(deps, ticket, known.value.teams), vscode.l10n.t);
  const shown = choices.filter(({ target }) => managers || !target.manager);
  const rotas = new Map(
    await Promise.all(
      [...new Set(shown.flatMap(({ target }) => target.onCall ?? []))].map(
        async (file) => [file, await onCall(file, deps.now())] as const,
      ),
    ),
  );
  const items = shown.map(({ target, reasons }) => {
    const rota = rotas.get(target.onCall ?? '');
    const called = rota?.ok ? rota.value : [];
    const said = rota && (rota.ok ? onCallText(called) : rota.error.message);
    return {
      label: target.name,
      description: [...(said === undefined ? [] : [said]), ...reasons].join(' · '),
      iconPath: new vscode.ThemeIcon(target.manager ? 'person' : 'organization'),
      place: { target, onCall: called },
    };
  });
  return { items, ...(known.stale && { hint: staleHint(known.stale) }) };
}

function onCallText(called: readonly string[]): string {
  return called.length === 0
    ? vscode.l10n.t('nobody is on call')
    : vscode.l10n.t('on call: {0}', called.join(', '));
}

function placesOf({ accounts, reader }: CommandDeps, ticket: Ticket, teams: readonly { name: string }[]) {
  return {
    configured: accounts.get(ticket.accountId)?.targets ?? [],
    teams,
    known: reader.tickets({ accountIds: [ticket.accountId], limit: looked }),
  };
}
