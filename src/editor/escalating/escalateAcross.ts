import * as vscode from 'vscode';
import type { Account } from '../../desk/account.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { vocabularyOf } from '../commands/knownValues.ts';
import { pickLoaded } from '../commands/steps.ts';
import { explain } from '../errors.ts';
import { openChosen } from '../writing/write.ts';
import { pickReason } from './escalate.ts';
import { knownSections } from './handOffDraft.ts';
import { draftOf } from './handOffText.ts';

/** Asks for the account, its team and the reason, then opens the hand-off that makes a ticket there. */
export async function escalateAcross(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const account = await pickAccount(deps, ticket);
  if (!account) return;
  const team = await pickTeam(deps, ticket, account);
  if (team === undefined) return;
  const reason = await pickReason(vscode.l10n.t('Escalate {0} to Another Account (3/3)', ticket.key));
  if (reason === undefined) return;
  const fields = {
    account: account.label,
    team,
    priority: undefined,
    reason,
    status: await pendingStatus(deps, ticket),
    notes: 'yes',
  };
  const to = team === '' ? account.label : `${team} (${account.label})`;
  const hints = [
    vscode.l10n.t(
      'Makes a ticket in {0}, and an internal note on {1} that names it.',
      account.label,
      ticket.key,
    ),
    vscode.l10n.t(
      'status: what {0} gets meanwhile. When the other ticket is done, it goes back to what it was.',
      ticket.key,
    ),
    vscode.l10n.t('notes: yes passes on what is said in public on either ticket, as internal notes.'),
    vscode.l10n.t('What stays empty is not sent.'),
  ];
  await openChosen(deps, ticket, 'hand-off', {
    label: vscode.l10n.t('Hand-off of {0}', ticket.key),
    ...draftOf(fields, { to, sections: knownSections(deps, ticket) }, hints),
  });
}

async function pickAccount({ accounts, reader }: CommandDeps, ticket: Ticket): Promise<Account | undefined> {
  const others = accounts
    .all()
    .filter(
      ({ id }) => id !== ticket.accountId && reader.accountState(id)?.capabilities?.createTicket !== false,
    );
  if (others.length === 0) {
    const add = vscode.l10n.t('Add Account…');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no other account in which a ticket can be made.'),
      add,
    );
    if (chosen === add) await vscode.commands.executeCommand('deskside.addAccount');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    others.map((account) => ({ label: account.label, description: account.url ?? '', account })),
    {
      title: vscode.l10n.t('Escalate {0} to Another Account (1/3)', ticket.key),
      placeHolder: vscode.l10n.t('In which ticketing system is it to be worked on?'),
    },
  );
  return picked?.account;
}

async function pickTeam(deps: CommandDeps, ticket: Ticket, account: Account): Promise<string | undefined> {
  const whoever = vscode.l10n.t('The account’s usual one');
  const picked = await pickLoaded(
    {
      title: vscode.l10n.t('Escalate {0} to Another Account (2/3)', ticket.key),
      placeholder: vscode.l10n.t('Which team of {0}?', account.label),
      none: vscode.l10n.t('{0} has no teams.', account.label),
    },
    async (signal) => {
      const answer = await deps.sync.vocabulary(account.id, undefined, signal);
      const teams = answer.ok ? answer.value.teams : [];
      return {
        items: [...teams.map(({ name }) => ({ label: name, team: name })), { label: whoever, team: '' }],
        hint: answer.ok ? undefined : explain(answer.error),
      };
    },
  );
  return picked?.team;
}

/** What says that a ticket waits for others, where its account has such a status. */
async function pendingStatus(deps: CommandDeps, ticket: Ticket): Promise<string | undefined> {
  const known = await vocabularyOf(deps, ticket, new AbortController().signal);
  return known.value.statuses.find(({ category }) => category === 'pending')?.name;
}
