import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import { scopeKey, scopesOf, type Scope } from '../desk/scope.ts';
import type { Instant } from '../desk/ticket.ts';
import { takeLease } from './lease.ts';
import { isReached, nextAttempt } from './outbox.ts';
import { pull, type Pulled } from './pull.ts';
import { Pusher, type Lifetime, type PushDeps, type Pushed } from './push.ts';
import type { Link } from './sessions.ts';
import { Upkeep, type UpkeepDeps } from './upkeep.ts';

export interface AccountDeps extends PushDeps, UpkeepDeps {
  /** Between two pulls, by the user's setting and whether the window is looked at. */
  intervalMs: () => number;
  /** Told with 1 when something begins and with -1 when it ends. */
  activity: (change: 1 | -1) => void;
}

interface PulledScopes extends Pulled {
  /** The scopes that were read, by their keys. */
  synced: string[];
  /** Why others could not be. */
  unread: string[];
}

/** After a rate limit, so much less often for so long. */
const gentleFactor = 4;
const gentleMs = 3_600_000;
const mostProblems = 100;

/** One account's sync: pulls and pushes side by side, each at most once at a time over all windows. */
export class AccountSync {
  readonly #pusher: Pusher;
  readonly #deps: AccountDeps;
  readonly #accountId: string;
  readonly #ending = new AbortController();
  readonly #over = new AbortController();
  #reading = new AbortController();
  readonly #upkeep: Upkeep;
  #pulling: Promise<Pushed> | undefined;
  #upkeeping: Promise<void> | undefined;
  #failures = 0;
  /** Something was sent. */
  #lookSoon = false;
  /** Asked too much: less often until then. */
  #gentleUntil: Instant = 0;
  /** What pulls left out since the last one that went through, a sentence each. */
  readonly #leftOut = new Set<string>();
  /** In case the store, where it is also noted, can't be written. */
  #notBefore: Instant = 0;

