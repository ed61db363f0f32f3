import type { Instant } from '../../desk/ticket.ts';

let skew = 0;

/** The extension's clock rules: it may run on another machine than the window. */
export function setClock(hostNow: Instant): void {
  skew = hostNow - Date.now();
}

/** The time as the extension would tell it. */
export function now(): Instant {
  return Date.now() + skew;
}
