import type { DeskError } from './errors.ts';

/** Why what was just queued is not sent now. */
export type Waits = 'by-choice' | 'signed-out' | 'unreachable';

/** `error`: of the account's last sync. */
export function whyWaits(workingOffline: boolean, error: DeskError | undefined): Waits | undefined {
  if (workingOffline) return 'by-choice';
  if (error?.reason === 'unauthorised') return 'signed-out';
  const unreachable = ['offline', 'tls', 'rate-limited'].includes(error?.reason ?? '');
  return unreachable ? 'unreachable' : undefined;
}
