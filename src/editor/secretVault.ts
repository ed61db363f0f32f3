import { originOf, type Account } from '../desk/account.ts';
import { fail, ok, type Result } from '../desk/errors.ts';

/** Where secrets may be kept. */
export const places = ['vscode', 'keychain'] as const;
export type Place = (typeof places)[number];

/** Keeps secrets by name. May throw: a keychain can be locked or missing. */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface VaultOptions {
  /** Opens a place on first use. */
  open(place: Place): Promise<SecretStore>;
  /** Where the user wants secrets to be. */
  wanted(): Place;
  /** Remembers which places may hold secrets, so that the others are never opened. */
  memory: { used(): readonly Place[]; setUsed(places: readonly Place[]): Promise<void> };
  /** What a failure of a place means, as a sentence that helps. */
  explain(place: Place, error: unknown): string;
}

export type Binding = Pick<Account, 'id' | 'url'>;

/**
 * Accounts' tokens. Each is kept with the origin it was given for and handed out for no other, so that an account that
 * is made to point elsewhere has no token. At most times one place holds a token; while it moves, two do, never none.
 */
export class SecretVault {
  readonly #options: VaultOptions;

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** The account's token, if it was stored for the origin the account has now. */
  async get(account: Binding): Promise<Result<string | undefined>> {
    const origin = originOf(account);
    if (origin === undefined) return ok<string | undefined>(undefined);
    let problem: Result<string | undefined> | undefined;
    for (const place of this.#search()) {
      const read = await this.#at(place, (store) => store.get(nameOf(account.id)));
      if (!read.ok) problem ??= read;
      else if (read.value !== undefined) {
        const kept = decode(read.value);
        return ok(kept?.origin === origin ? kept.token : undefined);
      }
    }
    return problem ?? ok<string | undefined>(undefined);
  }

  /** Keeps a token for the account's present origin, where the user wants tokens to be. */
  async set(account: Binding, token: string): Promise<Result<void>> {
    const origin = originOf(account);
    if (origin === undefined) {
      return fail({ reason: 'unsupported', message: 'An account without an address has no token.' });
    }
    const place = this.#options.wanted();
    const written = await this.#write(place, nameOf(account.id), encode({ origin, token }));
    if (!written.ok) return written;
    for (const other of this.#search().filter((one) => one !== place)) {
      await this.#at(other, (store) => store.delete(nameOf(account.id)));
    }
    return ok();
  }

  /** Forgets the account's token wherever one may be. */
  async delete(account: Pick<Account, 'id'>): Promise<Result<void>> {
    let problem: Result<void> | undefined;
    for (const place of this.#search()) {
      const deleted = await this.#at(place, (store) => store.delete(nameOf(account.id)));
      if (!deleted.ok) problem ??= deleted;
    }
    return problem ?? ok();
  }

  /** Are there tokens in a place the user no longer wants? */
  get misplaced(): boolean {
    return this.#options.memory.used().some((place) => place !== this.#options.wanted());
  }

  /**
   * Brings the accounts' tokens to the place the user wants: written there and read back before anything is deleted.
   * What cannot be moved stays where it was, and can be used. Gives how many were moved.
   */
  async move(accounts: readonly Pick<Account, 'id'>[]): Promise<Result<number>> {
    const target = this.#options.wanted();
    let moved = 0;
    for (const source of this.#options.memory.used().filter((place) => place !== target)) {
      for (const { id } of accounts) {
        const read = await this.#at(source, (store) => store.get(nameOf(id)));
        if (!read.ok) return read;
        if (read.value === undefined) continue;
        const written = await this.#write(target, nameOf(id), read.value);
        if (!written.ok) return written;
        const deleted = await this.#at(source, (store) => store.delete(nameOf(id)));
        if (!deleted.ok) return deleted;
        moved++;
      }
    }
    await this.#options.memory.setUsed([target]);
    return ok(moved);
  }

  /** The wanted place first. */
  #search(): Place[] {
    const wanted = this.#options.wanted();
    return [wanted, ...this.#options.memory.used().filter((place) => place !== wanted)];
  }

  async #write(place: Place, name: string, value: string): Promise<Result<void>> {
    const { memory } = this.#options;
    const back = await this.#at(place, async (store) => {
      await store.set(name, value);
      return store.get(name);
    });
    if (!back.ok) return back;
    if (back.value !== value) {
      return fail({
        reason: 'storage',
        message: this.#options.explain(place, new Error('it did not keep what was written')),
      });
    }
    if (!memory.used().includes(place)) await memory.setUsed([...memory.used(), place]);
    return ok();
  }

  async #at<T>(place: Place, act: (store: SecretStore) => Promise<T>): Promise<Result<T>> {
    try {
      return { ok: true, value: await act(await this.#options.open(place)) };
    } catch (error) {
      return fail({ reason: 'storage', message: this.#options.explain(place, error) });
    }
  }
}

interface Kept {
  origin: string;
  token: string;
}

function nameOf(accountId: string): string {
  return `deskside.account.${accountId}`;
}

function encode(kept: Kept): string {
  return JSON.stringify(kept);
}

function decode(text: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('origin' in kept) || !('token' in kept))
      return undefined;
    const { origin, token } = kept;
    return typeof origin === 'string' && typeof token === 'string' ? { origin, token } : undefined;
  } catch {
    return undefined;
  }
}
