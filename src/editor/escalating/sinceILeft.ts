import * as vscode from 'vscode';
import type { Query } from '../../desk/query/query.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { dateTime } from '../dates.ts';
import { leftAt } from './lastActive.ts';
import { sinceText } from './sinceText.ts';

const hour = 3_600_000;
const mostTickets = 500;
const escalatedByMe: Query = {
  clauses: [[{ negated: false, test: { type: 'me', role: 'escalator' } }]],
  problems: [],
};

/** Writes what happened to the user's tickets while they were away into a new document. */
export async function sinceILeft(deps: CommandDeps): Promise<void> {
  const { reader, accounts, now, memory } = deps;
  const since = await pickSince(now(), leftAt(memory));
  if (since === undefined) return;
  const filter = { accountIds: accounts.all().map(({ id }) => id), limit: mostTickets };
  const found = [
    ...reader.tickets({ ...filter, mine: true }),
    ...reader.tickets({ ...filter, fits: escalatedByMe }),
  ];
  const tickets = new Map(found.map((ticket) => [`${ticket.accountId} ${ticket.id}`, ticket]));
  const content = sinceText(
    {
      since,
      now: now(),
      tickets: [...tickets.values()],
      entries: (ticket) => reader.entries(ticket),
      me: ({ accountId }) => reader.accountState(accountId)?.me?.id,
      time: dateTime,
    },
    vscode.l10n.t,
  );
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

async function pickSince(now: Instant, left: Instant | undefined): Promise<Instant | undefined> {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const picked = await vscode.window.showQuickPick(
    [
      ...(left === undefined ? [] : [{ label: vscode.l10n.t('Since I left'), since: left }]),
      { label: vscode.l10n.t('The last 8 hours'), since: now - 8 * hour },
      { label: vscode.l10n.t('Since yesterday'), since: midnight.getTime() - 24 * hour },
      { label: vscode.l10n.t('The last week'), since: now - 7 * 24 * hour },
      { label: vscode.l10n.t('The last two weeks'), since: now - 14 * 24 * hour },
    ].map((choice) => ({ ...choice, description: dateTime(choice.since) })),
    {
      title: vscode.l10n.t('What Happened Since I Left'),
      placeHolder: vscode.l10n.t('Since when were you away?'),
    },
  );
  return picked?.since;
}
