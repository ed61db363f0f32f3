import type { Backend, BackendKind, Session } from '../backends/backend.ts';
import type { GatewayOptions } from '../backends/axiosGateway.ts';
import type { Gateway } from '../backends/gateway.ts';
import { kindOf } from '../backends/registry.ts';
import type { Account } from '../desk/account.ts';
import { fail, type Result } from '../desk/errors.ts';
import type { Instant, TicketRef } from '../desk/ticket.ts';

export interface ConnectionsOptions {
  kinds: readonly BackendKind[];
  account: (id: string) => Account | undefined;
  /** The account's token, if it has one for its present origin. */
  token: (account: Account, kind: BackendKind) => Promise<string | undefined>;
  /** Of the account's client certificate. */
  passphrase: (account: Account) => Promise<string | undefined>;
  /** The revision at which the store has a ticket. */
  known: (ref: TicketRef) => string | undefined;
  log: (line: string) => void;
  now: () => Instant;
}

/** One connector for each account, made when it is first needed and made anew when the account changes. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #open = new Map<string, Promise<Backend>>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get kinds(): readonly BackendKind[] {
    return this.#options.kinds;
  }

  kindOf(account: Account): BackendKind | undefined {
    return kindOf(this.#options.kinds, account);
  }

  async connect(accountId: string): Promise<Result<Backend>> {
    const account = this.#options.account(accountId);
    const kind = account && this.kindOf(account);
    if (!kind) {
      return fail({
        reason: 'unsupported',
        message: `No account "${accountId}" of a known kind is configured.`,
      });
    }
    let backend = this.#open.get(accountId);
    if (!backend) {
      backend = this.#create(kind, account, () => this.#options.token(account, kind));
      this.#open.set(accountId, backend);
    }
    return { ok: true, value: await backend };
  }

  /** Who would be signed in to `account` with this token? Keeps nothing. */
  async probe(account: Account, token: string | undefined, signal: AbortSignal): Promise<Result<Session>> {
    const kind = this.kindOf(account);
    if (!kind)
      return fail({ reason: 'unsupported', message: `"${account.backend}" is not a known kind of backend.` });
    const backend = await this.#create(kind, account, () => Promise.resolve(token));
    return backend.signIn(signal);
  }

  /** The account, or its token, changed. */
  forget(accountId: string): void {
    this.#open.delete(accountId);
  }

  async #create(
    kind: BackendKind,
    account: Account,
    token: () => Promise<string | undefined>,
  ): Promise<Backend> {
    const { known, log, now, passphrase } = this.#options;
    return kind.create({
      account,
      now,
      gateway: lazyGateway(kind, account, { token, log, now, passphrase: () => passphrase(account) }),
      known: (id) => known({ accountId: account.id, id }),
    });
  }
}

type GatewayNeeds = Pick<GatewayOptions, 'log' | 'now' | 'token' | 'passphrase'>;

/** Loads the HTTP client with the first request: the local desk never makes one. */
function lazyGateway(kind: BackendKind, account: Account, needs: GatewayNeeds): Gateway {
  let gateway: Promise<Gateway> | undefined;
  const load = () =>
    (gateway ??= import('../backends/axiosGateway.ts').then(({ createGateway }) =>
      createGateway({
        account,
        endpoint: kind.endpoint?.(account),
        authorise: (token) => kind.authorise(token, account),
        identify: kind.identify,
        ...needs,
      }),
    ));
  return {
    request: async (request) => (await load()).request(request),
    stream: async (request) => (await load()).stream(request),
    identity: async () => (await load()).identity(),
  };
}