  constructor(deps: AccountDeps, accountId: string) {
    this.#deps = deps;
    this.#accountId = accountId;
    const lifetime: Lifetime = { ending: this.#ending.signal, over: this.#over.signal };
    this.#pusher = new Pusher(deps, accountId, lifetime);
    this.#upkeep = new Upkeep(deps, accountId);
  }

  /** Begins what is due. */
  tick(): void {
    if (this.#ending.signal.aborted || this.#isOffline()) return;
    if (this.#pusher.isDueAgain()) void this.push();
    if (!this.#pulling && this.#isPullDue())
      void this.#pullOnce(this.#untilStopped(), () => this.#isPullDue());
  }

  /** Reads no further where the user chose to leave the server alone; what is being sent ends. */
  standBack(): void {
    if (!this.#isOffline()) return;
    this.#reading.abort();
    this.#reading = new AbortController();
  }

  /** Sends what waits and fetches what is new, now, whatever was planned. */
  catchUp(): void {
    if (this.#ending.signal.aborted || this.#isOffline()) return;
    this.#notBefore = 0;
    void this.push({ eager: true }).then(() => this.pull());
  }

  /** Is there something that could be sent now, and was not tried since it was last asked to? */
  hasToSend(): boolean {
    return !this.#isOffline() && this.#pusher.isDue();
  }

  /** What was sent may have set off more than that on the server: a look at it follows. */
  async push(options: { eager: boolean } = { eager: false }): Promise<Pushed> {
    if (this.#ending.signal.aborted) return ended();
    if (this.#isOffline()) return ok();
    const sends = this.#pusher.isDue();
    const pushed = await this.#busy(this.#pusher.run(options));
    if (sends && pushed !== 'busy' && pushed.ok) this.#lookSoon = true;
    return pushed;
  }

  /** Joins a pull that is under way. */
  async pull(...signals: AbortSignal[]): Promise<Pushed> {
    if (this.#ending.signal.aborted) return ended();
    return this.#pullOnce(this.#untilStopped(...signals));
  }

  /** Pulls once what is under way is done: that may have passed what is asked for now. */
  async pullAnew(signal: AbortSignal): Promise<Pushed> {
    await this.#pulling;
    return this.pull(signal);
  }

  /** The backend does not know this ticket. */
  suspect(ticketId: string): void {
    this.#upkeep.suspect(ticketId);
  }

  /** No new work; what is being sent has `graceMs` to get its answer. */
  async dispose(graceMs: number): Promise<void> {
    this.#ending.abort();
    const timer = this.#deps.clock.after(graceMs, () => this.#over.abort());
    await Promise.allSettled([this.#pusher.settled(), this.#pulling, this.#upkeeping]);
    timer.dispose();
    this.#over.abort();
  }

  #isPullDue(): boolean {
    const { reader, clock, intervalMs } = this.#deps;
    const now = clock.now();
    const state = reader.accountState(this.#accountId);
    const last = state?.lastSyncedAt ?? 0;
    const interval = intervalMs() * (isReached(this.#gentleUntil, now) ? 1 : gentleFactor);
    const regular = last > now || this.#lookSoon ? 0 : last + interval;
    const planned = state?.error ? (state.notBefore ?? 0) : 0;
    return isReached(Math.max(this.#notBefore, planned), now) && regular <= now;
  }

  #untilStopped(...signals: AbortSignal[]): AbortSignal {
    return AbortSignal.any([...signals, this.#ending.signal, this.#reading.signal]);
  }

  #isOffline(): boolean {
    return this.#deps.isOffline(this.#accountId);
  }

  #pullOnce(signal: AbortSignal, isWanted?: () => boolean): Promise<Pushed> {
    this.#pulling ??= this.#busy(this.#pull(signal, isWanted)).finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  /** Another window may have pulled while this one waited for the lease: only then is it known if it `isWanted`. */
  async #pull(signal: AbortSignal, isWanted = () => true): Promise<Pushed> {
    const taken = await takeLease(this.#deps, `pull:${this.#accountId}`);
    if (!taken.ok) return this.#failed(taken.error);
    const lease = taken.value;
    if (!lease) return 'busy';
    try {
      if (!isWanted()) return ok();
      this.#lookSoon = false;
      const link = await this.#deps.sessions.link(this.#accountId);
      if (!link.ok) return await this.#failed(link.error);
      const pulled = await this.#pullScopes(link.value, signal);
      if (!pulled.ok) {
        if (pulled.error.reason === 'unauthorised') this.#deps.sessions.forget(link.value);
        return await this.#failed(pulled.error);
      }
      const before = this.#deps.reader.accountState(this.#accountId);
      const recovered = before?.error !== undefined;
      const known = this.#upkeep.leftOut() ?? before?.leftOut ?? [];
      const leftOut = [...new Set([...known, ...this.#leftOut])].slice(0, mostProblems);
      const written = await this.#succeeded(link.value, pulled.value, leftOut);
      if (!written.ok) return await this.#failed(written.error);
      this.#upkeep.note(pulled.value);
      const told = new Set(before?.leftOut);
      if (leftOut.some((problem) => !told.has(problem))) this.#upkeep.doubt();
      this.#leftOut.clear();
      this.#keepUp(link.value);
      if (recovered) void this.push({ eager: true });
      return ok();
    } catch (thrown) {
      return await this.#failed({ reason: 'protocol', message: `The sync broke off: ${String(thrown)}` });
    } finally {
      await lease.release();
    }
  }

  /** One scope after the other; what is wrong with one team or query alone is told, and does not stop the rest. */
  async #pullScopes(link: Link, signal: AbortSignal): Promise<Result<PulledScopes>> {
    const account = this.#deps.account(this.#accountId) ?? {};
    const scopes = scopesOf(account, link.session.capabilities.scopes);
    const all: PulledScopes = { changed: [], synced: [], unread: [] };
    const leaveOut = (problem: string) => {
      if (this.#leftOut.size < mostProblems) this.#leftOut.add(problem);
    };
    for (const scope of scopes) {
      const pulled = await pull(this.#deps, this.#accountId, link, scope, signal, leaveOut);
      if (pulled.ok) {
        all.changed.push(...pulled.value.changed);
        all.synced.push(scopeKey(scope));
      } else if (isOfScope(scope, pulled.error)) {
        all.unread.push(pulled.error.message);
      } else return pulled;
    }
    return ok(all);
  }

  async #succeeded(
    { session }: Link,
    { synced, unread }: PulledScopes,
    leftOut: string[],
  ): Promise<Result<void>> {
    const written = await this.#deps.writer.run('putAccountState', {
      accountId: this.#accountId,
      lastSyncedAt: this.#deps.clock.now(),
      me: session.me,
      capabilities: session.capabilities,
      problems: unread,
      leftOut,
      synced,
    });
    if (written.ok) {
      this.#failures = 0;
      this.#notBefore = 0;
    }
    return written;
  }

  /** What the store knew stays; the account says why it is not newer, and when it is tried again. */
  async #failed(error: DeskError): Promise<Result<void>> {
    if (error.reason === 'cancelled' || this.#isOffline()) return fail(error);
    const { reader, writer, clock, random, log } = this.#deps;
    log(`sync of ${this.#accountId}: ${error.reason}`);
    this.#failures += 1;
    if (error.reason === 'rate-limited') this.#gentleUntil = clock.now() + gentleMs;
    this.#notBefore = nextAttempt(error, clock.now(), this.#failures, random());
    const known = reader.accountState(this.#accountId) ?? { accountId: this.#accountId, problems: [] };
    await writer.run('putAccountState', { ...known, error, notBefore: this.#notBefore });
    return fail(error);
  }

  #keepUp({ backend, session }: Link): void {
    this.#upkeeping ??= this.#withLease(`upkeep:${this.#accountId}`, () =>
      this.#upkeep.run(backend, session.capabilities.scopes, this.#untilStopped()),
    ).finally(() => {
      this.#upkeeping = undefined;
    });
  }

  async #withLease(name: string, work: () => Promise<void>): Promise<void> {
    const taken = await takeLease(this.#deps, name);
    const lease = taken.ok ? taken.value : undefined;
    if (!lease) return;
    try {
      await work();
    } catch (thrown) {
      this.#deps.log(`upkeep of ${this.#accountId}: ${String(thrown)}`);
    } finally {
      await lease.release();
    }
  }

  async #busy<T>(work: Promise<T>): Promise<T> {
    this.#deps.activity(1);
    try {
      return await work;
    } finally {
      this.#deps.activity(-1);
    }
  }
}

function isOfScope(scope: Scope, { reason }: DeskError): boolean {
  return scope.kind !== 'mine' && ['not-found', 'forbidden', 'rejected', 'unsupported'].includes(reason);
}

function ended(): Pushed {
  return fail({ reason: 'cancelled', message: 'Deskside is closing.' });
}
