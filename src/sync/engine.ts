import type { Backend } from '../backends/backend.ts';
import type { Account } from '../desk/account.ts';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import type { Operation } from '../desk/operation.ts';
import type { Instant, TicketRef } from '../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import { AccountSync, type AccountDeps } from './accountSync.ts';
import type { Attention, Disposable, Request, Sync } from './api.ts';
import { pause, realClock, type Clock } from './clock.ts';
import { fetchTimeline } from './fetch.ts';
import { Freshness } from './freshness.ts';
import { idMaker } from './ids.ts';
import { networkNow } from './network.ts';
import { move } from './outbox.ts';
import { Pairs, type AcrossRequest } from './pairs.ts';
import { operationFor } from './request.ts';
import { Sessions } from './sessions.ts';
import { Listeners, StoreWatch } from './watch.ts';

export interface SyncOptions {
  reader: StoreReader;
  writer: StoreWriter;
  accounts: () => readonly Account[];
  connect: (accountId: string) => Promise<Result<Backend>>;
  now: () => Instant;
  /** Between two pulls while the window is looked at. */
  intervalMs: () => number;
  /** Different for every window, and for every start of one. */
  windowId: string;
  log: (line: string) => void;
  /** For tests; the defaults are meant for people. */
  tuning?: Partial<Tuning>;
}

export interface Tuning {
  clock: Clock;
  random: () => number;
  tickMs: number;
  leaseMs: number;
  settleMs: number;
  sweepMs: number;
  graceMs: number;
  parallel: number;
  /** Another text when this machine is in another network, or in none. */
  network: () => string;
}

/** A window where nobody works asks so much less often. */
const slower: Record<Attention, number> = { active: 1, idle: 2, away: 5 };

/** The engine that keeps the store and the backends in step. */
export function createSync(options: SyncOptions): Sync {
  return new Engine(options);
}

