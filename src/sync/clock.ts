import type { Instant } from '../desk/ticket.ts';
import type { Disposable } from './api.ts';

/** Time as a port: tests move the hands themselves. */
export interface Clock {
  now(): Instant;
  after(ms: number, run: () => void): Disposable;
}

/** The machine's timers, which never keep the process alive. */
export function realClock(now: () => Instant): Clock {
  return {
    now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      timer.unref();
      return { dispose: () => clearTimeout(timer) };
    },
  };
}

/** Resolves after `ms`, or as soon as `signal` fires. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.dispose();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(ms, end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
