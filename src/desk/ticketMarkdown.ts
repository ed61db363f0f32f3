import type { Entry } from './entry.ts';
import { plainText } from './htmlText.ts';
import { disarmMarkdown, disarmText, escapeInline, escapeLine } from './plainText.ts';
import { outcomePhrase } from './resolutionNote.ts';
import { isTicking, slaStateAt, type SlaClock } from './sla.ts';
import type { Instant, Ticket } from './ticket.ts';

/** What the reader's place and language decide. */
export interface MarkdownSetting {
  now: Instant;
  time(at: Instant): string;
}

const lastEntryLength = 400;
const minute = 60_000;

/** A ticket in a few lines of Markdown, for a hover. Whatever the ticket says, it is shown and does nothing. */
export function ticketSummary(ticket: Ticket, entries: readonly Entry[], setting: MarkdownSetting): string {
  const last = entries.findLast(({ body }) => body !== undefined);
  const parts = [`**${escapeInline(ticket.key)}** ${escapeInline(ticket.subject)}`, facts(ticket, setting)];
  if (last !== undefined) {
    const text = bodyText(last).trim();
    const cut = text.length > lastEntryLength ? `${text.slice(0, lastEntryLength).trimEnd()} …` : text;
    parts.push(`${byline(last, setting)}:\n\n${cut.split('\n').map(excerptLine).join('\n')}`);
  }
  return parts.join('\n\n');
}

/** A whole ticket as a Markdown document. `entries` is `undefined` while they have never been fetched. */
export function ticketMarkdown(
  ticket: Ticket,
  entries: readonly Entry[] | undefined,
  setting: MarkdownSetting,
): string {
  const parts = [`# ${escapeInline(ticket.key)} ${escapeInline(ticket.subject)}`, facts(ticket, setting)];
  for (const { name, values } of ticket.customFields) {
    parts.push(`${escapeLine(name)}: ${values.map(escapeInline).join(', ')}`);
  }
  if (entries === undefined)
    parts.push('*The timeline has not been fetched yet: open the ticket to fetch it.*');
  for (const entry of entries ?? []) parts.push(entryMarkdown(entry, setting));
  return parts.join('\n\n') + '\n';
}

function facts(ticket: Ticket, setting: MarkdownSetting): string {
  const people = [
    ticket.requester && `from ${escapeInline(ticket.requester.name)}`,
    ticket.assignee ? `assigned to ${escapeInline(ticket.assignee.name)}` : 'assigned to nobody',
    ticket.team !== undefined && `in ${escapeInline(ticket.team)}`,
    ticket.tier !== undefined && `tier ${ticket.tier}`,
  ];
  const state = [escapeLine(ticket.status.name), escapeInline(ticket.priority.name)];
  const clocks = ticket.sla.filter(isTicking).map((clock) => clockPhrase(clock, setting.now));
  return [...state, ...people.filter(Boolean), ...clocks, `changed ${setting.time(ticket.updatedAt)}`].join(
    ' · ',
  );
}

function clockPhrase(clock: SlaClock, now: Instant): string {
  const target = clock.target === 'first-response' ? 'first response' : 'resolution';
  const state = slaStateAt(clock, now);
  if (state === 'paused') return `${target} paused`;
  if (clock.dueAt === undefined) return target;
  const span = spanPhrase(Math.abs(clock.dueAt - now));
  return state === 'breached' ? `**${target} ${span} overdue**` : `${target} due in ${span}`;
}

/** `2 h 10 min`; days without minutes. */
function spanPhrase(length: number): string {
  const minutes = Math.round(length / minute);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}

function entryMarkdown(entry: Entry, setting: MarkdownSetting): string {
  const parts = [`## ${byline(entry, setting)}`];
  for (const { field, from, to } of entry.changes) {
    const before = from === undefined ? '' : `${escapeInline(from)} → `;
    parts.push(`${escapeLine(field)}: ${before}${escapeInline(to ?? 'none')}`);
  }
  const text = bodyText(entry).trim();
  if (text !== '') {
    const harmless = entry.body?.format === 'markdown' ? disarmMarkdown(text) : disarmText(text);
    parts.push(harmless.replaceAll(/^/gm, '> ').replaceAll(/ +$/gm, ''));
  }
  if (entry.link !== undefined) {
    const { document, outcome } = entry.link;
    parts.push(
      `Document: ${escapeInline(document.title)} (${escapeInline(document.path)}): ${outcomePhrase(outcome)}`,
    );
  }
  for (const { name } of entry.attachments) parts.push(`Attachment: ${escapeInline(name)}`);
  return parts.join('\n\n');
}

/** Lists and paragraphs stay what they were; everything else is plain text. */
function excerptLine(line: string): string {
  const [, mark = '', text = ''] = /^\s*([-*+]\s|\d{1,9}[.)]\s)?(.*)$/su.exec(line) ?? [];
  return `> ${mark}${escapeLine(text)}`.trimEnd();
}

const audience = { public: 'public', internal: 'internal', system: '' } as const;

function byline(entry: Entry, setting: MarkdownSetting): string {
  const who = [audience[entry.visibility], entry.fromRequester ? 'message' : entry.kind]
    .filter(Boolean)
    .join(' ');
  return `${setting.time(entry.at)}, ${escapeInline(entry.author.name)}, ${who}`;
}

function bodyText({ body }: Entry): string {
  return body === undefined ? '' : plainText(body);
}
