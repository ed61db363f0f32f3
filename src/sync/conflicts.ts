import type { Entry } from '../desk/entry.ts';
import {
  fieldsBefore,
  type Conflict,
  type FieldConflict,
  type Operation,
  type Seen,
  type Step,
  type TicketFields,
} from '../desk/operation.ts';
import type { Ticket } from '../desk/ticket.ts';

/** The fields that every backend has, which have a name of their own. */
type Simple = Exclude<keyof TicketFields, 'custom'>;
type Value = TicketFields[Simple];
type Update = Extract<Step, { type: 'update' }>;

/** The fields somebody else set meanwhile: now neither what they were nor what is wanted. */
export function fieldConflict(step: Update, current: Ticket): Conflict | undefined {
  const now = fieldsBefore(current, step.fields);
  const fields = fieldNames(step.fields)
    .filter((field) => !same(now[field], step.before[field]) && !same(now[field], step.fields[field]))
    .map((field): FieldConflict => ({ field, ...sides(step.before[field], step.fields[field], now[field]) }));
  const custom = Object.entries(step.fields.custom ?? {}).flatMap(([id, mine]): FieldConflict[] => {
    const [base, theirs] = [step.before.custom?.[id], now.custom?.[id]];
    if (same(theirs, base) || same(theirs, mine)) return [];
    return [{ field: 'custom', name: customName(current, id), ...sides(base, mine, theirs) }];
  });
  const all = [...fields, ...custom];
  return all.length === 0 ? undefined : { type: 'fields', fields: all };
}

function sides(base: Value, mine: Value, theirs: Value): Omit<FieldConflict, 'field'> {
  return { base: shown(base), mine: shown(mine), theirs: shown(theirs) };
}

/** What colleagues or the requester wrote after the user last looked. */
export function unseenEntries(
  entries: readonly Entry[],
  me: string,
  seen: Seen | undefined,
  seenUntil = 0,
): Entry[] {
  const until = Math.max(seen?.until ?? 0, seenUntil);
  const unseen = ({ id, at }: Entry) =>
    at > until || (at === until && seen?.until === until && seen.ids !== undefined && !seen.ids.includes(id));
  return entries.filter((entry) => entry.visibility !== 'system' && entry.author.id !== me && unseen(entry));
}

/** How far the user had seen the timeline, given what the store holds of it. */
export function seenAt(until: number, entries: readonly Entry[]): Seen {
  return { until, ids: entries.filter((entry) => entry.at === until).map((entry) => entry.id) };
}

/**
 * A later operation of the same ticket, once one of ours went through: what ours changed there (what the backend did of
 * itself in consequence included) is the new base, not a conflict. What a colleague did in the same moment is not ours.
 */
export function rebased(
  operation: Operation,
  before: Ticket,
  after: Ticket,
  theirs: ReadonlySet<string>,
): Operation {
  const steps = operation.steps.map((step, index) =>
    index >= operation.done && step.type === 'update' ? rebasedStep(step, before, after, theirs) : step,
  );
  const moved = operation.ticketId === before.id ? { ticketId: after.id } : {};
  return { ...operation, ...moved, steps };
}

function rebasedStep(step: Update, before: Ticket, after: Ticket, theirs: ReadonlySet<string>): Update {
  const then = fieldsBefore(before, step.fields);
  const now = fieldsBefore(after, step.fields);
  const base = { ...step.before };
  for (const field of fieldNames(step.fields)) {
    if (same(then[field], now[field]) || !same(then[field], base[field]) || theirs.has(field)) continue;
    Object.assign(base, { [field]: now[field] });
  }
  for (const id of Object.keys(step.fields.custom ?? {})) {
    const [was, is] = [then.custom?.[id], now.custom?.[id]];
    if (same(was, is) || !same(was, base.custom?.[id]) || theirs.has(customName(after, id))) continue;
    base.custom = { ...base.custom, [id]: is ?? [] };
  }
  return { ...step, before: base };
}

/**
 * Fields that a person other than us changed since the ticket was as in `before`: told from what the system did by
 * itself by their having written something, or being named in the ticket.
 */
export function changedByOthers(entries: readonly Entry[], me: string, before: Ticket): Set<string> {
  const people = new Set(
    entries.filter(({ visibility }) => visibility !== 'system').map(({ author }) => author.id),
  );
  for (const person of [before.assignee, before.requester]) if (person) people.add(person.id);
  people.delete(me);
  const values: Record<Simple, string | undefined> = {
    subject: before.subject,
    status: before.status.name,
    assignee: before.assignee?.id,
    team: before.team,
    priority: before.priority.name,
    tier: shown(before.tier),
    tags: shown(before.tags),
  };
  const custom = before.customFields.map(
    ({ name, values: has }) => [name, has.join(', ') || undefined] as const,
  );
  const known = new Map<string, string | undefined>([...custom, ...Object.entries(values)]);
  return new Set(
    entries
      .filter((entry) => entry.at >= before.updatedAt && people.has(entry.author.id))
      .flatMap((entry) =>
        entry.changes
          .filter(({ field, to }) => entry.at > before.updatedAt || to !== known.get(field))
          .map(({ field }) => field),
      ),
  );
}

function customName(ticket: Ticket, id: string): string {
  return ticket.customFields.find((field) => field.id === id)?.name ?? id;
}

const allFields: readonly Simple[] = ['subject', 'status', 'assignee', 'team', 'priority', 'tier', 'tags'];

function fieldNames(fields: TicketFields): Simple[] {
  return allFields.filter((field) => fields[field] !== undefined);
}

function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value) => b.includes(value));
  }
  return (a ?? undefined) === (b ?? undefined);
}

function shown(value: Value): string | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.join(', ') || undefined : String(value);
}
