import * as vscode from 'vscode';
import type { Account } from '../desk/account.ts';
import { fail, ok, type Result } from '../desk/errors.ts';
import {
  readAccounts,
  withAccount,
  withoutAccount,
  type AccountProblem,
  type ReadAccounts,
} from './accountRules.ts';

/**
 * The configured accounts. Only the user's own settings count: what a workspace says of them is never read, so that no
 * repository can point an account elsewhere.
 */
export class Accounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  #read: ReadAccounts;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#read = readAccounts(ownSetting());
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('deskside.accounts')) this.#refresh();
    });
  }

  all(): readonly Account[] {
    return this.#read.accounts;
  }

  get(id: string): Account | undefined {
    return this.#read.accounts.find((account) => account.id === id);
  }

  /** Entries of the setting that cannot be used. */
  problems(): readonly AccountProblem[] {
    return this.#read.problems;
  }

  /** Adds an account, or replaces the one of the same id. */
  put(account: Account): Promise<Result<void>> {
    return this.#write(withAccount(ownSetting(), account));
  }

  remove(id: string): Promise<Result<void>> {
    return this.#write(withoutAccount(ownSetting(), id));
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #write(setting: unknown[]): Promise<Result<void>> {
    try {
      await vscode.workspace
        .getConfiguration('deskside')
        .update('accounts', setting, vscode.ConfigurationTarget.Global);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return fail({
        reason: 'storage',
        message: vscode.l10n.t('The settings could not be written ({0}).', said),
      });
    }
    this.#refresh();
    return ok();
  }

  #refresh(): void {
    const read = readAccounts(ownSetting());
    if (JSON.stringify(read) === JSON.stringify(this.#read)) return;
    this.#read = read;
    this.#changed.fire();
  }
}

function ownSetting(): unknown {
  const inspected = vscode.workspace.getConfiguration('deskside').inspect<unknown>('accounts');
  return inspected?.globalValue ?? inspected?.defaultValue;
}
