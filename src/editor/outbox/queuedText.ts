import type { DeskError } from '../../desk/errors.ts';
import type { Translate } from '../translate.ts';

/** Why what was just queued is not sent now. */
export type Waits = 'by-choice' | 'signed-out' | 'unreachable';

/** `error`: of the account's last sync. */
export function whyWaits(workingOffline: boolean, error: DeskError | undefined): Waits | undefined {
  if (workingOffline) return 'by-choice';
  if (error?.reason === 'unauthorised') return 'signed-out';
  const unreachable = ['offline', 'tls', 'rate-limited'].includes(error?.reason ?? '');
  return unreachable ? 'unreachable' : undefined;
}

/** Says of something queued that it is on its way, `sent`, or where it waits and for what. */
export function queuedText(
  { waits, sent, label, account }: { waits: Waits | undefined; sent: string; label: string; account: string },
  t: Translate,
): string {
  switch (waits) {
    case undefined:
      return `$(check) ${sent}`;
    case 'by-choice':
      return `$(inbox) ${t('{0}: waits in the outbox until you go online', label)}`;
    case 'signed-out':
      return `$(inbox) ${t('{0}: waits in the outbox until you sign in to {1}', label, account)}`;
    case 'unreachable':
      return `$(inbox) ${t('{0}: waits in the outbox until {1} can be reached', label, account)}`;
  }
}
