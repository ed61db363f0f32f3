import * as vscode from 'vscode';
import { handOffSections, parseHandOff } from '../../desk/handOff.ts';
import { plainText } from '../../desk/htmlText.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { openChosen } from '../writing/write.ts';
import { arrivalOf, handBackText, tierBefore } from './acts.ts';
import { pickTarget } from './targets.ts';

/** Returns a ticket to where it came from, with a list of what is missing. */
export function returnTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  return giveBack(deps, argument, 'missing');
}

/** Gives a ticket back to where it came from, with what was found and done. */
export function handBack(deps: CommandDeps, argument: unknown): Promise<void> {
  return giveBack(deps, argument, 'done');
}

async function giveBack(deps: CommandDeps, argument: unknown, why: 'missing' | 'done'): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const entries = deps.reader.entries(ticket);
  const arrival = arrivalOf(ticket, entries);
  const team = arrival?.from ?? (await askTeam(deps, ticket));
  if (team === undefined) return;
  const note = entries.findLast(({ kind }) => kind === 'hand-off')?.body;
  const missing = why === 'done' ? undefined : await pickMissing(ticket, team, note ? plainText(note) : '');
  if (why === 'missing' && missing === undefined) return;
  const keepsTiers = deps.reader.accountState(ticket.accountId)?.capabilities?.setTier === 'native';
  const tier = keepsTiers ? tierBefore(ticket, entries) : undefined;
  await openChosen(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Return of {0}', ticket.key),
    ...handBackText({ team, person: arrival?.by, tier, missing }, vscode.l10n.t),
  });
}

async function askTeam(deps: CommandDeps, ticket: Ticket): Promise<string | undefined> {
  const picked = await pickTarget(deps, ticket, {
    title: vscode.l10n.t('Return {0}', ticket.key),
    placeholder: vscode.l10n.t('Its timeline does not say where it came from. To whom?'),
  });
  return picked?.target.team;
}

/** What the hand-off left empty is marked; the user changes it as they like. */
async function pickMissing(ticket: Ticket, team: string, handOff: string): Promise<string[] | undefined> {
  const sections = parseHandOff(handOff)?.sections;
  const asked = [
    ...handOffSections
      .filter(({ id }) => id !== 'references')
      .map(({ id, heading }) => ({ label: heading, picked: sections !== undefined && sections[id] === '' })),
    ...[
      vscode.l10n.t('The exact error message'),
      vscode.l10n.t('Steps that show the problem'),
      vscode.l10n.t('How many people it concerns'),
      vscode.l10n.t('When and how the requester can be reached'),
      vscode.l10n.t('Logs or screenshots'),
    ].map((label) => ({ label, picked: false })),
  ];
  const picked = await vscode.window.showQuickPick(asked, {
    title: vscode.l10n.t('Return {0} to {1}', ticket.key, team),
    placeHolder: vscode.l10n.t('What is missing? You can say it in your own words next.'),
    canPickMany: true,
  });
  return picked?.map(({ label }) => label);
}
