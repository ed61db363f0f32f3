import * as vscode from 'vscode';
import type { Backend } from '../../backends/backend.ts';
import type { Account } from '../../desk/account.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { mine } from '../../desk/scope.ts';
import { explain } from '../errors.ts';
import { showProgress } from '../progress.ts';
import { ReportDocuments } from '../reportDocuments.ts';
import { ticketCount } from '../ticketCount.ts';
import { checkText, type AccountCheck, type Probe } from './checkText.ts';
import type { CommandDeps } from './deps.ts';
import { accountIdOf } from './view.ts';

let reports: ReportDocuments | undefined;

/** Tries what an account can do, without changing anything there, and shows what works and which rights are missing. */
export async function checkAccount(deps: CommandDeps, argument: unknown): Promise<void> {
  const account = await chosenAccount(deps, argument, vscode.l10n.t('Check Account'));
  if (!account) return;
  const check = await showProgress(vscode.l10n.t('Checking {0}…', account.label), (signal, report) =>
    run(deps, account, signal, (message) => report({ message })),
  );
  if (!check) return;
  reports ??= new ReportDocuments('deskside-check');
  await reports.show(vscode.l10n.t('Check of {0}', account.label), checkText(check, explain, vscode.l10n.t));
}

/** The account that was named, the only one, or the one the user picks. */
export async function chosenAccount(
  deps: CommandDeps,
  argument: unknown,
  title: string,
): Promise<Account | undefined> {
  const accounts = deps.accounts.all();
  const named = deps.accounts.get(accountIdOf(argument) ?? '');
  if (named || accounts.length < 2) return named ?? accounts[0];
  const picked = await vscode.window.showQuickPick(
    accounts.map((account) => ({ label: account.label, description: account.url ?? '', account })),
    { title },
  );
  return picked?.account;
}

/** Nothing if the user stopped it. */
async function run(
  deps: CommandDeps,
  account: Account,
  signal: AbortSignal,
  tell: (step: string) => void,
): Promise<AccountCheck | undefined> {
  const probes: Probe[] = [];
  const rights = deps.connections.kindOf(account)?.rights ?? {};
  const about = { label: account.label, ...(account.url !== undefined && { url: account.url }), rights };
  const attempt = async <T>(
    name: string,
    act: () => Promise<Result<T>>,
    found: (value: T) => string,
  ): Promise<T | undefined> => {
    tell(name);
    const result = await act();
    probes.push({ name, result: result.ok ? { ok: true, found: found(result.value) } : result });
    return result.ok ? result.value : undefined;
  };

  const backend = await attempt(
    vscode.l10n.t('Configured'),
    () => deps.connections.connect(account.id),
    () => account.url ?? vscode.l10n.t('it needs no server'),
  );
  const session =
    backend &&
    (await attempt(
      vscode.l10n.t('Signed in'),
      () => backend.signIn(signal),
      ({ me }) => vscode.l10n.t('as {0}', me.name),
    ));
  if (backend && session) {
    await attempt(
      vscode.l10n.t('Reading tickets'),
      () => firstPage(backend, signal),
      (count) => vscode.l10n.t('{0} on the first page', ticketCount(count, vscode.l10n.t)),
    );
    await attempt(
      vscode.l10n.t('Reading statuses, priorities and teams'),
      () => backend.vocabulary(undefined, signal),
      ({ statuses, priorities, teams }) =>
        vscode.l10n.t(
          '{0} statuses, {1} priorities, {2} teams',
          statuses.length,
          priorities.length,
          teams.length,
        ),
    );
    await attempt(
      vscode.l10n.t('Reading people'),
      () => backend.people('', signal),
      (people) => vscode.l10n.t('{0} to assign to', people.length),
    );
  }
  if (signal.aborted) return undefined;
  return { ...about, probes, ...(session && { capabilities: session.capabilities }) };
}

async function firstPage(backend: Backend, signal: AbortSignal): Promise<Result<number>> {
  for await (const page of backend.pull(mine, undefined, signal)) {
    return page.ok ? ok(page.value.tickets.length) : page;
  }
  return ok(0);
}
