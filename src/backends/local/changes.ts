import type { FieldChange } from '../../desk/entry.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import { fieldProblem } from '../../desk/fieldDefinition.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { CustomField, Instant, Person, Status, Ticket } from '../../desk/ticket.ts';
import type { Vocabulary } from '../backend.ts';
import { goesOn, paused, restarted, resumed, stopped } from './importedClocks.ts';

/** What the desk's rules need to know. */
export interface Desk {
  vocabulary: Vocabulary;
  people: ReadonlyMap<string, Person>;
  /** Another ticket of the desk. */
  ticket: (id: string) => Ticket | undefined;
}

/** A ticket with new values in its fields, and what its history says of them: nothing where nothing changed. */
export function changeFields(
  ticket: Ticket,
  fields: TicketFields,
  desk: Desk,
  now: Instant,
): Result<{ ticket: Ticket; changes: FieldChange[] }> {
  const subject = fields.subject?.trim();
  if (subject === '') return refuse('subject', 'A ticket needs a subject.');
  const status = named(desk.vocabulary.statuses, fields.status);
  if (status === unknown) return refuse('status', `There is no status "${fields.status ?? ''}".`);
  const priority = named(desk.vocabulary.priorities, fields.priority);
  if (priority === unknown) return refuse('priority', `There is no priority "${fields.priority ?? ''}".`);
  const team = named(desk.vocabulary.teams, fields.team);
  if (team === unknown) return refuse('team', `There is no team "${fields.team ?? ''}".`);
  const assignee = typeof fields.assignee === 'string' ? desk.people.get(fields.assignee) : undefined;
  if (typeof fields.assignee === 'string' && assignee === undefined) {
    return refuse('assignee', `Nobody is known as "${fields.assignee}".`);
  }

  const custom = customFields(ticket, fields.custom ?? {}, desk);
  if (!custom.ok) return custom;

  const after: Ticket = { ...ticket, ...(status !== undefined && statusFields(ticket, status, now)) };
  if (subject !== undefined) after.subject = subject;
  if (priority !== undefined) after.priority = priority;
  if (team !== undefined) {
    after.team = team.name;
    after.tier = team.tier ?? after.tier;
  }
  if (fields.tier !== undefined) after.tier = fields.tier;
  if (fields.assignee !== undefined) after.assignee = assignee;
  if (fields.tags !== undefined) after.tags = distinct(fields.tags);
  after.customFields = custom.value;
  if (isReassigned(ticket, after)) after.reassignments += 1;
  return ok({ ticket: after, changes: differences(ticket, after) });
}

/** Only what the desk defines can be set; whatever else an imported ticket brought stays as it is. */
function customFields(
  ticket: Ticket,
  wanted: NonNullable<TicketFields['custom']>,
  { vocabulary }: Desk,
): Result<CustomField[]> {
  const after = [...ticket.customFields];
  for (const [id, given] of Object.entries(wanted)) {
    const definition = vocabulary.customFields?.find((one) => one.id === id);
    if (definition === undefined) return refuse('custom', `The field "${id}" can't be set here.`);
    const problem = fieldProblem(definition, given);
    if (problem !== undefined) return refuse('custom', `"${definition.name}" does not take this value.`);
    const values = distinct(given);
    const at = after.findIndex((field) => field.id === id);
    if (at === -1) after.push({ id, name: definition.name, values });
    else after[at] = { id, name: definition.name, values };
  }
  return ok(after);
}

export function refuse(field: string, message: string) {
  return fail({ reason: 'rejected', message, field });
}

export function distinct(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

const unknown = Symbol('a name that is not in the vocabulary');

function named<T extends { name: string }>(
  known: readonly T[],
  name: string | undefined,
): T | typeof unknown | undefined {
  return name === undefined ? undefined : (known.find((one) => one.name === name) ?? unknown);
}

/** Taken from one person or team and given to another. */
function isReassigned(before: Ticket, after: Ticket): boolean {
  const moved = (from: string | undefined, to: string | undefined) =>
    from !== undefined && to !== undefined && from !== to;
  return moved(before.assignee?.id, after.assignee?.id) || moved(before.team, after.team);
}

function differences(before: Ticket, after: Ticket): FieldChange[] {
  const custom = (ticket: Ticket) =>
    ticket.customFields.map(({ name, values }) => [name, values.join(', ') || undefined] as const);
  const shown = (ticket: Ticket): Record<string, string | undefined> => ({
    ...Object.fromEntries(custom(ticket)),
    status: ticket.status.name,
    subject: ticket.subject,
    assignee: ticket.assignee?.name,
    team: ticket.team,
    tier: ticket.tier?.toString(),
    priority: ticket.priority.name,
    tags: ticket.tags.length === 0 ? undefined : ticket.tags.join(', '),
  });
  const [from, to] = [shown(before), shown(after)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((field) => from[field] !== to[field])
    .map((field) => ({
      field,
      ...(from[field] !== undefined && { from: from[field] }),
      ...(to[field] !== undefined && { to: to[field] }),
    }));
}

function statusFields(ticket: Ticket, status: Status, now: Instant): Partial<Ticket> {
  const wasDone = isDone(ticket.status);
  if (isDone(status)) {
    return {
      status,
      resolvedAt: ticket.resolvedAt ?? now,
      closedAt: status.category === 'closed' ? (ticket.closedAt ?? now) : undefined,
      ...(!wasDone && { sla: ticket.sla.map((clock) => stopped(clock, now)) }),
    };
  }
  const clocks = wasDone ? ticket.sla.map((clock) => restarted(clock, now)) : ticket.sla;
  return {
    status,
    sla:
      status.category === 'pending'
        ? clocks.map((clock) => paused(clock, now))
        : clocks.map((clock) => resumed(clock, now)).filter(goesOn),
    ...(wasDone && { reopenings: ticket.reopenings + 1, resolvedAt: undefined, closedAt: undefined }),
  };
}

function isDone(status: Status): boolean {
  return status.category === 'resolved' || status.category === 'closed';
}
