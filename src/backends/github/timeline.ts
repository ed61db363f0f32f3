import type { Body, Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { unmarked } from '../content/mark.ts';
import { meaningOf } from '../content/meaning.ts';
import { entriesOfEvents, putLabel, takeLabel, type TrackedEvent } from '../labels/history.ts';
import type { GitHubClient } from './client.ts';
import { closedAs, personOf, type Found, type Issues } from './issues.ts';
import { eventSchema, type Issue, type TimelineEvent } from './schema.ts';

/** What was written and what changed, from one list that GitHub keeps for each issue. */
export class Timelines {
  readonly #client: GitHubClient;
  readonly #issues: Issues;

  constructor(client: GitHubClient, issues: Issues) {
    this.#client = client;
    this.#issues = issues;
  }

  /** Oldest first, beginning with the issue's own text. */
  async entries(found: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const events = await this.#client.all(eventSchema, `${found.path}/timeline`, signal);
    if (!events.ok) return events;
    const requester = found.ticket.requester?.id;
    const comments = events.value.filter(({ event }) => event === 'commented');
    const written = [opening(found.raw), ...comments.flatMap(writtenOf)].map((entry) => ({
      ...entry,
      fromRequester: entry.author.id === requester,
    }));
    const tracked = events.value.flatMap(trackedOf);
    const changed = entriesOfEvents(tracked, this.#issues.account.labels, this.#issues.bare);
    return ok([...written, ...changed].sort((a, b) => a.at - b.at));
  }
}

function opening(raw: Issue): Entry {
  return spoken('issue', raw.created_at, raw.user.login, raw.body);
}

function writtenOf({ id, created_at: at, user, body }: TimelineEvent): Entry[] {
  if (typeof id !== 'number' || typeof at !== 'number') return [];
  return [spoken(String(id), at, user.login, body ?? '')];
}

/** Everybody who may see the issue reads it: GitHub knows nothing else. */
function spoken(id: string, at: number, login: string, text: string): Entry {
  const body: Body = { text: unmarked(text), format: 'markdown' };
  return {
    id,
    at,
    author: personOf(login),
    visibility: 'public',
    body,
    changes: [],
    attachments: [],
    fromRequester: false,
    ...meaningOf(false, body, false),
  };
}

/** What an event does to labels, assignees and state; nothing for kinds that change none of them. */
function trackedOf(event: TimelineEvent): TrackedEvent[] {
  const { id, created_at: at } = event;
  if (typeof id !== 'number' || typeof at !== 'number') return [];
  const change = changeOf(event);
  if (change === undefined) return [];
  const author = personOf(event.assigner?.login ?? event.actor.login);
  return [{ id: String(id), at, author, ...change }];
}

function changeOf(event: TimelineEvent): Pick<TrackedEvent, 'apply' | 'changes'> | undefined {
  const label = event.label?.name ?? '';
  const assignee = event.assignee?.login ?? '';
  switch (event.event) {
    case 'labeled':
      return { apply: (state) => putLabel(state, label) };
    case 'unlabeled':
      return { apply: (state) => takeLabel(state, label) };
    case 'assigned':
      return { apply: (state) => void state.assignees.push(assignee) };
    case 'unassigned':
      return {
        apply: (state) => (state.assignees = state.assignees.filter((login) => login !== assignee)),
      };
    case 'closed':
      return { apply: (state) => (state.closedAs = closedAs(event.state_reason).name) };
    case 'reopened':
      return { apply: (state) => delete state.closedAs };
    case 'milestoned':
      return { apply: (state) => (state.milestone = event.milestone?.title ?? '') };
    case 'demilestoned':
      return { apply: (state) => delete state.milestone };
    case 'renamed': {
      const { from, to } = event.rename ?? {};
      return { apply: () => undefined, changes: [{ field: 'subject', from, to }] };
    }
    case 'converted_to_discussion':
      return { apply: () => undefined, changes: [{ field: 'moved', to: 'a discussion' }] };
    case 'transferred':
      return { apply: () => undefined, changes: [{ field: 'moved', to: 'this repository' }] };
    default:
      return undefined;
  }
}
