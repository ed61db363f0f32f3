import * as vscode from 'vscode';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';
import { vocabularyKey } from './knownValues.ts';
import { accountOf, withCredential } from './signIn.ts';

export interface SignOutDeps {
  reader: Pick<CommandDeps['reader'], 'outbox'>;
  writer: CommandDeps['writer'];
  accounts: CommandDeps['accounts'];
  credentials: Pick<CommandDeps['credentials'], 'delete'>;
  connections: CommandDeps['connections'];
  memory: Pick<CommandDeps['memory'], 'update'>;
  sync: Pick<CommandDeps['sync'], 'letGo' | 'syncNow'>;
}

/**
 * Takes an account's token away; on request the account and its tickets too, and what the user wrote. What was not sent
 * stays: while something waits in the outbox, only signing out is offered.
 */
export async function signOut(deps: SignOutDeps, argument: unknown): Promise<void> {
  const account = await accountOf(deps, argument, vscode.l10n.t('Sign Out'));
  if (!account) return;
  const waiting = deps.reader.outbox().filter(({ accountId }) => accountId === account.id).length;
  const out = vscode.l10n.t('Sign Out');
  const remove = vscode.l10n.t('Remove Account');
  const removeAll = vscode.l10n.t('Remove Account and Drafts');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Sign out of {0}?', account.label),
    {
      modal: true,
      detail:
        waiting > 0
          ? vscode.l10n.t(
              '{0} changes wait in the outbox: they are kept and sent when you sign in again.',
              waiting,
            )
          : vscode.l10n.t(
              'The token is deleted from this computer. Removing the account deletes its tickets here too; your drafts, links and runs stay, unless you have them deleted as well.',
            ),
    },
    ...(waiting > 0 ? [out] : [out, remove, removeAll]),
  );
  if (chosen === undefined) return;
  const deleted = await deps.credentials.delete(account);
  if (!deleted.ok) {
    await tell(deleted.error, vscode.l10n.t('You are still signed in.'));
    return;
  }
  if (account.session && chosen === out) {
    await deps.accounts.put(withCredential(account, { token: '', session: false }));
  }
  deps.connections.forget(account.id);
  if (chosen === out) await deps.sync.syncNow(account.id, AbortSignal.timeout(30_000));
  else await removeAccount(deps, account.id, { work: chosen === removeAll });
}

/** `work`: what the user wrote goes too. */
async function removeAccount(
  deps: SignOutDeps,
  accountId: string,
  { work }: { work: boolean },
): Promise<void> {
  const removed = await deps.accounts.remove(accountId);
  if (!removed.ok) {
    await tell(removed.error, vscode.l10n.t('You are signed out; the account is still in the settings.'));
    return;
  }
  await deps.memory.update(vocabularyKey(accountId), undefined);
  await deps.sync.letGo();
  const purged = await deps.writer.run('purgeAccount', { accountId, work });
  if (!purged.ok) await tell(purged.error);
}
