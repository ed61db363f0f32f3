import type { Backend, Session } from '../backends/backend.ts';
import { elapsed } from '../desk/elapsed.ts';
import type { Result } from '../desk/errors.ts';
import type { Instant } from '../desk/ticket.ts';

/** A backend, and who we are there. */
export interface Link {
  backend: Backend;
  session: Session;
}

interface SignedIn {
  session: Promise<Result<Session>>;
  at: Instant;
}

/** Rights change; so often they are asked for again. */
const longest = 3_600_000;

/** Signs in once for each connection, however many ask at the same time. */
export class Sessions {
  readonly #connect: (accountId: string) => Promise<Result<Backend>>;
  readonly #now: () => Instant;
  readonly #lifetime: AbortSignal;
  readonly #sessions = new WeakMap<Backend, SignedIn>();

  constructor(
    connect: (accountId: string) => Promise<Result<Backend>>,
    now: () => Instant,
    lifetime: AbortSignal,
  ) {
    this.#connect = connect;
    this.#now = now;
    this.#lifetime = lifetime;
  }

  backend(accountId: string): Promise<Result<Backend>> {
    return this.#connect(accountId);
  }

  async link(accountId: string): Promise<Result<Link>> {
    const connected = await this.#connect(accountId);
    if (!connected.ok) return connected;
    const backend = connected.value;
    const known = this.#sessions.get(backend);
    const signedIn =
      known && elapsed(known.at, this.#now()) < longest
        ? known
        : { session: backend.signIn(this.#lifetime), at: this.#now() };
    this.#sessions.set(backend, signedIn);
    const session = await signedIn.session;
    if (!session.ok) {
      if (this.#sessions.get(backend) === signedIn) this.#sessions.delete(backend);
      return session;
    }
    return { ok: true, value: { backend, session: session.value } };
  }

  /** The backend refused us: ask who we are before anything else is sent. */
  forget({ backend }: Link): void {
    this.#sessions.delete(backend);
  }
}
