import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { dateTime } from '../dates.ts';
import { shiftText } from './shiftText.ts';

/** Writes what the next shift has to know into a new document. */
export async function shiftHandOver(deps: CommandDeps): Promise<void> {
  const { reader, accounts, now } = deps;
  const accountIds = accounts.all().map(({ id }) => id);
  const filter = { accountIds, active: true };
  const [mine, all] = [reader.countTickets({ ...filter, mine: true }), reader.countTickets(filter)];
  const whose = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Everyone’s tickets'), description: String(all), only: {} },
      { label: vscode.l10n.t('My tickets'), description: String(mine), only: { mine: true } },
    ],
    { title: vscode.l10n.t('Shift Hand-Over'), placeHolder: vscode.l10n.t('What is handed over?') },
  );
  if (!whose) return;
  const content = shiftText(
    {
      tickets: reader.tickets({ ...filter, ...whose.only, order: 'urgent' }),
      entries: (ticket) => reader.entries(ticket),
      now: now(),
      time: dateTime,
    },
    vscode.l10n.t,
  );
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}
