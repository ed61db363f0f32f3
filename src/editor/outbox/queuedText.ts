import type { Waits } from '../../desk/waits.ts';
import type { Translate } from '../translate.ts';

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

/** Says of several things queued at once, `sent`, how many of them wait in the outbox. */
export function queuedManyText(sent: string, waits: readonly (Waits | undefined)[], t: Translate): string {
  const waiting = waits.filter((why) => why !== undefined).length;
  if (waiting === 0) return sent;
  if (waiting < waits.length) return `${sent} ${t('{0} of {1} wait in the outbox.', waiting, waits.length)}`;
  return `${sent} ${waits.length === 1 ? t('It waits in the outbox.') : t('All wait in the outbox.')}`;
}
