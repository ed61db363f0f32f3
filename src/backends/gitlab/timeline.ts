import type { Body, Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { unmarked } from '../content/mark.ts';
import { meaningOf } from '../content/meaning.ts';
import { entriesOfEvents, putLabel, takeLabel, type TrackedEvent } from '../labels/history.ts';
import type { GitLabClient } from './client.ts';
import { filesIn, withoutLoneFiles } from './files.ts';
import { closed, isRequester, type Found, type Issues } from './issues.ts';
import { personOf } from './people.ts';
import {
  labelEventSchema,
  milestoneEventSchema,
  noteSchema,
  stateEventSchema,
  type Note,
  type User,
} from './schema.ts';

const ghost: User = { id: 0, username: 'ghost', name: 'Ghost User' };
const oldestFirst = { sort: 'asc', order_by: 'created_at' };

/** What was written, and what changed: GitLab keeps these in four lists. */
export class Timelines {
  readonly #client: GitLabClient;
  readonly #issues: Issues;

  constructor(client: GitLabClient, issues: Issues) {
    this.#client = client;
    this.#issues = issues;
  }

  notes(id: string, signal: AbortSignal): Promise<Result<Note[]>> {
    return this.#client.all(noteSchema, `${this.#issues.pathOf(id)}/notes`, signal, oldestFirst);
  }

  /** Oldest first, beginning with the issue's own text. */
  async entries({ raw, ticket }: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const path = this.#issues.pathOf(ticket.id);
    const [notes, labels, states, milestones] = await Promise.all([
      this.notes(ticket.id, signal),
      this.#client.all(labelEventSchema, `${path}/resource_label_events`, signal),
      this.#client.all(stateEventSchema, `${path}/resource_state_events`, signal),
      this.#client.all(milestoneEventSchema, `${path}/resource_milestone_events`, signal),
    ]);
    if (!notes.ok) return notes;
    if (!labels.ok) return labels;
    if (!states.ok) return states;
    if (!milestones.ok) return milestones;
    const secret = raw.confidential && !isRequester(raw.author, ticket.requester);
    const opening = spoken('issue', raw.created_at, raw.author, raw.description, secret);
    const written = notes.value.filter(({ system }) => !system);
    const said = written.map((note) =>
      spoken(String(note.id), note.created_at, note.author, note.body, isInternal(note)),
    );
    const authors = [raw.author, ...written.map(({ author }) => author)];
    const tracked: TrackedEvent[] = [
      ...labels.value.map(({ id, user, created_at: at, action, label }) => ({
        ...event('label', id, at, user),
        apply: (state: Parameters<TrackedEvent['apply']>[0]) =>
          (action === 'add' ? putLabel : takeLabel)(state, label?.name ?? ''),
      })),
      ...states.value.map(({ id, user, created_at: at, state }) => ({
        ...event('state', id, at, user),
        apply: (is: Parameters<TrackedEvent['apply']>[0]) => {
          if (state === 'closed') is.closedAs = closed.name;
          else delete is.closedAs;
        },
      })),
      ...milestones.value.map(({ id, user, created_at: at, action, milestone }) => ({
        ...event('milestone', id, at, user),
        apply: (is: Parameters<TrackedEvent['apply']>[0]) => {
          if (action === 'add') is.milestone = milestone?.title ?? '';
          else delete is.milestone;
        },
      })),
      ...notes.value.filter(({ system }) => system).flatMap(systemEvents),
    ].sort((a, b) => a.at - b.at);
    const { labels: mapping } = this.#issues.account;
    return ok(
      [
        ...[opening, ...said].map((entry, index) => ({
          ...entry,
          fromRequester: isRequester(authors[index] ?? ghost, ticket.requester),
        })),
        ...entriesOfEvents(tracked, mapping, this.#issues.bare),
        ...notes.value.filter(({ system }) => system).flatMap(timeEntry),
      ].sort((a, b) => a.at - b.at),
    );
  }
}

/** Older servers call it confidential. */
export function isInternal({ internal, confidential }: Note): boolean {
  return internal ?? confidential ?? false;
}

function event(kind: string, id: number, at: number, user: User | null | undefined) {
  return { id: `${kind}-${id}`, at, author: personOf(user ?? ghost) };
}

function spoken(id: string, at: number, author: User, text: string, internal: boolean): Entry {
  const whole = unmarked(text);
  const attachments = filesIn(whole);
  const shown = withoutLoneFiles(whole);
  const body: Body | undefined =
    shown === '' && attachments.length > 0 ? undefined : { text: whole, format: 'markdown' };
  return {
    id,
    at,
    author: personOf(author),
    visibility: internal ? 'internal' : 'public',
    ...(body && { body }),
    changes: [],
    attachments,
    fromRequester: false,
    ...meaningOf(internal, body, attachments.length > 0),
  };
}

const assigned = /(?<!un)assigned to ((?:@[\w.-]+(?:, | and )?)+)/;
const unassigned = /unassigned ((?:@[\w.-]+(?:, | and )?)+)/;
const renamed = /^changed title from \*\*(.*)\*\* to \*\*(.*)\*\*$/s;
const spent = /^(added|subtracted) (.+?) of time spent/;

/** What has no list of its own is told in sentences, which are in English whatever the user's language is. */
function systemEvents(note: Note): TrackedEvent[] {
  const base = { id: String(note.id), at: note.created_at, author: personOf(note.author) };
  const title = renamed.exec(note.body);
  if (title) {
    const [from, to] = title.slice(1).map((text) => text.replace(/\{[+-](.*?)[+-]\}/gs, '$1'));
    return [{ ...base, apply: () => undefined, changes: [{ field: 'subject', from, to }] }];
  }
  const off = names(unassigned.exec(note.body)?.[1]);
  const on = names(assigned.exec(note.body)?.[1]);
  if (off.length + on.length === 0) return [];
  return [
    {
      ...base,
      apply: (state) => (state.assignees = [...state.assignees.filter((name) => !off.includes(name)), ...on]),
    },
  ];
}

function names(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/@([\w.-]+)/g)].map(([, name = '']) => name);
}

function timeEntry(note: Note): Entry[] {
  const [, verb, length] = spent.exec(note.body) ?? [];
  if (length === undefined) return [];
  const minutes = minutesOf(length) * (verb === 'subtracted' ? -1 : 1);
  return [
    {
      id: String(note.id),
      at: note.created_at,
      author: personOf(note.author),
      kind: 'time',
      visibility: 'system',
      changes: [],
      attachments: [],
      minutes,
      fromRequester: false,
    },
  ];
}

/** GitLab's working days have eight hours, its weeks five days, its months four weeks. */
const units: Record<string, number> = { mo: 9600, w: 2400, d: 480, h: 60, m: 1, s: 1 / 60 };

function minutesOf(length: string): number {
  const parts = [...length.matchAll(/(\d+)(mo|[wdhms])/g)];
  return Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0),
  );
}
