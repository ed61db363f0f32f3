import type { DeskError } from '../desk/errors.ts';
import { needsUser, type Operation } from '../desk/operation.ts';
import type { Instant } from '../desk/ticket.ts';
import type { Translate } from './translate.ts';

export interface AccountStatus {
  label: string;
  error: DeskError | undefined;
  lastSyncedAt: Instant | undefined;
  /** Not tried again by itself before then. */
  notBefore?: Instant | undefined;
}

export interface StatusInput {
  busy: boolean;
  /** The user chose to work offline. */
  offline: boolean;
  accounts: readonly AccountStatus[];
  outbox: readonly Operation[];
  /** Why nothing can be written down at the moment. */
  store: DeskError | undefined;
}

export interface StatusText {
  text: string;
  /** Read aloud in place of the text, which has icons. */
  spoken: string;
  alert: boolean;
}

/** The one line of the status bar: what needs a decision before what merely waits, and nothing to read when all is well. */
export function statusText(
  { busy, offline, accounts, outbox, store }: StatusInput,
  { time, t }: { time: (at: Instant) => string; t: Translate },
): StatusText {
  const stuck = outbox.filter(needsUser).length;
  const broken = accounts.filter(({ error }) => error && !isPassing(error));
  const line = (icon: string, text: string, alert = false): StatusText => ({
    text: text === '' ? `$(${icon})` : `$(${icon}) ${text}`,
    spoken: text === '' ? t('Deskside: in sync') : `Deskside: ${text}`,
    alert,
  });
  if (store) return line('error', t('nothing can be saved'), true);
  if (stuck > 0) return line('warning', t('{0} not sent', stuck), true);
  if (offline) {
    return line(
      'circle-slash',
      outbox.length === 0 ? t('working offline') : t('working offline, {0} in outbox', outbox.length),
    );
  }
  if (broken[0]) return line('error', t('{0}: problem', broken[0].label), true);
  const waiting = outbox.length > 0 ? t('{0} in outbox', outbox.length) : '';
  if (busy)
    return waiting === ''
      ? { ...line('sync~spin', ''), spoken: t('Deskside: syncing') }
      : line('sync~spin', waiting);
  const held = accounts.find(({ error }) => error?.reason === 'rate-limited')?.error;
  const unreachable = accounts.some(({ error }) => error && error.reason !== 'rate-limited');
  if (held?.reason === 'rate-limited' && held.resetAt !== undefined && !unreachable) {
    const until = time(held.resetAt);
    return line(
      'watch',
      waiting === ''
        ? t('waits until {0}', until)
        : t('waits until {0}, {1} in outbox', until, outbox.length),
    );
  }
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
  account: AccountStatus,
  needs: { explain: (error: DeskError) => string; time: (at: Instant) => string; t: Translate },
): string {
  const { explain, time, t } = needs;
  const synced =
    account.lastSyncedAt === undefined ? t('not synced yet') : t('synced {0}', time(account.lastSyncedAt));
  if (!account.error) return synced;
  const again =
    account.notBefore === undefined ? '' : ` ${t('The next try is at {0}.', time(account.notBefore))}`;
  return `${explain(account.error)}${isPassing(account.error) ? again : ''} (${synced})`;
}

/** What passes by itself needs nobody. */
export function isPassing(error: DeskError): boolean {
  return error.reason === 'offline' || error.reason === 'rate-limited' || error.reason === 'cancelled';
}
