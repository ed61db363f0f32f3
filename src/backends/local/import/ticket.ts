import { rankName } from '../../../desk/operation.ts';
import type { SlaClock } from '../../../desk/sla.ts';
import type { CustomField, Instant, Priority, PriorityRank, Status, Ticket } from '../../../desk/ticket.ts';
import { priorities } from '../vocabulary.ts';
import { RowProblem, type Cells } from './cells.ts';
import type { Field } from './fields.ts';
import type { Row } from './table.ts';
import {
  channelOf,
  isYes,
  kindOfKey,
  priorityRank,
  rankFrom,
  statusCategory,
  ticketKind,
  tierOf,
} from './words.ts';

/** What the making of tickets needs beside the rows. */
export interface TicketContext {
  cells: Cells;
  accountId: string;
  now: Instant;
  /** Who "mine" is. */
  meId?: string;
  /** Called for a status whose meaning is not known; it counts as open. */
  unknownStatus(name: string): void;
}

/** Fields that become custom fields of the ticket, besides `custom` itself. */
const kept: readonly Field[] = ['subcategory', 'symptom', 'location', 'impact', 'urgency'];

/** The ticket a row describes; throws a {@link RowProblem} if it describes none. */
export function ticketOf(row: Row, key: string, context: TicketContext): Ticket {
  const { cells } = context;
  const resolvedAt = cells.date(row, 'resolvedAt');
  const closedAt = cells.date(row, 'closedAt');
  const updated = cells.date(row, 'updatedAt');
  const createdAt = cells.date(row, 'createdAt') ?? updated ?? resolvedAt ?? closedAt ?? context.now;
  const status = statusOf(row, context, resolvedAt, closedAt);
  const done = status.category === 'resolved' || status.category === 'closed';
  const assignee = cells.person(row, 'assignee');
  const kind = cells.text(row, 'kind');
  const channel = cells.text(row, 'channel');
  return {
    accountId: context.accountId,
    id: key,
    key,
    subject: subjectOf(row, key, cells),
    requester: cells.person(row, 'requester', 'requesterEmail'),
    assignee,
    team: cells.text(row, 'team'),
    status,
    priority: priorityOf(row, cells),
    kind: kind === undefined ? kindOfKey(key) : ticketKind(kind),
    channel: channel === undefined ? 'other' : channelOf(channel),
    tier: tierOf(cells.text(row, 'tier') ?? ''),
    tags: tagsOf(row, cells),
    assets: cells.columns('asset').flatMap((column) => cells.at(row, column) ?? []),
    customFields: customFields(row, cells),
    createdAt,
    updatedAt: updated ?? closedAt ?? resolvedAt ?? createdAt,
    firstRespondedAt: cells.date(row, 'firstRespondedAt'),
    ...(done && { resolvedAt: resolvedAt ?? closedAt ?? updated }),
    ...(status.category === 'closed' && { closedAt: closedAt ?? updated }),
    reassignments: cells.count(row, 'reassignments') ?? 0,
    reopenings: cells.count(row, 'reopenings') ?? 0,
    sla: slaOf(row, cells, done ? (resolvedAt ?? closedAt ?? updated) : undefined, done),
    revision: '',
    mine: assignee !== undefined && assignee.id === context.meId,
  };
}

/** A row's key; without a column for it, one made of what the row says, so that the same row gets the same key again. */
export function keyOf(row: Row, cells: Cells, fingerprint: (text: string) => string): string {
  const [column] = cells.columns('key');
  if (column === undefined) return `IMP-${fingerprint(row.cells.join('\n'))}`;
  const key = cells.at(row, column);
  if (key === undefined) throw new RowProblem('The ticket has no key (number).');
  if (key.length > 100) throw new RowProblem('The ticket’s key is longer than 100 characters.');
  return /^\d+$/.test(key) ? `#${key}` : key;
}

export function priorityOf(row: Row, cells: Cells): Priority {
  const name = cells.text(row, 'priority');
  const impact = cells.text(row, 'impact') ?? '';
  const urgency = cells.text(row, 'urgency') ?? '';
  const rank: PriorityRank =
    (name === undefined ? undefined : priorityRank(name)) ?? rankFrom(impact, urgency) ?? 3;
  return name === undefined
    ? (priorities.find((one) => one.rank === rank) ?? { name: rankName(rank), rank })
    : { name, rank };
}

function statusOf(
  row: Row,
  context: TicketContext,
  resolvedAt: Instant | undefined,
  closedAt: Instant | undefined,
): Status {
  const name = context.cells.text(row, 'status');
  if (name === undefined) {
    if (closedAt !== undefined) return { name: 'Closed', category: 'closed' };
    return resolvedAt === undefined
      ? { name: 'New', category: 'new' }
      : { name: 'Resolved', category: 'resolved' };
  }
  const category = statusCategory(name);
  if (category === undefined) context.unknownStatus(name);
  return { name, category: category ?? 'open' };
}

/** The file's subject, or one made of what else says what the ticket is about. */
function subjectOf(row: Row, key: string, cells: Cells): string {
  const subject = cells.text(row, 'subject');
  if (subject !== undefined) return subject.slice(0, 500);
  const topic = (['category', 'subcategory'] as const)
    .flatMap((field) => cells.text(row, field) ?? [])
    .join(' › ');
  const symptom = cells.text(row, 'symptom');
  if (symptom !== undefined) return topic === '' ? symptom : `${symptom} (${topic})`;
  if (topic !== '') return topic;
  const [line = ''] = (cells.long(row, 'description') ?? '').split('\n');
  const text = line.replace(/<[^<>]*>/g, ' ').trim();
  if (text !== '') return text.length > 100 ? `${text.slice(0, 99)}…` : text;
  return key;
}

function tagsOf(row: Row, cells: Cells): string[] {
  const written = cells.columns('tags').flatMap((column) => (cells.at(row, column) ?? '').split(/[,;]/));
  const all = [...written, cells.text(row, 'category') ?? ''];
  return [...new Set(all.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

function customFields(row: Row, cells: Cells): CustomField[] {
  const columns = [...kept, 'custom' as const].flatMap((field) => cells.columns(field));
  return columns.flatMap((column): CustomField[] => {
    const value = cells.raw(row, column);
    const name = cells.label(column);
    return value === undefined ? [] : [{ id: `import:${name}`, name, values: [value.slice(0, 4000)] }];
  });
}

/** The resolution clock, from what the file says of it: its own verdict first, then its due time. */
function slaOf(row: Row, cells: Cells, stoppedAt: Instant | undefined, done: boolean): SlaClock[] {
  const made = cells.text(row, 'slaMet');
  const dueAt = cells.date(row, 'dueAt');
  if (made === undefined && dueAt === undefined) return [];
  const late = dueAt !== undefined && stoppedAt !== undefined && stoppedAt > dueAt;
  const breached = made === undefined ? late : !isYes(made);
  if (!done && !breached && dueAt === undefined) return [];
  return [
    {
      target: 'resolution',
      state: breached ? 'breached' : done ? 'met' : 'running',
      ...(dueAt !== undefined && { dueAt }),
      ...(stoppedAt !== undefined && { stoppedAt }),
      source: 'backend',
    },
  ];
}
