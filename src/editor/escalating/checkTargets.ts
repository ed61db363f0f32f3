import * as vscode from 'vscode';
import type { Account } from '../../desk/account.ts';
import { chosenAccount } from '../commands/checkAccount.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import { ReportDocuments } from '../reportDocuments.ts';
import { onCall } from './onCall.ts';
import { checkTargets, targetCheckText } from './targetCheck.ts';

let reports: ReportDocuments | undefined;

/** Proves the targets of an account against the account, without changing anything there. */
export async function checkEscalationTargets(deps: CommandDeps, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Check Escalation Targets');
  const account = await chosenAccount(deps, argument, title);
  if (!account) return;
  const checked = await showProgress(vscode.l10n.t('Checking the targets of {0}…', account.label), (signal) =>
    check(deps, account, signal),
  );
  if (!checked.ok) {
    if (checked.error.reason !== 'cancelled') {
      await tell(checked.error, vscode.l10n.t('The targets could not be checked.'));
    }
    return;
  }
  reports ??= new ReportDocuments('deskside-target-check');
  await reports.show(title, targetCheckText(account.label, checked.value, vscode.l10n.t));
}

async function check({ connections, reader, now }: CommandDeps, account: Account, signal: AbortSignal) {
  const backend = await connections.connect(account.id);
  if (!backend.ok) return backend;
  const [sample] = reader.tickets({ accountIds: [account.id], active: true, mine: true, limit: 1 });
  return checkTargets(backend.value, account.targets ?? [], {
    ticketId: sample?.id,
    onCall: (file) => onCall(file, now()),
    t: vscode.l10n.t,
    signal,
  });
}
