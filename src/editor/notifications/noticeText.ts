import type { EventKind } from '../../desk/events.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { Notice } from '../../sync/notices.ts';
import type { Translate } from '../translate.ts';

/** One sentence about one ticket. */
export function noticeText({ event, ticket }: Notice, now: Instant, t: Translate): string {
  const { key, subject } = ticket;
  const who = event.who ?? t('Somebody');
  switch (event.kind) {
    case 'slaBreached':
      return t('{0} is overdue: {1}', key, subject);
    case 'slaSoon':
      return t('{0} is due in {1} min: {2}', key, minutesLeft(ticket, now), subject);
    case 'answered':
      return t('{0} answered {1}: {2}', who, key, subject);
    case 'mentioned':
      return t('{0} mentioned you in {1}: {2}', who, key, subject);
    case 'assigned':
      return t('{0} gave you {1}: {2}', who, key, subject);
    case 'new':
      return t('{0} is new: {1}', key, subject);
  }
}

/** One sentence about several tickets: how many of what, the most pressing first. */
export function groupText(notices: readonly Notice[], t: Translate): string {
  const count = (kind: EventKind) => notices.filter(({ event }) => event.kind === kind).length;
  const parts = [
    [count('slaBreached'), t('overdue')],
    [count('slaSoon'), t('due soon')],
    [count('answered'), t('answered')],
    [count('mentioned'), t('mentioning you')],
    [count('assigned'), t('given to you')],
    [count('new'), t('new')],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return t('{0} tickets: {1}', notices.length, said.join(', '));
}

function minutesLeft({ sla }: Notice['ticket'], now: Instant): number {
  const due = Math.min(
    ...sla.flatMap(({ dueAt, stoppedAt }) =>
      dueAt === undefined || stoppedAt !== undefined || dueAt <= now ? [] : [dueAt],
    ),
  );
  return Math.max(1, Math.ceil((due - now) / 60_000));
}
