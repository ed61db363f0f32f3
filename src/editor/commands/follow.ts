import * as vscode from 'vscode';
import type { Account } from '../../desk/account.ts';
import { explain, tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import type { CommandDeps } from './deps.ts';
import { askText, runSteps, settle } from './steps.ts';
import { accountIdOf } from './view.ts';

interface FollowPick extends vscode.QuickPickItem {
  team?: string;
  query?: NonNullable<Account['queries']>[number];
}

/** Chooses which tickets besides one's own are kept here: teams, and what queries find. */
export async function follow(deps: CommandDeps, argument: unknown): Promise<void> {
  const account = await accountOf(deps, argument);
  if (!account) return;
  const teams = await teamsOf(deps, account);
  if (!teams) return;
  const language = queryLanguage(deps, account);
  const add: FollowPick = { label: `$(add) ${vscode.l10n.t('New Query…')}`, alwaysShow: true };
  const picks: FollowPick[] = [
    { label: vscode.l10n.t('Teams'), kind: vscode.QuickPickItemKind.Separator },
    ...teams.map((team) => ({ label: team, team, picked: account.teams?.includes(team) ?? false })),
    { label: vscode.l10n.t('Queries'), kind: vscode.QuickPickItemKind.Separator },
    ...(account.queries ?? []).map((query) => ({
      label: query.name,
      description: query.query,
      query,
      picked: true,
    })),
    ...(language ? [add] : []),
  ];
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('{0}: which tickets besides yours?', account.label),
    placeHolder: vscode.l10n.t('What is ticked is kept on this computer, and can be read offline'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picked) return;
  const queries = picked.flatMap(({ query }) => (query ? [query] : []));
  if (picked.includes(add) && language) {
    const query = await askQuery(account, language);
    if (!query) return;
    queries.push(query);
  }
  const kept = picked.flatMap(({ team }) => (team === undefined ? [] : [team]));
  const put = await deps.accounts.put({ ...account, teams: kept, queries });
  if (put.ok) void deps.sync.syncNow(account.id, new AbortController().signal);
  else await tell(put.error);
}

/** The account that was named, or the only one, or the one the user picks. */
async function accountOf(deps: CommandDeps, argument: unknown): Promise<Account | undefined> {
  const accounts = deps.accounts.all().filter((account) => deps.connections.kindOf(account));
  const named = accountIdOf(argument);
  if (named !== undefined || accounts.length < 2) return deps.accounts.get(named ?? accounts[0]?.id ?? '');
  const picks = accounts.map((account) => ({
    label: account.label,
    description: account.url ?? '',
    account,
  }));
  const title = vscode.l10n.t('Teams and Queries');
  return (await vscode.window.showQuickPick(picks, { title }))?.account;
}

/** The teams there are; offline, those that are followed or have tickets here. */
async function teamsOf(deps: CommandDeps, account: Account): Promise<string[] | undefined> {
  const answer = await showProgress(vscode.l10n.t('Asking {0} for its teams…', account.label), (signal) =>
    deps.sync.vocabulary(account.id, undefined, signal),
  );
  if (!answer.ok && answer.error.reason === 'cancelled') return undefined;
  const here = deps.reader.tickets({ accountIds: [account.id], limit: 1000 });
  const names = answer.ok
    ? answer.value.teams.map(({ name }) => name)
    : here.flatMap(({ team }) => (team === undefined ? [] : [team]));
  if (!answer.ok) void vscode.window.setStatusBarMessage(explain(answer.error), 5000);
  return [...new Set([...(account.teams ?? []), ...names])].sort((a, b) => a.localeCompare(b));
}

/** How queries are written there, where any can be followed. */
function queryLanguage(deps: CommandDeps, account: Account) {
  const can = deps.reader.accountState(account.id)?.capabilities?.scopes.includes('query') ?? false;
  return can ? deps.connections.kindOf(account)?.query : undefined;
}

async function askQuery(
  account: Account,
  { language, example }: { language: string; example: string },
): Promise<NonNullable<Account['queries']>[number] | undefined> {
  const typed = { name: '', query: '' };
  const title = vscode.l10n.t('New Query of {0}', account.label);
  const all = await runSteps([
    async (place) =>
      settle(
        await askText(
          {
            title,
            prompt: vscode.l10n.t('The query, in {0}', language),
            placeholder: example,
            value: typed.query,
            validate: (value) => (value.trim() === '' ? vscode.l10n.t('A query is needed.') : undefined),
          },
          place,
        ),
        (value) => (typed.query = value.trim()),
      ),
    async (place) =>
      settle(
        await askText(
          {
            title,
            prompt: vscode.l10n.t('What it is called in the tree'),
            value: typed.name,
            validate: (value) => (value.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
          },
          place,
        ),
        (value) => (typed.name = value.trim()),
      ),
  ]);
  return all ? typed : undefined;
}
