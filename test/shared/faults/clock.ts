import type { Instant } from '../../../src/desk/ticket.ts';
import type { Disposable } from '../../../src/sync/api.ts';
import type { Clock } from '../../../src/sync/clock.ts';

/** The machine's own time, off by `skewMs`, in which the test can skip a while: then all that became due is run. */
export class JumpingClock implements Clock {
  #ahead: number;
  readonly #timers = new Set<{ at: Instant; run: () => void; timer: NodeJS.Timeout }>();

  constructor(skewMs = 0) {
    this.#ahead = skewMs;
  }

  now = (): Instant => Date.now() + this.#ahead;

  after(ms: number, run: () => void): Disposable {
    const own = {
      at: this.now() + ms,
      run: () => {
        this.#timers.delete(own);
        run();
      },
      timer: setTimeout(() => own.run(), ms),
    };
    this.#timers.add(own);
    return {
      dispose: () => {
        clearTimeout(own.timer);
        this.#timers.delete(own);
      },
    };
  }

  jump(ms: number): void {
    this.#ahead += ms;
    const due = [...this.#timers].filter(({ at }) => at <= this.now()).sort((a, b) => a.at - b.at);
    for (const own of due) {
      clearTimeout(own.timer);
      if (this.#timers.has(own)) own.run();
    }
  }
}
