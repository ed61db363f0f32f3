import type { Body, Entry } from '../desk/entry.ts';
import type { Person, Ticket } from '../desk/ticket.ts';
import { facetsOf } from './facets.ts';

const longestBody = 50_000;
const longestTimeline = 500_000;

/** One row of the index: a column each. */
export type SearchRow = readonly [
  key: string,
  subject: string,
  requester: string,
  assignee: string,
  text: string,
  facets: string,
];

export function searchRow(ticket: Ticket, entries: readonly Entry[]): SearchRow {
  return [
    ticket.key,
    ticket.subject,
    person(ticket.requester),
    person(ticket.assignee),
    searchedText(entries),
    facetsOf(ticket, entries),
  ];
}

/** The words of a timeline: bodies, authors, file names. */
export function searchedText(entries: readonly Entry[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const entry of entries) {
    const attachments = entry.attachments.map((attachment) => attachment.name);
    const part = [words(entry.body), ...attachments, person(entry.author)].join(' ').trim();
    parts.push(part);
    length += part.length;
    if (length > longestTimeline) break;
  }
  return parts.join('\n');
}

function person(value: Person | undefined): string {
  return value === undefined ? '' : `${value.name} ${value.email ?? ''}`;
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** Enough to find text by and to show an excerpt of it, at the speed of an index; never shown as the body itself. */
function words(body: Body | undefined): string {
  const text = body?.text.slice(0, longestBody) ?? '';
  if (body?.format !== 'html') return text;
  return text
    .replace(/<(script|style)\b[^<>]*>[^<]*/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(\w{2,4});/g, (entity, name: string) => characters[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
