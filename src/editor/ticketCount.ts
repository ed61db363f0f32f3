import type { Translate } from './translate.ts';

/** "1 ticket", "7 tickets" */
export function ticketCount(count: number, t: Translate): string {
  return count === 1 ? t('1 ticket') : t('{0} tickets', count);
}
