import { ok, type DeskError, type Result } from '../desk/errors.ts';
import type { Operation } from '../desk/operation.ts';
import type { Instant } from '../desk/ticket.ts';
import { Delivery, type DeliveryDeps } from './deliver.ts';
import { takeLease, type Lease } from './lease.ts';
import { heads, isAccountWide, isActionable, isReached, laneOf, nextAttempt } from './outbox.ts';
import type { Link, Sessions } from './sessions.ts';

export interface PushDeps extends DeliveryDeps {
  sessions: Sessions;
  windowId: string;
  leaseMs: number;
  /** Tickets written to at the same time. */
  parallel: number;
  /** Did the user choose to leave the account's server alone? */
  isOffline: (accountId: string) => boolean;
}

/** No new work after `ending`; what is under way has until `over`. */
export interface Lifetime {
  ending: AbortSignal;
  over: AbortSignal;
}

/** How sending went: `busy` if another window is at it. */
export type Pushed = Result<void> | 'busy';

/** What is in the way of the whole account, and until when it is not tried again. */
interface Obstacle {
  error: DeskError;
  until: Instant;
}

/** Empties the outbox of one account: in order within a ticket, side by side between tickets. */
export class Pusher {
  readonly #deps: PushDeps;
  readonly #accountId: string;
  readonly #lifetime: Lifetime;
  #running: Promise<Pushed> | undefined;
  /** Asked for again while running. */
  #again = false;
  #eager = false;
  #wake: () => void = () => undefined;
  #obstacle: Obstacle | undefined;
  #failures = 0;
  /** Operations that stopped since the last call: not tried again before the next one. */
  readonly #stopped = new Set<string>();

  constructor(deps: PushDeps, accountId: string, lifetime: Lifetime) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#lifetime = lifetime;
  }

  /** Sends all that is due; `eager` also what waits for its next attempt, unless the backend itself set the time. */
  run(options: { eager: boolean } = { eager: false }): Promise<Pushed> {
    this.#stopped.clear();
    if (options.eager) {
      this.#eager = true;
      if (this.#obstacle?.error.reason !== 'rate-limited') this.#obstacle = undefined;
    }
    if (this.#running) {
      this.#again = true;
      this.#wake();
    }
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
      this.#eager = false;
    });
    return this.#running;
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Is there something that could be sent now, and was not tried since the last call? */
  isDue(): boolean {
    return this.#due().length > 0;
  }

  /** The same, with what stopped for a reason that may be gone. */
  isDueAgain(): boolean {
    this.#stopped.clear();
    return this.isDue();
  }

  async #runAll(): Promise<Pushed> {
    for (;;) {
      this.#again = false;
      const pushed = await this.#drain();
      if (pushed === 'busy' || !this.#goesOn()) return pushed;
    }
  }

  #goesOn(): boolean {
    return this.#again && !this.#lifetime.ending.aborted && this.isDue();
  }

  async #drain(): Promise<Pushed> {
    if (!this.isDue()) return ok();
    const taken = await takeLease(this.#deps, `push:${this.#accountId}`);
    if (!taken.ok) return this.#stop(taken.error);
    const lease = taken.value;
    if (!lease) return 'busy';
    try {
      const link = await this.#deps.sessions.link(this.#accountId);
      const error = link.ok ? await this.#drainThrough(link.value, lease) : link.error;
      if (error) return this.#stop(error);
      this.#failures = 0;
      this.#obstacle = undefined;
      return ok();
    } catch (thrown) {
      return this.#stop({ reason: 'protocol', message: `Sending broke off: ${String(thrown)}` });
    } finally {
      await lease.release();
    }
  }

  /** Nothing of the account is sent for a while. */
  #stop(error: DeskError): Pushed {
    const { clock, random } = this.#deps;
    this.#failures += 1;
    this.#obstacle = { error, until: nextAttempt(error, clock.now(), this.#failures, random()) };
    return { ok: false, error };
  }

  /** Starts lane after lane until nothing is due; gives what stood in the way of all of them, if anything did. */
  async #drainThrough(link: Link, lease: Lease): Promise<DeskError | undefined> {
    const maySend = () =>
      lease.held() && !this.#lifetime.ending.aborted && !this.#deps.isOffline(this.#accountId);
    const delivery = new Delivery(this.#deps, link, this.#lifetime.over, maySend);
    /** The lanes of what is being sent, as they were when that began: a ticket that is made or merged changes its own. */
    const active = new Map<string, string>();
    let obstacle: DeskError | undefined;
    const goesOn = () => !obstacle && maySend();
    const isFree = (operation: Operation) =>
      !active.has(operation.id) && ![...active.values()].includes(laneOf(operation));
    const start = (operation: Operation): void => {
      active.set(operation.id, laneOf(operation));
      void this.#take(delivery, operation, goesOn).then((error) => {
        if (error?.reason === 'unauthorised') this.#deps.sessions.forget(link);
        obstacle ??= error;
        active.delete(operation.id);
        this.#wake();
      });
    };
    for (;;) {
      if (goesOn()) {
        const free = this.#due().filter(isFree);
        free.slice(0, Math.max(0, this.#deps.parallel - active.size)).forEach(start);
      }
      if (active.size === 0) return obstacle;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Takes one operation as far as it goes; gives an error that all others of the account would meet. */
  async #take(
    delivery: Delivery,
    operation: Operation,
    goesOn: () => boolean,
  ): Promise<DeskError | undefined> {
    try {
      for (let next: Operation | undefined = operation; next && isActionable(next) && goesOn();) {
        const progress = await delivery.step(next);
        if (!progress.on) {
          this.#stopped.add(operation.id);
          return progress.error && isAccountWide(progress.error.reason) ? progress.error : undefined;
        }
        next = this.#deps.reader.operation(operation.id);
      }
    } catch (thrown) {
      this.#stopped.add(operation.id);
      await delivery.brokeOff(operation.id, thrown);
    }
    return undefined;
  }

  #due(): Operation[] {
    const now = this.#deps.clock.now();
    if (this.#obstacle && !isReached(this.#obstacle.until, now)) return [];
    return this.#heads().filter((operation) => {
      if (this.#stopped.has(operation.id)) return false;
      const setByBackend = operation.error?.reason === 'rate-limited';
      return isReached(operation.notBefore ?? 0, now) || (this.#eager && !setByBackend);
    });
  }

  #heads(): Operation[] {
    const ours = this.#deps.reader.outbox().filter(({ accountId }) => accountId === this.#accountId);
    return heads(ours).filter(isActionable);
  }
}
