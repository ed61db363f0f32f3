import { elapsed } from '../../desk/elapsed.ts';
import type { Instant } from '../../desk/ticket.ts';

export interface BreakerOptions {
  /** Requests that got no answer, one after the other, before nothing is asked any more. */
  threshold: number;
  /** The first pause in milliseconds; each further one is twice as long, up to `longestMs`. */
  firstMs: number;
  longestMs: number;
}

/** Leaves a server alone that does not answer; after a pause one request tries for all. */
export class Breaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #failedAt: Instant = 0;
  #pauseMs = 0;
  #trying = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** May a request be made now? Whoever may must say afterwards what came of it. */
  admits(now: Instant): boolean {
    if (this.#failures < this.#options.threshold) return true;
    if (this.#trying || elapsed(this.#failedAt, now) < this.#pauseMs) return false;
    this.#trying = true;
    return true;
  }

  answered(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  failed(now: Instant): void {
    const { threshold, firstMs, longestMs } = this.#options;
    this.#trying = false;
    this.#failures += 1;
    const times = this.#failures - threshold;
    if (times < 0) return;
    const pause = Math.min(longestMs, firstMs * 2 ** Math.min(times, 20));
    this.#failedAt = now;
    this.#pauseMs = pause * (0.75 + Math.random() / 2);
  }

  /** It ended without telling anything about the server. */
  undecided(): void {
    this.#trying = false;
  }
}
