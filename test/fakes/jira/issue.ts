import type { FakeAnswer, FakeRequest } from '../http/server.ts';
import { uploaded } from './desk.ts';
import { customFields, fieldJson, namesFor, screens, type FakeField } from './fields.ts';
import { commentJson, filesJson, historiesJson, issueJson, personJson } from './json.ts';
import type { JiraState } from './state.ts';
import {
  bodyOf,
  documentOf,
  fieldsOf,
  names,
  ok,
  priorities,
  Refusal,
  stamp,
  statusJson,
  type FakeComment,
  type FakeIssue,
} from './wire.ts';

/** What can be asked and changed of one issue. */
export class IssueResource {
  readonly #state: JiraState;

  constructor(state: JiraState) {
    this.#state = state;
  }

  answer(request: FakeRequest, by: string, [id = '', list, item]: string[]): FakeAnswer {
    const state = this.#state;
    const issue = state.issueOf(id);
    const page = (name: string, items: unknown[]) => {
      const from = Number(request.query.get('startAt') ?? 0);
      const size = Math.min(100, Number(request.query.get('maxResults') ?? 50));
      return ok({
        startAt: from,
        maxResults: size,
        total: items.length,
        [name]: items.slice(from, from + size),
      });
    };
    switch (`${request.method} ${list ?? ''}`) {
      case 'GET ':
        return ok({
          ...issueJson(state, issue),
          ...namesFor(request.query),
          ...this.#also(issue, request.query),
        });
      case 'PUT ':
        return this.#change(issue, by, fieldsOf(request));
      case 'GET comment':
        if (item !== undefined) {
          const one = issue.comments.find((comment) => comment.id === item);
          if (one === undefined) throw new Refusal(404, ['Can not find a comment for the id']);
          return ok(commentJson(state, one, request.query));
        }
        return page(
          'comments',
          issue.comments.map((one) => commentJson(state, one, request.query)),
        );
      case 'POST comment':
        return {
          status: 201,
          body: commentJson(state, this.#say(issue, by, bodyOf(request)), request.query),
        };
      case 'DELETE comment':
        issue.comments = issue.comments.filter((one) => one.id !== item);
        return { status: 204 };
      case 'GET worklog':
        return page(
          'worklogs',
          issue.worklogs.map(({ id: log, author, at, seconds, comment, properties }) => ({
            id: log,
            author: personJson(state, author),
            started: stamp(at),
            created: stamp(at),
            timeSpentSeconds: seconds,
            ...(comment !== undefined && { comment }),
            ...(state.cloud && { properties }),
          })),
        );
      case 'POST worklog': {
        const { timeSpentSeconds, comment, properties } = bodyOf(request);
        if (typeof timeSpentSeconds !== 'number' || timeSpentSeconds < 60)
          throw new Refusal(400, ['Invalid time']);
        if (comment !== undefined) textOf(state, comment);
        const log = {
          id: state.next(),
          author: by,
          at: state.now(),
          seconds: timeSpentSeconds,
          comment,
          properties: (properties ?? []) as unknown[],
        };
        issue.worklogs.push(log);
        issue.updated = log.at;
        return { status: 201, body: { id: log.id } };
      }
      case 'GET changelog':
        if (!state.cloud) throw new Refusal(404, ['Not found']);
        return page('values', historiesJson(state, issue));
      case 'GET editmeta':
        return ok({
          fields: Object.fromEntries(
            Object.entries(customFields).map(([key, field]) => [key, fieldJson(key, field, false)]),
          ),
        });
      case 'GET transitions':
        return ok({
          transitions: names
            .filter((name) => name !== issue.status)
            .map((name) => ({
              id: String(names.indexOf(name)),
              name,
              to: statusJson(name),
              fields: Object.fromEntries(
                Object.entries(screens[name] ?? {}).map(([key, field]) => [
                  key,
                  fieldJson(key, field, field.required),
                ]),
              ),
            })),
        });
      case 'POST transitions':
        return this.#transition(issue, by, bodyOf(request));
      case 'POST attachments':
        return ok(filesJson(state, [state.attach(issue, by, uploaded(request)).id]));
      default:
        throw new Refusal(404, ['Not found']);
    }
  }

  /** A screen takes only what is on it, and insists on what it asks for. */
  #transition(issue: FakeIssue, by: string, wanted: Record<string, unknown>): FakeAnswer {
    const { transition, fields = {} } = wanted as {
      transition?: { id?: string };
      fields?: Record<string, unknown>;
    };
    const to = names[Number(transition?.id)];
    if (to === undefined || to === issue.status)
      throw new Refusal(400, ['It is not possible to transition.']);
    const screen = screens[to] ?? {};
    for (const [key, { name, required }] of Object.entries(screen)) {
      if (required && (fields[key] ?? null) === null)
        throw new Refusal(400, [], { [key]: `${name} is required.` });
    }
    this.#check(fields, screen);
    for (const [key, value] of Object.entries(fields)) {
      if (key === 'resolution') issue.resolution = (value as { name: string }).name;
      else this.#state.setCustom(issue, by, key, value);
    }
    this.#state.set(issue, by, 'status', to);
    return { status: 204 };
  }

