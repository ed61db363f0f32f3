import * as vscode from 'vscode';
import { escalationsOf } from '../../desk/escalation.ts';
import { formatHandBack } from '../../desk/handBack.ts';
import { handOffSections, parseHandOff } from '../../desk/handOff.ts';
import { plainText } from '../../desk/htmlText.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { comment } from '../../replies/passages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { open } from '../writing/write.ts';
import { pickTarget } from './targets.ts';

/** Returns a ticket to where it came from, with a list of what is missing. */
export async function handBack(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const entries = deps.reader.entries(ticket);
  const arrival = escalationsOf(entries).findLast(
    ({ direction, to }) => direction === 'onward' && (to === undefined || to === ticket.team),
  );
  const team =
    arrival?.from ??
    (
      await pickTarget(deps, ticket, {
        title: vscode.l10n.t('Return {0}', ticket.key),
        placeholder: vscode.l10n.t('Its timeline does not say where it came from. To whom?'),
      })
    )?.name;
  if (team === undefined) return;
  const note = entries.findLast(({ kind }) => kind === 'hand-off')?.body;
  const missing = await pickMissing(ticket, team, note ? plainText(note) : '');
  if (missing === undefined) return;
  const fields = {
    team,
    assignee: arrival && `${arrival.by.name} <${arrival.by.id}>`,
    reason: undefined,
  };
  const text = formatDraft(fields, formatHandBack({ to: team, missing, text: '' }));
  await open(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Return of {0}', ticket.key),
    text: `${text}\n\n${comment(vscode.l10n.t('Internal. One line for each thing they must add before it comes back.'))}\n`,
    cursor: text.length,
  });
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
