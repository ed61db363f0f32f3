import type { Entry } from '../../desk/entry.ts';
import { escalationsOf } from '../../desk/escalation.ts';
import { oneLine } from '../../desk/plainText.ts';
import { slaStateAt } from '../../desk/sla.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { compareUrgency, dueAt, urgentClock } from '../../desk/urgency.ts';
import type { Translate } from '../translate.ts';
import { promisesOf } from './promises.ts';
import { tableOf } from '../markdownTable.ts';

export interface Shift {
  /** What is still somebody's work. */
  tickets: readonly Ticket[];
  entries: (ticket: Ticket) => readonly Entry[];
  now: Instant;
  /** A moment as people read it. */
  time: (at: Instant) => string;
}

const hour = 3_600_000;
/** A shift, and what the next one will meet. */
const ahead = 8 * hour;

/** What the next shift has to know, as Markdown: each ticket once, where it presses most. */
export function shiftText({ tickets, entries, now, time }: Shift, t: Translate): string {
  const open = [...tickets].sort(compareUrgency);
  const left = new Set(open);
  const take = (fits: (ticket: Ticket) => boolean) => {
    const found = open.filter((ticket) => left.has(ticket) && fits(ticket));
    found.forEach((ticket) => left.delete(ticket));
    return found;
  };
  const overdue = take((ticket) => isOverdue(ticket, now));
  const soon = take((ticket) => dueAt(ticket) <= now + ahead);
  const moved = take((ticket) =>
    escalationsOf(entries(ticket)).some(({ at, accepted }) => at > now - ahead && accepted === undefined),
  );
  const waiting = take(({ status }) => status.category === 'pending');
  const line = (ticket: Ticket) => ticketLine(ticket, { now, time }, t);
  const promises = open.flatMap((ticket) =>
    promisesOf(entries(ticket)).map((said) => `- ${name(ticket)}: ${said}`),
  );
  const section = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${heading} (${lines.length})`, lines.join('\n')];
  return (
    [
      `# ${t('Shift hand-over, {0}', time(now))}`,
      t(
        '{0} open: {1} overdue, {2} due in the next hours, {3} waiting.',
        open.length,
        overdue.length,
        soon.length,
        waiting.length,
      ),
      ...section(t('Overdue'), overdue.map(line)),
      ...section(t('Due in the next 8 hours'), soon.map(line)),
      ...section(t('Handed on, and not accepted yet'), moved.map(line)),
      ...section(t('Promised to requesters'), promises),
      ...section(t('Waiting for others'), waiting.map(line)),
      ...section(t('Everything else'), [...left].map(line)),
      ...(open.length === 0 ? [] : [`## ${t('By person')}`, people(open, now, t)]),
    ].join('\n\n') + '\n'
  );
}

function isOverdue(ticket: Ticket, now: Instant): boolean {
  const clock = urgentClock(ticket);
  return clock !== undefined && slaStateAt(clock, now) === 'breached';
}

function ticketLine(ticket: Ticket, { now, time }: Pick<Shift, 'now' | 'time'>, t: Translate): string {
  const due = dueAt(ticket);
  const facts = [
    ticket.priority.name,
    ticket.status.name,
    ticket.assignee?.name ?? t('nobody'),
    ...(Number.isFinite(due) ? [due <= now ? t('was due {0}', time(due)) : t('due {0}', time(due))] : []),
  ];
  return `- ${name(ticket)} ${oneLine(ticket.subject)} (${facts.join(', ')})`;
}

function name({ key, url }: Ticket): string {
  return url === undefined ? key : `[${key}](${url})`;
}

function people(open: readonly Ticket[], now: Instant, t: Translate): string {
  const by = new Map<string, Ticket[]>();
  for (const ticket of open) {
    const person = ticket.assignee?.name ?? t('Nobody');
    by.set(person, [...(by.get(person) ?? []), ticket]);
  }
  const rows = [...by]
    .sort(([a, mine], [b, theirs]) => theirs.length - mine.length || a.localeCompare(b))
    .map(([person, theirs]) => [
      person,
      String(theirs.length),
      String(theirs.filter((one) => isOverdue(one, now)).length),
    ]);
  return tableOf([1, 2], [t('Person'), t('Open'), t('Overdue')], rows);
}