  #check(fields: Record<string, unknown>, known: Readonly<Record<string, FakeField>>): void {
    for (const [key, value] of Object.entries(fields)) {
      const field = known[key];
      if (field === undefined) {
        const message = `Field '${key}' cannot be set. It is not on the appropriate screen, or unknown.`;
        throw new Refusal(400, [], { [key]: message });
      }
      const problem = value === null ? undefined : field.refuses(value, this.#state.cloud);
      if (problem !== undefined) throw new Refusal(400, [], { [key]: problem });
    }
  }

  #say(issue: FakeIssue, by: string, { body, properties }: Record<string, unknown>): FakeComment {
    const list = (properties ?? []) as { key: string; value: unknown }[];
    const wish = list.find(({ key }) => key === 'sd.public.comment')?.value as
      { internal?: boolean } | undefined;
    const desk = issue.project === 'HELP' && !this.#state.publishes;
    return this.#state.comment(issue, by, textOf(this.#state, body), {
      internal: desk && wish?.internal === true,
      properties: desk ? list : list.filter(({ key }) => key !== 'sd.public.comment'),
    });
  }

  /** One wrong field, and nothing is changed. */
  #change(issue: FakeIssue, by: string, fields: Record<string, unknown>): FakeAnswer {
    const { summary, labels, priority, assignee } = fields as {
      summary?: string;
      labels?: string[];
      priority?: { name: string };
      assignee?: Record<string, string> | null;
    };
    const state = this.#state;
    const usual = new Set(['summary', 'labels', 'priority', 'assignee']);
    const custom = Object.fromEntries(Object.entries(fields).filter(([key]) => !usual.has(key)));
    const who = assignee?.[state.cloud ? 'accountId' : 'name'];
    if (summary?.trim() === '') throw new Refusal(400, [], { summary: 'You must specify a summary.' });
    if (labels?.some((label) => /\s/.test(label)))
      throw new Refusal(400, [], { labels: "The label can't contain spaces." });
    if (priority && !priorities.includes(priority.name))
      throw new Refusal(400, [], { priority: 'The priority is invalid.' });
    const person = state.users.find(({ accountId }) => accountId === who);
    if (assignee && !person?.agent)
      throw new Refusal(400, [], { assignee: 'Specify a valid value for assignee.' });
    this.#check(custom, customFields);
    if (summary !== undefined) state.set(issue, by, 'summary', summary);
    if (labels) state.set(issue, by, 'labels', labels.join(' '));
    if (priority) state.set(issue, by, 'priority', priority.name);
    if (assignee !== undefined) state.set(issue, by, 'assignee', who ?? '');
    for (const [key, value] of Object.entries(custom)) state.setCustom(issue, by, key, value);
    return { status: 204 };
  }

  #also(issue: FakeIssue, query: URLSearchParams): Record<string, unknown> {
    const names = query.get('properties')?.split(',') ?? [];
    const given = issue.properties.filter(({ key }) => names.includes(key));
    const changelog = !this.#state.cloud && (query.get('expand') ?? '').includes('changelog');
    return {
      ...(names.length > 0 && {
        properties: Object.fromEntries(given.map(({ key, value }) => [key, value])),
      }),
      ...(changelog && { changelog: { histories: historiesJson(this.#state, issue) } }),
    };
  }
}

/** A text is a document here, and wiki markup there. */
export function textOf({ cloud }: JiraState, body: unknown): unknown {
  if (cloud) return documentOf(body);
  if (typeof body === 'string') return body;
  throw new Refusal(400, [], { comment: 'Operation value must be a string' });
}
