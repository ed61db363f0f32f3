import { fileOf } from '../http/form.ts';
import {
  jsonOf,
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../http/server.ts';

export const apiPath = '/api/v4';
const mostPerPage = 100;
const defaultPerPage = 20;

interface FakeUser {
  id: number;
  username: string;
  name: string;
  token: string;
  /** 10 guest, 15 planner, 20 reporter, 30 developer. */
  access: number;
}

export interface FakeNote {
  id: number;
  author: string;
  body: string;
  at: number;
  system: boolean;
  internal: boolean;
}

interface FakeEvent {
  id: number;
  user: string;
  at: number;
  list: 'label' | 'state' | 'milestone';
  more: Record<string, unknown>;
}

export interface FakeIssue {
  iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed';
  author: string;
  labels: string[];
  assignees: string[];
  seconds: number;
  serviceDeskReplyTo?: string;
  confidential?: boolean;
  movedToId?: number;
  createdAt: number;
  updatedAt: number;
  closedAt?: number;
  notes: FakeNote[];
  events: FakeEvent[];
}

class Refusal extends Error {
  readonly answer: FakeAnswer;

  constructor(status: number, message: unknown) {
    super(String(message));
    this.answer = { status, body: { message } };
  }
}

/**
 * GitLab's REST interface to the issues of one project, `acme/helpdesk`. It refuses what GitLab refuses, and drops in
 * silence what GitLab drops: https://docs.gitlab.com/api/issues/
 */
export class FakeGitLab {
  readonly users: FakeUser[] = [];
  readonly issues = new Map<number, FakeIssue>();
  readonly labels = ['priority::high', 'status::waiting', 'team::network', 'bug'];
  readonly uploads = new Map<string, Buffer>();
  version = '17.5.1-ee';
  skewMs = 0;
  /** Notes that may still be made; the refusal comes without any header. */
  notesLeft = Number.POSITIVE_INFINITY;
  server: FakeServer | undefined;
  #id = 100;
  #last = 0;

  constructor() {
    for (const [username, name, access] of [
      ['alice', 'Alice Agent', 30],
      ['bob', 'Bob Builder', 30],
      ['carol', 'Carol Customer', 0],
      ['support-bot', 'Support Bot', 0],
    ] as const) {
      this.users.push({ id: this.#next(), username, name, access, token: `glpat-${username}` });
    }
  }

  async start(): Promise<FakeServer> {
    this.server = await startFakeServer((request) => this.#answer(request));
    return this.server;
  }

  /** No two changes at one moment: GitLab counts in microseconds. */
  now(): number {
    this.#last = Math.max(this.#last + 1, Date.now() + this.skewMs);
    return this.#last;
  }

  open(author: string, title: string, description: string): FakeIssue {
    const at = this.now();
    const issue: FakeIssue = {
      iid: this.issues.size + 1,
      title,
      description,
      state: 'opened',
      author,
      labels: [],
      assignees: [],
      seconds: 0,
      createdAt: at,
      updatedAt: at,
      notes: [],
      events: [],
    };
    this.issues.set(issue.iid, issue);
    return issue;
  }

  note(issue: FakeIssue, author: string, body: string, more: Partial<FakeNote> = {}): FakeNote {
    const note = { id: this.#next(), author, body, at: this.now(), system: false, internal: false, ...more };
    issue.notes.push(note);
    issue.updatedAt = note.at;
    return note;
  }

  setTitle(issue: FakeIssue, by: string, title: string): void {
    if (title === issue.title) return;
    this.note(issue, by, `changed title from **{-${issue.title}-}** to **{+${title}+}**`, { system: true });
    issue.title = title;
  }

  setAssignees(issue: FakeIssue, by: string, wanted: string[]): void {
    const on = wanted.filter((name) => !issue.assignees.includes(name)).map((name) => `@${name}`);
    const off = issue.assignees.filter((name) => !wanted.includes(name)).map((name) => `@${name}`);
    const parts = [
      ...(on.length > 0 ? [`assigned to ${on.join(' and ')}`] : []),
      ...(off.length > 0 ? [`unassigned ${off.join(' and ')}`] : []),
    ];
    if (parts.length > 0) this.note(issue, by, parts.join(' and '), { system: true });
    issue.assignees = wanted;
  }

  setState(issue: FakeIssue, by: string, state: 'opened' | 'closed'): void {
    if (issue.state === state) return;
    issue.state = state;
    const at = this.#event(issue, by, 'state', { state: state === 'closed' ? 'closed' : 'reopened' });
    if (state === 'closed') issue.closedAt = at;
    else delete issue.closedAt;
  }

  /** A scoped label takes the others of its scope away; one that does not exist comes into being. */
  addLabel(issue: FakeIssue, by: string, label: string): void {
    if (issue.labels.includes(label)) return;
    if (!this.labels.includes(label)) this.labels.push(label);
    const scope = /^(.+)::/.exec(label)?.[1];
    if (scope !== undefined) {
      for (const other of issue.labels)
        if (other.startsWith(`${scope}::`)) this.removeLabel(issue, by, other);
    }
    issue.labels.push(label);
    this.#event(issue, by, 'label', { action: 'add', label: { name: label } });
  }

  removeLabel(issue: FakeIssue, by: string, label: string): void {
    if (!issue.labels.includes(label)) return;
    issue.labels = issue.labels.filter((one) => one !== label);
    this.#event(issue, by, 'label', { action: 'remove', label: { name: label } });
  }

  #event(issue: FakeIssue, user: string, list: FakeEvent['list'], more: Record<string, unknown>): number {
    const at = this.now();
    issue.events.push({ id: this.#next(), user, at, list, more });
    issue.updatedAt = at;
    return at;
  }

  #next(): number {
    this.#id += 1;
    return this.#id;
  }

  #answer(request: FakeRequest): FakeAnswer {
    const headers = { date: new Date(Date.now() + this.skewMs).toUTCString() };
    try {
      const user = this.users.find(({ token }) => token === request.headers['private-token']);
      if (user === undefined) throw new Refusal(401, '401 Unauthorized');
      const answer = this.#route(request, user);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.answer, headers };
    }
  }

  #route(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { method, path } = request;
    const [root, project, area, ...rest] = path
      .slice(apiPath.length + 1)
      .split('/')
      .map(decodeURIComponent);
    if (root === 'user' && method === 'GET') return { status: 200, body: person(user) };
    if (root === 'version' && method === 'GET') {
      return { status: 200, body: { version: this.version, revision: 'abc' } };
    }
    if (root !== 'projects' || project !== 'acme/helpdesk') throw new Refusal(404, '404 Project Not Found');
    switch (`${method} ${area ?? ''}`) {
      case 'GET ':
        return {
          status: 200,
          body: {
            id: 5,
            path_with_namespace: 'acme/helpdesk',
            archived: false,
            issues_enabled: true,
            permissions: { project_access: { access_level: user.access }, group_access: null },
          },
        };
      case 'GET labels':
        return page(
          request,
          this.labels.map((name, id) => ({ id, name, color: '#eee' })),
        );
      case 'GET members':
        return page(request, this.users.filter(({ access }) => access > 0).map(person));
      case 'POST uploads':
        return this.#upload(request);
      case 'GET uploads': {
        const bytes = this.uploads.get(rest.join('/'));
        if (bytes === undefined) throw new Refusal(404, '404 Not found');
        return { status: 200, body: bytes };
      }
      default:
        if (area === 'issues') return this.#issue(request, user, rest);
        throw new Refusal(404, '404 Not Found');
    }
  }

  #issue(request: FakeRequest, user: FakeUser, [iid, list, item]: string[]): FakeAnswer {
    const { method } = request;
    if (iid === undefined) return method === 'POST' ? this.#create(request, user) : this.#list(request, user);
    const issue = this.issues.get(Number(iid));
    if (issue === undefined) throw new Refusal(404, '404 Issue Not Found');
    const mayRead = ({ internal }: FakeNote) => !internal || user.access >= 15;
    switch (`${method} ${list ?? ''}`) {
      case 'GET ':
        return { status: 200, body: this.json(issue) };
      case 'PUT ':
        return this.#change(request, user, issue);
      case 'GET notes': {
        const notes = issue.notes.filter(mayRead).map((note) => this.#noteJson(note));
        if (request.query.get('sort') !== 'asc') notes.reverse();
        return page(request, notes);
      }
      case 'POST notes':
        return this.#say(request, user, issue);
      case 'DELETE notes':
        issue.notes = issue.notes.filter(({ id }) => id !== Number(item));
        return { status: 204 };
      case 'POST add_spent_time':
        return this.#spend(request, user, issue);
      case 'GET resource_label_events':
      case 'GET resource_state_events':
      case 'GET resource_milestone_events': {
        const wanted = /resource_(\w+)_events/.exec(list ?? '')?.[1];
        const events = issue.events.filter((event) => event.list === wanted);
        return page(
          request,
          events.map(({ id, user: by, at, more }) => ({
            id,
            user: this.#personNamed(by),
            created_at: stamp(at),
            ...more,
          })),
        );
      }
      default:
        throw new Refusal(404, '404 Not Found');
    }
  }

  /** Who names no scope gets what they created themselves. */
  #list({ query, ...request }: FakeRequest, user: FakeUser): FakeAnswer {
    const scope = query.get('scope') ?? 'created_by_me';
    const state = query.get('state') ?? 'all';
    const since = Date.parse(query.get('updated_after') ?? '1970-01-01T00:00:00Z');
    const labels = query.get('labels')?.split(',') ?? [];
    const found = [...this.issues.values()].filter(
      (issue) =>
        (scope === 'all' ||
          (scope === 'assigned_to_me'
            ? issue.assignees.includes(user.username)
            : issue.author === user.username)) &&
        (state === 'all' || issue.state === state) &&
        issue.updatedAt >= since &&
        labels.every((label) => issue.labels.includes(label)),
    );
    const key = query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
    const sign = query.get('sort') === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * (a[key] - b[key] || a.iid - b.iid));
    return page(
      { query, ...request },
      found.map((issue) => this.json(issue)),
    );
  }

  #create(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { title, description, labels } = fields(request);
    if (typeof title !== 'string' || title.trim() === '')
      throw new Refusal(400, { title: ["can't be blank"] });
    const issue = this.open(user.username, title, typeof description === 'string' ? description : '');
    if (user.access >= 15) for (const label of list(labels)) this.addLabel(issue, user.username, label);
    return { status: 201, body: this.json(issue) };
  }

  /** What a guest may not set of their own issue is left out without a word. */
  #change(request: FakeRequest, user: FakeUser, issue: FakeIssue): FakeAnswer {
    const {
      title,
      state_event: event,
      add_labels: add,
      remove_labels: remove,
      assignee_ids: ids,
    } = fields(request);
    const by = user.username;
    if (user.access < 15 && issue.author !== by) throw new Refusal(403, '403 Forbidden');
    if (issue.movedToId !== undefined) throw new Refusal(403, '403 Forbidden');
    if (typeof title === 'string') this.setTitle(issue, by, title);
    if (user.access >= 15) {
      for (const label of list(remove)) this.removeLabel(issue, by, label);
      for (const label of list(add)) this.addLabel(issue, by, label);
      if (Array.isArray(ids)) {
        const wanted = this.users
          .filter(({ id }) => (ids as unknown[]).includes(id))
          .map(({ username }) => username);
        this.setAssignees(issue, by, wanted);
      }
    }
    if (event === 'close') this.setState(issue, by, 'closed');
    if (event === 'reopen') this.setState(issue, by, 'opened');
    return { status: 200, body: this.json(issue) };
  }

  /** `internal` is a word that older servers do not know, and that is not for guests: then the note is public. */
  #say(request: FakeRequest, user: FakeUser, issue: FakeIssue): FakeAnswer {
    const { body, internal } = fields(request);
    if (typeof body !== 'string' || body.trim() === '') throw new Refusal(400, { note: ["can't be blank"] });
    if (body.length > 1_000_000) throw new Refusal(400, { note: ['is too long'] });
    this.notesLeft -= 1;
    if (this.notesLeft < 0)
      return {
        status: 429,
        body: { message: { error: 'This endpoint has been requested too many times.' } },
      };
    const [major = 0, minor = 0] = this.version.split('.').map(Number);
    const known = major > 15 || (major === 15 && minor >= 2);
    const note = this.note(issue, user.username, body, {
      internal: internal === true && known && user.access >= 15,
    });
    return { status: 201, body: this.#noteJson(note) };
  }

  #spend(request: FakeRequest, user: FakeUser, issue: FakeIssue): FakeAnswer {
    if (user.access < 20) throw new Refusal(403, '403 Forbidden');
    const minutes = /^(\d+)m$/.exec(String(fields(request).duration))?.[1];
    if (minutes === undefined) throw new Refusal(400, 'duration is invalid');
    issue.seconds += Number(minutes) * 60;
    const [hours, rest] = [Math.floor(Number(minutes) / 60), Number(minutes) % 60];
    const length = [...(hours > 0 ? [`${hours}h`] : []), ...(rest > 0 ? [`${rest}m`] : [])].join(' ');
    this.note(issue, user.username, `added ${length} of time spent`, { system: true });
    return { status: 201, body: { time_estimate: 0, total_time_spent: issue.seconds } };
  }

  #upload(request: FakeRequest): FakeAnswer {
    const file = fileOf(request, 'file');
    if (file === undefined) throw new Refusal(400, 'file is missing');
    const secret = String(this.#next()).padStart(32, '0');
    const name = encodeURIComponent(file.name);
    this.uploads.set(`${secret}/${file.name}`, file.bytes);
    const url = `/uploads/${secret}/${name}`;
    return { status: 201, body: { alt: file.name, url, full_path: url, markdown: `[${file.name}](${url})` } };
  }

  json(issue: FakeIssue): Record<string, unknown> {
    return {
      id: 7000 + issue.iid,
      iid: issue.iid,
      project_id: 5,
      title: issue.title,
      description: issue.description,
      state: issue.state,
      labels: issue.labels,
      author: this.#personNamed(issue.author),
      assignees: issue.assignees.map((name) => this.#personNamed(name)),
      milestone: null,
      due_date: null,
      issue_type: 'issue',
      confidential: issue.confidential ?? false,
      user_notes_count: issue.notes.filter(({ system }) => !system).length,
      time_stats: { time_estimate: 0, total_time_spent: issue.seconds },
      service_desk_reply_to: issue.serviceDeskReplyTo ?? null,
      moved_to_id: issue.movedToId ?? null,
      created_at: stamp(issue.createdAt),
      updated_at: stamp(issue.updatedAt),
      closed_at: issue.closedAt === undefined ? null : stamp(issue.closedAt),
      web_url: `https://gitlab.example.test/acme/helpdesk/-/issues/${issue.iid}`,
    };
  }

  #noteJson({ id, author, body, at, system, internal }: FakeNote): Record<string, unknown> {
    const times = { created_at: stamp(at), updated_at: stamp(at) };
    return {
      id,
      body,
      author: this.#personNamed(author),
      ...times,
      system,
      internal,
      confidential: internal,
    };
  }

  #personNamed(username: string) {
    const user = this.users.find((one) => one.username === username);
    return user && person(user);
  }
}

function person({ id, username, name }: FakeUser): Record<string, unknown> {
  return { id, username, name, state: 'active', web_url: `https://gitlab.example.test/${username}` };
}

function stamp(at: number): string {
  return new Date(at).toISOString();
}

function fields(request: FakeRequest): Record<string, unknown> {
  const json = jsonOf(request);
  if (typeof json !== 'object' || json === null) throw new Refusal(400, '400 Bad request');
  return json as Record<string, unknown>;
}

function list(text: unknown): string[] {
  return typeof text === 'string' && text !== '' ? text.split(',') : [];
}

function page({ query }: Pick<FakeRequest, 'query'>, items: unknown[]): FakeAnswer {
  const size = Math.min(mostPerPage, Number(query.get('per_page') ?? defaultPerPage) || defaultPerPage);
  const at = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const next = at * size < items.length ? String(at + 1) : '';
  return { status: 200, headers: { 'x-next-page': next }, body: items.slice((at - 1) * size, at * size) };
}
