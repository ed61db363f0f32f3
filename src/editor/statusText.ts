import type { DeskError } from '../desk/errors.ts';
import type { OperationState } from '../desk/operation.ts';
import type { Instant } from '../desk/ticket.ts';
import type { Translate } from './translate.ts';

export interface StatusInput {
  busy: boolean;
  accounts: readonly { label: string; error: DeskError | undefined; lastSyncedAt: Instant | undefined }[];
  outbox: readonly OperationState[];
}

export interface StatusText {
  text: string;
  /** Read aloud in place of the text, which has icons. */
  spoken: string;
  alert: boolean;
}

/** The one line of the status bar: what needs a decision before what merely waits, and nothing to read when all is well. */
export function statusText({ busy, accounts, outbox }: StatusInput, t: Translate): StatusText {
  const stuck = outbox.filter((state) => state === 'failed' || state === 'conflict').length;
  const broken = accounts.filter(({ error }) => error && !isPassing(error));
  const line = (icon: string, text: string, alert = false): StatusText => ({
    text: text === '' ? `$(${icon})` : `$(${icon}) ${text}`,
    spoken: text === '' ? t('Deskside: in sync') : `Deskside: ${text}`,
    alert,
  });
  if (stuck > 0) return line('warning', t('{0} not sent', stuck), true);
  if (broken[0]) return line('error', t('{0}: problem', broken[0].label), true);
  const waiting = outbox.length > 0 ? t('{0} in outbox', outbox.length) : '';
  if (busy) return line('sync~spin', waiting === '' ? t('syncing') : waiting);
  if (accounts.some(({ error }) => error)) {
    return line(
      'debug-disconnect',
      waiting === '' ? t('offline') : t('offline, {0} in outbox', outbox.length),
    );
  }
  return waiting === '' ? line('inbox', '') : line('cloud-upload', waiting);
}

/** How an account stands, for the tooltip. */
export function accountStatus(
  account: StatusInput['accounts'][number],
  needs: { explain: (error: DeskError) => string; time: (at: Instant) => string; t: Translate },
): string {
  const { explain, time, t } = needs;
  if (account.error) return explain(account.error);
  return account.lastSyncedAt === undefined
    ? t('not synced yet')
    : t('synced {0}', time(account.lastSyncedAt));
}

/** What passes by itself needs nobody. */
export function isPassing(error: DeskError): boolean {
  return error.reason === 'offline' || error.reason === 'rate-limited' || error.reason === 'cancelled';
}
