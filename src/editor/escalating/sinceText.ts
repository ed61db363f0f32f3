import type { Entry } from '../../desk/entry.ts';
import { escalationsOf } from '../../desk/escalation.ts';
import { plainText } from '../../desk/htmlText.ts';
import { oneLine } from '../../desk/plainText.ts';
import { isTicking } from '../../desk/sla.ts';
import { isActive, type Instant, type Ticket } from '../../desk/ticket.ts';
import type { Translate } from '../translate.ts';

/** What somebody missed. */
export interface Absence {
  since: Instant;
  now: Instant;
  /** Tickets that are theirs, or that they handed on. */
  tickets: readonly Ticket[];
  entries: (ticket: Ticket) => readonly Entry[];
  /** Who they are on a ticket's account. */
  me: (ticket: Ticket) => string | undefined;
  /** A moment as people read it. */
  time: (at: Instant) => string;
}

/** So much is quoted of what somebody wrote. */
const quoted = 160;

/** What happened to somebody's tickets while they were away, as Markdown: each ticket once, where it presses most. */
export function sinceText({ since, now, tickets, entries, me, time }: Absence, t: Translate): string {
  const left = new Map(
    tickets.flatMap((ticket) => {
      const news = entries(ticket).filter(({ at, author }) => at > since && author.id !== me(ticket));
      const overdue = isOverdueSince(ticket, since, now);
      return news.length > 0 || overdue ? [[ticket, { news, overdue }] as const] : [];
    }),
  );
  const take = (
    heading: string,
    fits: (ticket: Ticket, news: readonly Entry[], overdue: boolean) => boolean,
  ) => {
    const lines: string[] = [];
    for (const [ticket, { news, overdue }] of left) {
      if (!fits(ticket, news, overdue)) continue;
      left.delete(ticket);
      lines.push(`- ${name(ticket)} ${oneLine(ticket.subject)}: ${whatHappened(news, overdue, t)}`);
    }
    return lines.length === 0 ? [] : [`## ${heading} (${lines.length})`, lines.join('\n')];
  };
  const count = left.size;
  const sections = [
    ...take(t('Overdue meanwhile'), (ticket, _, overdue) => overdue && isActive(ticket)),
    ...take(t('The requester wrote'), (ticket, news) => isActive(ticket) && news.some(wroteAsRequester)),
    ...take(t('Returned or handed to others'), (ticket) =>
      escalationsOf(entries(ticket)).some(({ at, accepted }) => at > since || (accepted?.at ?? 0) > since),
    ),
    ...take(
      t('New to you'),
      (ticket, news) => ticket.mine && (ticket.createdAt > since || news.some(wasAssigned)),
    ),
    ...take(t('Done'), (ticket) => !isActive(ticket)),
    ...take(t('Other changes'), () => true),
  ];
  return (
    [
      `# ${t('Since you left, {0}', time(since))}`,
      count === 0
        ? t('Nothing happened to your tickets.')
        : t('{0} of your tickets changed. It is {1} now.', count, time(now)),
      ...sections,
    ].join('\n\n') + '\n'
  );
}

function whatHappened(news: readonly Entry[], overdue: boolean, t: Translate): string {
  const changes = new Map<string, string>();
  for (const entry of news) for (const { field, to } of entry.changes) changes.set(field, to ?? t('nobody'));
  const said = news.findLast(({ body }) => body !== undefined);
  const text = said?.body ? oneLine(plainText(said.body)) : '';
  return [
    overdue ? t('overdue') : '',
    ...[...changes].map(([field, to]) => `${field} → ${oneLine(to)}`),
    said ? `${said.author.name}: “${text.length > quoted ? `${text.slice(0, quoted)} …` : text}”` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function isOverdueSince({ sla }: Ticket, since: Instant, now: Instant): boolean {
  return sla.some(
    (clock) =>
      isTicking(clock) &&
      clock.state !== 'paused' &&
      clock.dueAt !== undefined &&
      clock.dueAt > since &&
      clock.dueAt <= now,
  );
}

function wroteAsRequester({ fromRequester, body }: Entry): boolean {
  return fromRequester && body !== undefined;
}

function wasAssigned({ changes }: Entry): boolean {
  return changes.some(({ field }) => field === 'assignee');
}

function name({ key, url }: Ticket): string {
  return url === undefined ? key : `[${key}](${url})`;
}