class Engine implements Sync {
  readonly #options: SyncOptions;
  readonly #tuning: Tuning;
  readonly #watch: StoreWatch;
  readonly #writer: StoreWriter;
  readonly #sessions: Sessions;
  readonly #freshness = new Freshness();
  readonly #activity = new Listeners<boolean>();
  readonly #lifetime = new AbortController();
  readonly #accounts = new Map<string, AccountSync>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #nextId: () => string;
  readonly #pairs: Pairs;
  #ticking: Disposable | undefined;
  #started = false;
  /** The store has, since the last heartbeat. */
  #changed = true;
  #attention: Attention = 'active';
  #network: string;
  #offline: boolean;
  #busy = 0;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#tuning = {
      clock: realClock(options.now),
      random: Math.random,
      tickMs: 1_000,
      leaseMs: 10_000,
      settleMs: 120_000,
      sweepMs: 900_000,
      graceMs: 2_000,
      parallel: 4,
      network: networkNow,
      ...options.tuning,
    };
    this.#watch = new StoreWatch(options.reader, this.#tuning.clock);
    this.#writer = this.#watch.over(options.writer);
    this.#sessions = new Sessions((id) => this.#connect(id), options.now, this.#lifetime.signal);
    this.#nextId = idMaker(options.now);
    this.#pairs = new Pairs({
      ...options,
      writer: this.#writer,
      nextId: this.#nextId,
      kick: (accountId) => this.#kick(accountId),
    });
    this.#network = this.#tuning.network();
    this.#offline = this.isWorkingOffline();
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#watch.changed.add(() => (this.#changed = true));
    this.#tick();
  }

  setAttention(attention: Attention): void {
    const returned = attention === 'active' && this.#attention !== 'active';
    this.#attention = attention;
    if (returned && this.#started) this.#retryUnreachable();
  }

  async workOffline(offline: boolean): Promise<Result<void>> {
    const choice = { name: 'work-offline' as const, ...(offline && { value: 'yes' }) };
    const chosen = await this.#writer.run('choose', choice);
    if (chosen.ok) this.#followChoice();
    return chosen;
  }

  isWorkingOffline(accountId?: string): boolean {
    if (this.#options.reader.choice('work-offline') === undefined) return false;
    if (accountId === undefined) return true;
    return this.#options.accounts().find(({ id }) => id === accountId)?.url !== undefined;
  }

  async syncNow(accountId: string | undefined, signal: AbortSignal): Promise<Result<void>> {
    this.#reconcile();
    const all = [...this.#accounts].filter(([id]) => accountId === undefined || id === accountId);
    if (all.length === 0 && accountId !== undefined) return fail(noAccount);
    const results = await Promise.all(all.map(([id, account]) => this.#syncOne(id, account, signal)));
    return results.find((result) => !result.ok) ?? ok();
  }

  async enqueue(request: Request): Promise<Result<Operation>> {
    const { reader, now } = this.#options;
    const operation = operationFor(request, { id: this.#nextId(), now: now(), reader });
    if (!operation.ok) return operation;
    const queued = await this.#writer.run('queue', operation.value);
    if (!queued.ok) return queued;
    this.#kick(request.accountId);
    return operation;
  }

  escalateAcross(request: AcrossRequest): Promise<Result<Operation>> {
    return this.#pairs.make(request);
  }

  async retry(operationId: string, { force }: { force: boolean }): Promise<Result<void>> {
    const stored = this.#options.reader.operation(operationId);
    if (!stored) return fail(noOperation);
    const next = move(stored, { type: 'retry', force });
    if (!next) return fail(underWay);
    const { state: from, done } = stored;
    const written = await this.#writer.run('advance', { from, done, operation: next });
    if (!written.ok) return written;
    if (!written.value) return fail(underWay);
    this.#kick(stored.accountId);
    return ok();
  }

  async discard(operationId: string): Promise<Result<void>> {
    const stored = this.#options.reader.operation(operationId);
    if (!stored) return fail(noOperation);
    const discarded = await this.#writer.run('discard', operationId);
    if (!discarded.ok) return discarded;
    if (!discarded.value) return fail(underWay);
    this.#kick(stored.accountId);
    return ok();
  }

  async idle(): Promise<void> {
    const { clock, tickMs } = this.#tuning;
    while (this.#started && !this.#lifetime.signal.aborted) {
      this.#reconcile();
      const due = [...this.#accounts.values()].filter((account) => account.hasToSend());
      if (due.length === 0) return;
      const pushed = await Promise.all(due.map((account) => account.push()));
      if (pushed.includes('busy')) await pause(clock, tickMs, this.#lifetime.signal);
    }
  }

  async letGo(): Promise<void> {
    this.#reconcile();
    await Promise.all(this.#leaving);
  }

  async refreshTicket(ref: TicketRef, signal: AbortSignal): Promise<Result<void>> {
    const backend = await this.#sessions.backend(ref.accountId);
    if (!backend.ok) return backend;
    const deps = { writer: this.#writer, freshness: this.#freshness };
    const fetched = await fetchTimeline(deps, backend.value, ref, signal);
    if (fetched.ok) return ok();
    if (fetched.error.reason === 'not-found') this.#accounts.get(ref.accountId)?.suspect(ref.id);
    return fetched;
  }

  async vocabulary(accountId: string, ticketId: string | undefined, signal: AbortSignal) {
    const backend = await this.#sessions.backend(accountId);
    return backend.ok ? backend.value.vocabulary(ticketId, signal) : backend;
  }

  async people(accountId: string, query: string, signal: AbortSignal) {
    const backend = await this.#sessions.backend(accountId);
    return backend.ok ? backend.value.people(query, signal) : backend;
  }

  async attachment(ref: TicketRef, attachmentId: string, signal: AbortSignal) {
    const backend = await this.#sessions.backend(ref.accountId);
    return backend.ok ? backend.value.attachment(ref.id, attachmentId, signal) : backend;
  }

  storeProblem(): DeskError | undefined {
    return this.#watch.problem;
  }

  onDidChange(listener: () => void): Disposable {
    return this.#watch.changed.add(listener);
  }

  onDidChangeActivity(listener: (busy: boolean) => void): Disposable {
    return this.#activity.add(listener);
  }

  async dispose(): Promise<void> {
    this.#lifetime.abort();
    this.#ticking?.dispose();
    this.#watch.dispose();
    for (const [id, account] of this.#accounts) this.#leave(id, account);
    await Promise.all(this.#leaving);
  }

  /** The heartbeat: sees what other windows wrote, and begins what is due. */
  #tick(): void {
    const { clock, tickMs } = this.#tuning;
    this.#ticking = clock.after(tickMs, () => this.#tick());
    this.#watch.check();
    this.#reconcile();
    this.#followChoice();
    const network = this.#tuning.network();
    if (network !== this.#network) this.#retryUnreachable();
    this.#network = network;
    for (const account of this.#accounts.values()) account.tick();
    if (this.#changed) void this.#pairs.check();
    this.#changed = false;
  }

  /** By whichever window: offline, nothing more is asked; online again, everything that waited goes at once. */
  #followChoice(): void {
    const before = this.#offline;
    this.#offline = this.isWorkingOffline();
    if (before === this.#offline || !this.#started) return;
    this.#reconcile();
    for (const account of this.#accounts.values()) {
      if (this.#offline) account.standBack();
      else account.catchUp();
    }
  }

  /** What could not be reached may be within reach again: no waiting for the next attempt. */
  #retryUnreachable(): void {
    for (const [id, account] of this.#accounts) {
      if (this.#options.reader.accountState(id)?.error?.reason === 'offline') account.catchUp();
    }
  }

  #connect(accountId: string): Promise<Result<Backend>> {
    return this.isWorkingOffline(accountId)
      ? Promise.resolve(fail(byChoice))
      : this.#options.connect(accountId);
  }

  /** Accounts come and go with the user's settings. */
  #reconcile(): void {
    if (this.#lifetime.signal.aborted) return;
    const wanted = new Set(this.#options.accounts().map(({ id }) => id));
    for (const id of wanted) {
      if (!this.#accounts.has(id)) this.#accounts.set(id, new AccountSync(this.#deps(), id));
    }
    for (const [id, account] of this.#accounts) if (!wanted.has(id)) this.#leave(id, account);
  }

  #leave(id: string, account: AccountSync): void {
    this.#accounts.delete(id);
    const left = account.dispose(this.#tuning.graceMs).finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #kick(accountId: string): void {
    if (!this.#started) return;
    this.#reconcile();
    void this.#accounts.get(accountId)?.push();
  }

  async #syncOne(id: string, account: AccountSync, signal: AbortSignal): Promise<Result<void>> {
    const { clock, tickMs } = this.#tuning;
    const lastSync = () => this.#options.reader.accountState(id)?.lastSyncedAt ?? 0;
    const before = lastSync();
    const pushed = await account.push({ eager: true });
    for (;;) {
      const pulled = await account.pullAnew(signal);
      if (pulled !== 'busy') return pushed !== 'busy' && !pushed.ok ? pushed : pulled;
      await pause(clock, tickMs, signal);
      if (signal.aborted) return fail(stopped);
      if (lastSync() > before) return ok();
    }
  }

  #deps(): AccountDeps {
    const { accounts, reader, log, windowId } = this.#options;
    return {
      ...this.#tuning,
      account: (id) => accounts().find((account) => account.id === id),
      reader,
      writer: this.#writer,
      sessions: this.#sessions,
      freshness: this.#freshness,
      windowId,
      log,
      intervalMs: () => this.#options.intervalMs() * slower[this.#attention],
      isOffline: (id) => this.isWorkingOffline(id),
      pairs: this.#pairs,
      activity: (change) => this.#noteActivity(change),
    };
  }

  #noteActivity(change: 1 | -1): void {
    const before = this.#busy > 0;
    this.#busy += change;
    const after = this.#busy > 0;
    if (before !== after) this.#activity.fire(after);
  }
}

const noAccount: DeskError = { reason: 'not-found', message: 'There is no such account.' };
const noOperation: DeskError = { reason: 'not-found', message: 'It is no longer in the outbox.' };
const byChoice: DeskError = { reason: 'offline', message: 'You chose to work offline.' };
const stopped: DeskError = { reason: 'cancelled', message: 'The sync was stopped.' };
const underWay: DeskError = {
  reason: 'rejected',
  message: 'It is being sent at this moment. Wait for the outcome first.',
};
