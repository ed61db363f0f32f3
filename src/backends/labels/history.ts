import type { LabelMeanings } from '../../desk/account.ts';
import type { Entry, FieldChange } from '../../desk/entry.ts';
import type { Instant, Person } from '../../desk/ticket.ts';
import { readLabels, same, type Unlabelled } from './meaning.ts';

/** So long one change takes to be recorded in all its parts. */
const momentMs = 1_000;

/** What a forge's events are about, as it was at a moment. */
export interface Tracked {
  labels: string[];
  assignees: string[];
  /** The name of the status it was closed with; open without. */
  closedAs?: string;
  milestone?: string;
}

export interface TrackedEvent {
  id: string;
  at: Instant;
  author: Person;
  apply: (state: Tracked) => void;
  /** What it says of itself, beside what it changed. */
  changes?: FieldChange[];
}

/**
 * A forge tells of single labels put on and taken off; people want to know from which status to which. So the events are
 * replayed from the beginning, and what one person did at one moment is one entry.
 */
export function entriesOfEvents(
  events: readonly TrackedEvent[],
  mapping: LabelMeanings | undefined,
  bare: Unlabelled,
): Entry[] {
  const state: Tracked = { labels: [], assignees: [] };
  const nothing = seen(state, mapping, bare);
  const entries: Entry[] = [];
  for (const event of events) {
    const before = seen(state, mapping, bare);
    event.apply(state);
    const changes = [...differences(before, seen(state, mapping, bare)), ...(event.changes ?? [])];
    const last = entries.at(-1);
    if (last === undefined || !continues(last, event, changes, nothing))
      entries.push(entryOf(event, changes));
    else last.changes = joined(last.changes, changes);
  }
  return entries
    .filter(({ changes }) => changes.length > 0)
    .map((entry) => ({
      ...entry,
      kind: entry.changes.some(({ field }) => field === 'status') ? 'status' : 'field',
    }));
}

export function putLabel(state: Tracked, label: string): void {
  if (!state.labels.some((one) => same(one, label))) state.labels.push(label);
}

export function takeLabel(state: Tracked, label: string): void {
  state.labels = state.labels.filter((one) => !same(one, label));
}

function entryOf({ id, at, author }: TrackedEvent, changes: FieldChange[]): Entry {
  return {
    id,
    at,
    author,
    kind: 'field',
    visibility: 'system',
    changes,
    attachments: [],
    fromRequester: false,
  };
}

/**
 * The same act: one person at one moment, and what is changed again was only passing through having no label on its way
 * from one to another.
 */
function continues(
  last: Entry,
  event: TrackedEvent,
  changes: readonly FieldChange[],
  nothing: ReadonlyMap<string, string>,
): boolean {
  if (last.author.id !== event.author.id || event.at - last.at > momentMs) return false;
  return changes.every(({ field }) => {
    const earlier = last.changes.find((change) => change.field === field);
    return earlier === undefined || field === 'tags' || (earlier.to ?? '') === nothing.get(field);
  });
}

/** From where the first began to where the last ended; what came back to where it was is no change. */
function joined(earlier: readonly FieldChange[], later: readonly FieldChange[]): FieldChange[] {
  const changes = new Map(earlier.map((change) => [change.field, change]));
  for (const { field, from, to } of later) {
    const begun = changes.get(field);
    const start = begun === undefined ? from : begun.from;
    if (start === to) changes.delete(field);
    else
      changes.set(field, {
        field,
        ...(start !== undefined && { from: start }),
        ...(to !== undefined && { to }),
      });
  }
  return [...changes.values()];
}

function seen(state: Tracked, mapping: LabelMeanings | undefined, bare: Unlabelled): Map<string, string> {
  const { status, priority, team, tags } = readLabels(state.labels, mapping, bare.team);
  return new Map([
    ['status', state.closedAs ?? status?.name ?? bare.open.name],
    ['priority', priority.name],
    ['team', team],
    ['tags', tags.join(', ')],
    ['assignee', state.assignees.join(', ')],
    ['milestone', state.milestone ?? ''],
  ]);
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FieldChange[] {
  return [...after].flatMap(([field, to]) => {
    const from = before.get(field) ?? '';
    return from === to ? [] : [{ field, ...(from !== '' && { from }), ...(to !== '' && { to }) }];
  });
}
