import { ok, type DeskError, type Result } from '../../desk/errors.ts';
import { advanceRun, runningAttempt, type Run, type RunEvent } from '../../desk/run.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import type { Disposable } from '../../sync/api.ts';
import type { Clock } from '../../sync/clock.ts';
import { takeLease, type Lease } from '../../sync/lease.ts';

export interface RunsOptions {
  reader: StoreReader;
  writer: StoreWriter;
  /** This window, as long as it lives. */
  windowId: string;
  clock: Clock;
}

/** A window that is gone is known by its lease, which it does not renew any more. */
const leaseMs = 10_000;

/** The runs in the store: every change is on disk before anything is said or done about it. */
export class Runs implements Disposable {
  readonly #options: RunsOptions;
  readonly #listeners = new Set<() => void>();
  /** Of the attempts that run in this window, by their ids. */
  readonly #leases = new Map<string, Lease>();
  /** Attempts whose lease was free when it was last looked at: after a sleep its window may not have renewed it yet. */
  #doubted = new Set<string>();
  #looking: Disposable | undefined;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  run(id: string): Run | undefined {
    return this.#options.reader.run(id);
  }

  async add(run: Run): Promise<Result<Run>> {
    const stored = await this.#options.writer.run('putRun', run);
    if (!stored.ok) return stored;
    this.#tell();
    return ok(run);
  }

  /** The run after the event; none where that could not happen to it any more. */
  async advance(id: string, event: RunEvent): Promise<Result<Run | undefined>> {
    const { reader, writer } = this.#options;
    for (;;) {
      const run = reader.run(id);
      const next = run && advanceRun(run, event);
      if (next === undefined) return ok(undefined);
      const stored = await writer.run('putRun', next);
      if (!stored.ok) return stored;
      if (stored.value) {
        this.#tell();
        return ok(next);
      }
    }
  }

  /** An attempt begins in this window, and is this window's until {@link letGo}. */
  async hold(attemptId: string): Promise<DeskError | undefined> {
    const lease = await takeLease({ ...this.#options, leaseMs }, leaseName(attemptId));
    if (!lease.ok) return lease.error;
    if (lease.value) this.#leases.set(attemptId, lease.value);
    return undefined;
  }

  async letGo(attemptId: string): Promise<void> {
    const lease = this.#leases.get(attemptId);
    this.#leases.delete(attemptId);
    await lease?.release();
  }

  /** Commands whose window went away while they ran: nobody knows how they ended. */
  async findLost(): Promise<void> {
    const { clock } = this.#options;
    const doubted = new Set<string>();
    for (const { runId, attemptId } of this.#elsewhere()) {
      if (!(await this.#isFree(attemptId))) continue;
      if (this.#doubted.has(attemptId))
        await this.advance(runId, { type: 'interrupted', attemptId, at: clock.now(), why: 'window' });
      else doubted.add(attemptId);
    }
    this.#doubted = doubted;
    this.watchOthers();
  }

  /** As long as a command runs in another window, looks now and then whether that is still there. */
  watchOthers(): void {
    if (this.#looking !== undefined || this.#elsewhere().length === 0) return;
    this.#looking = this.#options.clock.after(leaseMs / 2, () => {
      this.#looking = undefined;
      void this.findLost();
    });
  }

  #elsewhere(): { runId: string; attemptId: string }[] {
    return this.#options.reader.runs('open').flatMap((run) => {
      const running = runningAttempt(run)?.attempt;
      return running === undefined || this.#leases.has(running.id)
        ? []
        : [{ runId: run.id, attemptId: running.id }];
    });
  }

  async #isFree(attemptId: string): Promise<boolean> {
    const { writer, windowId, clock } = this.#options;
    const name = leaseName(attemptId);
    const now = clock.now();
    const taken = await writer.run('takeLease', { name, holder: windowId, until: now + leaseMs, now });
    if (!taken.ok || !taken.value) return false;
    await writer.run('releaseLease', { name, holder: windowId });
    return true;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#looking?.dispose();
    for (const lease of this.#leases.values()) void lease.release();
    this.#listeners.clear();
  }
}

function leaseName(attemptId: string): string {
  return `run:${attemptId}`;
}
