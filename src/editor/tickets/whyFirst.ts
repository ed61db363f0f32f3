import type { Ticket } from '../../desk/ticket.ts';
import { decidingRule, urgentClock } from '../../desk/urgency.ts';
import type { Translate } from '../translate.ts';
import { clockText } from './rowText.ts';

/** In a sentence: why this one comes before the one after it. */
export function whyFirst(first: Ticket, after: Ticket | undefined, now: number, t: Translate): string {
  if (!after) return t('It is the only one left.');
  switch (decidingRule(first, after)) {
    case 'due':
      return t(
        'It comes before {0} because it is due first: {1}.',
        after.key,
        clockText(urgentClock(first), now, t),
      );
    case 'priority':
      return t('It comes before {0} because its priority is higher: {1}.', after.key, first.priority.name);
    case 'age':
      return t('It comes before {0} because it is older.', after.key);
    case 'to-do':
    case 'key':
      return t('{0} is as urgent.', after.key);
  }
}
