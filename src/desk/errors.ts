import type { Instant } from './ticket.ts';

/** What went wrong, as a value. Decide by `reason`; `message` is for people. */
export type DeskError =
  | {
      reason: 'offline' | 'unauthorised' | 'forbidden' | 'not-found' | 'conflict' | 'server' | 'tls';
      message: string;
    }
  /** Nobody knows whether the backend acted: the answer was lost after the request may have arrived. */
  | { reason: 'unknown-outcome'; message: string }
  | { reason: 'rate-limited'; message: string; resetAt?: Instant }
  /** The backend understood and refused; `field` names the offender where it said so. */
  | { reason: 'rejected'; message: string; field?: string }
  /** What came back is not what a system of this kind sends. */
  | { reason: 'protocol'; message: string }
  /** The backend can't do this, by its nature or for this account's rights: nothing was sent. */
  | { reason: 'unsupported'; message: string }
  | { reason: 'cancelled'; message: string }
  /**
   * The store could not be read or written (disk full, read-only, damaged). `reload`: because this window is older than
   * what wrote it last.
   */
  | { reason: 'storage'; message: string; remedy?: 'reload' };

export type Reason = DeskError['reason'];

/** Is this window older than the store it found? */
export function needsReload(error: DeskError): boolean {
  return error.reason === 'storage' && error.remedy === 'reload';
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: DeskError };

export function ok(): Result<void>;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function fail(error: DeskError): { ok: false; error: DeskError } {
  return { ok: false, error };
}

/** What is answered once the signal has fired. */
export function cancelled() {
  return fail({ reason: 'cancelled', message: 'Cancelled.' });
}
