import * as vscode from 'vscode';
import type { Account } from '../desk/account.ts';
import type { Result } from '../desk/errors.ts';
import type { Accounts } from './accounts.ts';
import { report, settled } from './errors.ts';
import { SecretVault, type Place, type SecretStore } from './secretVault.ts';

export interface CredentialsOptions {
  secrets: vscode.SecretStorage;
  /** Remembers which places hold secrets; shared by all windows. */
  memory: vscode.Memento;
  accounts: Accounts;
  log(line: string): void;
}

const usedKey = 'deskside.credentials.places';
const context = 'credentials';

/** The accounts' tokens and passphrases: in VS Code's secret storage, or in the keychain where the user wants that. */
export class Credentials implements vscode.Disposable {
  readonly #options: CredentialsOptions;
  readonly #vault: SecretVault;
  readonly #listener: vscode.Disposable;
  #keychain: Promise<SecretStore> | undefined;
  #moving: Promise<void> = Promise.resolve();

  constructor(options: CredentialsOptions) {
    this.#options = options;
    this.#vault = new SecretVault({
      open: (place) => (place === 'keychain' ? this.#openKeychain() : Promise.resolve(this.#vscodeStore())),
      wanted,
      memory: {
        used: () => options.memory.get<readonly Place[]>(usedKey, ['vscode']),
        setUsed: async (used) => options.memory.update(usedKey, used),
      },
      explain: explainPlace,
    });
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('deskside.credentialStore')) void this.settle();
    });
    if (this.#vault.misplaced) void this.settle();
  }

  /** The account's token, if it has one for the origin it points to now. */
  async get(account: Account): Promise<string | undefined> {
    const token = await this.#vault.get(account);
    if (token.ok) return token.value;
    report(token.error, context);
    return undefined;
  }

  /** Keeps a token for the account's present origin. */
  set(account: Account, token: string): Promise<Result<void>> {
    return this.#vault.set(account, token);
  }

  /** Of the account's client certificate. */
  async passphrase(account: Account): Promise<string | undefined> {
    return account.certFile === undefined ? undefined : this.get(passphraseOf(account));
  }

  /** Keeps it for the account's present origin; an empty one is none. */
  setPassphrase(account: Account, passphrase: string): Promise<Result<void>> {
    const own = passphraseOf(account);
    return passphrase === '' ? this.#vault.delete(own) : this.#vault.set(own, passphrase);
  }

  /** Forgets all secrets of the account. */
  async delete(account: Pick<Account, 'id'>): Promise<Result<void>> {
    const token = await this.#vault.delete(account);
    const passphrase = await this.#vault.delete(passphraseOf(account));
    return token.ok ? passphrase : token;
  }

  /** Brings the tokens to where the setting wants them; where that fails they stay and can be used. */
  settle(): Promise<void> {
    this.#moving = this.#moving.then(() => this.#move());
    return this.#moving;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #move(): Promise<void> {
    if (!this.#vault.misplaced) return;
    const moved = await this.#vault.move(
      this.#options.accounts.all().flatMap((account) => [account, passphraseOf(account)]),
    );
    if (!moved.ok) {
      report(
        {
          ...moved.error,
          message: vscode.l10n.t('{0} The tokens stay where they were.', moved.error.message),
        },
        context,
      );
      return;
    }
    settled(context);
    this.#options.log(`Moved ${moved.value} tokens to "${wanted()}".`);
  }

  #vscodeStore(): SecretStore {
    const { secrets } = this.#options;
    return {
      get: async (name) => secrets.get(name),
      set: async (name, secret) => secrets.store(name, secret),
      delete: async (name) => secrets.delete(name),
    };
  }

  #openKeychain(): Promise<SecretStore> {
    this.#keychain ??= import('./keychain.ts').then(({ openKeychain }) => openKeychain());
    this.#keychain.catch(() => (this.#keychain = undefined));
    return this.#keychain;
  }
}

/** No account can have this id, so that nothing is in the way. */
function passphraseOf<T extends Pick<Account, 'id'>>(account: T): T {
  return { ...account, id: `${account.id}.passphrase` };
}

/** Only the user's own setting counts, never a workspace's. */
function wanted(): Place {
  const setting = vscode.workspace
    .getConfiguration('deskside')
    .inspect<unknown>('credentialStore')?.globalValue;
  return setting === 'keychain' ? 'keychain' : 'vscode';
}

function explainPlace(place: Place, error: unknown): string {
  const said =
    (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/[.\s]+$/, '') ?? '';
  if (place === 'vscode') return vscode.l10n.t('VS Code’s secret storage does not work ({0}).', said);
  return process.platform === 'linux'
    ? vscode.l10n.t(
        'There is no keychain to be reached ({0}). It needs the library libsecret and a Secret Service such as gnome-keyring or KWallet, running and unlocked. Start one, or set "deskside.credentialStore" to "vscode".',
        said,
      )
    : vscode.l10n.t(
        'The keychain can’t be reached ({0}). Unlock it, or set "deskside.credentialStore" to "vscode".',
        said,
      );
}
