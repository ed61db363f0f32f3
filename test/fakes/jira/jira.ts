import {
  jsonOf,
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../http/server.ts';

export const apiPath = '/rest/api/3';
const mostReconciled = 50;

interface FakeUser {
  accountId: string;
  displayName: string;
  emailAddress: string;
  token: string;
  agent: boolean;
}
interface FakeComment {
  id: string;
  author: string;
  body: Record<string, unknown>;
  at: number;
  internal: boolean;
  properties: { key: string; value: unknown }[];
}
interface FakeIssue {
  id: string;
  key: string;
  project: string;
  summary: string;
  description: Record<string, unknown>;
  status: string;
  priority: string;
  assignee?: string;
  formerAssignees: string[];
  reporter: string;
  creator: string;
  labels: string[];
  created: number;
  updated: number;
  resolved?: number;
  comments: FakeComment[];
  worklogs: {
    id: string;
    author: string;
    at: number;
    seconds: number;
    comment?: unknown;
    properties: unknown[];
  }[];
  histories: {
    id: string;
    author: string;
    at: number;
    items: { field: string; fromString: string; toString: string }[];
  }[];
  properties: { key: string; value: unknown }[];
  paused: boolean;
}

class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, messages: string[], errors: Record<string, string> = {}) {
    super(messages.join(' '));
    this.answer = { status, body: { errorMessages: messages, errors } };
  }
}

const categories: Record<string, [string, string, number, string]> = {
  'Waiting for support': ['indeterminate', 'In Progress', 4, 'yellow'],
  'Waiting for customer': ['indeterminate', 'In Progress', 4, 'yellow'],
  Resolved: ['done', 'Done', 3, 'green'],
};
const names = Object.keys(categories);
const priorities = ['Highest', 'High', 'Medium', 'Low'];

/** Jira Cloud with a service desk HELP and a plain project OPS: https://developer.atlassian.com/cloud/jira/platform/rest/v3 */
export class FakeJira {
  readonly users: FakeUser[] = (
    [
      ['alice', 'Alice Agent', true],
      ['bob', 'Bob Builder', true],
      ['carol', 'Carol Customer', false],
    ] as const
  ).map(([id, displayName, agent]) => ({
    accountId: `5b10:${id}`,
    displayName,
    emailAddress: `${id}@example.test`,
    token: `token-${id}`,
    agent,
  }));
  readonly issues = new Map<string, FakeIssue>();
  readonly projects = [
    { id: '1', key: 'HELP', name: 'Helpdesk', projectTypeKey: 'service_desk' },
    { id: '2', key: 'OPS', name: 'Operations', projectTypeKey: 'software' },
  ];
  /** How far the search index is behind. */
  lagMs = 0;
  /** The service desk does not heed the wish for an internal comment. */
  publishes = false;
  /** The same token again and again. */
  stuck = false;
  pageSize = 100;
  server: FakeServer | undefined;
  #id = 10_000;
  #last = 0;

  async start(): Promise<FakeServer> {
    this.server = await startFakeServer((request) => this.#answer(request));
    return this.server;
  }

  now(): number {
    this.#last = Math.max(this.#last + 1, Date.now());
    return this.#last;
  }

  next(): string {
    this.#id += 1;
    return String(this.#id);
  }

  open(reporter: string, summary: string, description: Record<string, unknown>, project = 'HELP'): FakeIssue {
    const at = this.now();
    const id = this.next();
    const issue: FakeIssue = {
      id,
      key: `${project}-${id}`,
      project,
      summary,
      description,
      status: 'Waiting for support',
      priority: 'Medium',
      formerAssignees: [],
      reporter,
      creator: reporter,
      labels: [],
      created: at,
      updated: at,
      comments: [],
      worklogs: [],
      histories: [],
      properties: [],
      paused: false,
    };
    this.issues.set(id, issue);
    return issue;
  }

  comment(
    issue: FakeIssue,
    author: string,
    body: Record<string, unknown>,
    more: Partial<FakeComment> = {},
  ): FakeComment {
    const comment = {
      id: this.next(),
      author,
      body,
      at: this.now(),
      internal: false,
      properties: [],
      ...more,
    };
    issue.comments.push(comment);
    issue.updated = comment.at;
    return comment;
  }

  set(
    issue: FakeIssue,
    author: string,
    field: 'summary' | 'status' | 'priority' | 'assignee' | 'labels',
    to: string,
  ): void {
    const label = (id: string) => this.users.find(({ accountId }) => accountId === id)?.displayName ?? '';
    const from = field === 'labels' ? issue.labels.join(' ') : (issue[field] ?? '');
    if (from === to) return;
    const shown = (value: string) => (field === 'assignee' ? label(value) : value);
    issue.updated = this.now();
    issue.histories.push({
      id: this.next(),
      author,
      at: issue.updated,
      items: [{ field, fromString: shown(from), toString: shown(to) }],
    });
    if (field === 'labels') issue.labels = to === '' ? [] : to.split(' ');
    else if (field === 'assignee') {
      if (issue.assignee !== undefined) issue.formerAssignees.push(issue.assignee);
      if (to === '') delete issue.assignee;
      else issue.assignee = to;
    } else issue[field] = to;
    if (field !== 'status') return;
    if (to === 'Resolved') issue.resolved = issue.updated;
    else delete issue.resolved;
  }

  #answer(request: FakeRequest): FakeAnswer {
    const headers = { date: new Date().toUTCString() };
    try {
      const [mail, token] = Buffer.from(
        (request.headers.authorization ?? '').replace(/^Basic /, ''),
        'base64',
      )
        .toString()
        .split(':');
      const user = this.users.find((one) => one.emailAddress === mail && one.token === token);
      if (user === undefined)
        throw new Refusal(401, ['Client must be authenticated to access this resource.']);
      const answer = this.#route(request, user);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.answer, headers };
    }
  }

  #route(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { method, path, query } = request;
    const sla = /^\/rest\/servicedeskapi\/request\/(\d+)\/sla$/.exec(path)?.[1];
    if (sla !== undefined) return ok(this.#sla(this.#issue(sla)));
    const [root, ...rest] = path.slice(apiPath.length + 1).split('/');
    switch (`${method} ${root ?? ''}`) {
      case 'GET myself':
        return ok(person(user));
      case 'GET mypermissions':
        return ok({
          permissions: Object.fromEntries(
            (query.get('permissions') ?? '')
              .split(',')
              .map((key) => [key, { key, name: key, havePermission: true }]),
          ),
        });
      case 'GET project':
        return ok({ startAt: 0, maxResults: 100, total: 2, isLast: true, values: this.projects });
      case 'GET priority':
        return ok(priorities.map((name, id) => ({ id: String(id), name })));
      case 'GET user': {
        const wanted = (query.get('query') ?? '').toLowerCase();
        const fits = ({ displayName, emailAddress, agent }: FakeUser) =>
          `${displayName} ${emailAddress}`.toLowerCase().includes(wanted) && (rest[0] === 'search' || agent);
        return ok(this.users.filter(fits).map(person));
      }
      case 'GET search':
        return this.#search(query, user);
      case 'POST issue':
        return rest.length === 0 ? this.#create(request, user) : this.#act(request, user, rest);
      case 'GET issue':
        if (rest[0] === 'createmeta') {
          return ok({
            startAt: 0,
            maxResults: 100,
            total: 1,
            issueTypes: [{ id: '7', name: 'Service Request', subtask: false }],
          });
        }
        return this.#act(request, user, rest);
      case 'PUT issue':
      case 'DELETE issue':
        return this.#act(request, user, rest);
      default:
        throw new Refusal(404, [`There is no ${method} ${path}.`]);
    }
  }

  #issue(id: string): FakeIssue {
    const issue = this.issues.get(id);
    if (issue === undefined)
      throw new Refusal(404, ['Issue does not exist or you do not have permission to see it.']);
    return issue;
  }

  #act(request: FakeRequest, user: FakeUser, [id = '', list, item]: string[]): FakeAnswer {
    const issue = this.#issue(id);
    const by = user.accountId;
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
        return ok(this.json(issue));
      case 'PUT ':
        return this.#change(issue, by, fieldsOf(request));
      case 'GET comment':
        return page(
          'comments',
          issue.comments.map((one) => this.#commentJson(one)),
        );
      case 'POST comment':
        return { status: 201, body: this.#commentJson(this.#say(issue, by, bodyOf(request))) };
      case 'DELETE comment':
        issue.comments = issue.comments.filter((one) => one.id !== item);
        return { status: 204 };
      case 'GET worklog':
        return page(
          'worklogs',
          issue.worklogs.map(({ id: log, author, at, seconds, comment, properties }) => ({
            id: log,
            author: this.#person(author),
            started: stamp(at),
            created: stamp(at),
            timeSpentSeconds: seconds,
            ...(comment !== undefined && { comment }),
            properties,
          })),
        );
      case 'POST worklog': {
        const { timeSpentSeconds, comment, properties } = bodyOf(request);
        if (typeof timeSpentSeconds !== 'number' || timeSpentSeconds < 60)
          throw new Refusal(400, ['Invalid time']);
        if (comment !== undefined) documentOf(comment);
        const log = {
          id: this.next(),
          author: by,
          at: this.now(),
          seconds: timeSpentSeconds,
          comment,
          properties: (properties ?? []) as unknown[],
        };
        issue.worklogs.push(log);
        issue.updated = log.at;
        return { status: 201, body: { id: log.id } };
      }
      case 'GET changelog':
        return page(
          'values',
          issue.histories.map(({ id: one, author, at, items }) => ({
            id: one,
            author: this.#person(author),
            created: stamp(at),
            items,
          })),
        );
      case 'GET transitions':
        return ok({
          transitions: names
            .filter((name) => name !== issue.status)
            .map((name) => ({
              id: String(names.indexOf(name)),
              name,
              to: statusJson(name),
              fields:
                name === 'Resolved'
                  ? {
                      resolution: {
                        required: true,
                        name: 'Resolution',
                        hasDefaultValue: false,
                        allowedValues: [{ name: 'Done' }],
                        operations: ['set'],
                        schema: { type: 'resolution' },
                        key: 'resolution',
                      },
                    }
                  : {},
            })),
        });
      case 'POST transitions': {
        const { transition, fields } = bodyOf(request) as {
          transition?: { id?: string };
          fields?: { resolution?: unknown };
        };
        const to = names[Number(transition?.id)];
        if (to === undefined || to === issue.status)
          throw new Refusal(400, ['It is not possible to transition.']);
        if (to === 'Resolved' && !fields?.resolution)
          throw new Refusal(400, [], { resolution: 'Resolution is required.' });
        this.set(issue, by, 'status', to);
        return { status: 204 };
      }
      default:
        throw new Refusal(404, ['Not found']);
    }
  }

  #say(issue: FakeIssue, by: string, { body, properties }: Record<string, unknown>): FakeComment {
    const list = (properties ?? []) as { key: string; value: unknown }[];
    const wish = list.find(({ key }) => key === 'sd.public.comment')?.value as
      { internal?: boolean } | undefined;
    const desk = issue.project === 'HELP' && !this.publishes;
    return this.comment(issue, by, documentOf(body), {
      internal: desk && wish?.internal === true,
      properties: list,
    });
  }

  /** One wrong field, and nothing is changed. */
  #change(issue: FakeIssue, by: string, fields: Record<string, unknown>): FakeAnswer {
    const { summary, labels, priority, assignee } = fields as {
      summary?: string;
      labels?: string[];
      priority?: { name: string };
      assignee?: { accountId: string } | null;
    };
    if (summary?.trim() === '') throw new Refusal(400, [], { summary: 'You must specify a summary.' });
    if (labels?.some((label) => /\s/.test(label)))
      throw new Refusal(400, [], { labels: "The label can't contain spaces." });
    if (priority && !priorities.includes(priority.name))
      throw new Refusal(400, [], { priority: 'The priority is invalid.' });
    const person = this.users.find(({ accountId }) => accountId === assignee?.accountId);
    if (assignee && !person?.agent)
      throw new Refusal(400, [], { assignee: 'Specify a valid value for assignee.' });
    if (summary !== undefined) this.set(issue, by, 'summary', summary);
    if (labels) this.set(issue, by, 'labels', labels.join(' '));
    if (priority) this.set(issue, by, 'priority', priority.name);
    if (assignee !== undefined) this.set(issue, by, 'assignee', assignee?.accountId ?? '');
    return { status: 204 };
  }

  #create(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { project, summary, description, priority, labels, reporter } = fieldsOf(request) as {
      project: { key: string };
      summary: string;
      description: unknown;
      priority?: { name: string };
      labels?: string[];
      reporter?: { id: string };
    };
    const issue = this.open(reporter?.id ?? user.accountId, summary, documentOf(description), project.key);
    issue.creator = user.accountId;
    if (priority) issue.priority = priority.name;
    issue.labels = labels ?? [];
    issue.properties = (bodyOf(request).properties ?? []) as FakeIssue['properties'];
    return {
      status: 201,
      body: { id: issue.id, key: issue.key, self: `https://jira.example.test/${issue.id}` },
    };
  }

  /** The index is behind, except for what is to be reconciled; dates in JQL are minutes back from now. */
  #search(query: URLSearchParams, user: FakeUser): FakeAnswer {
    const jql = query.get('jql') ?? '';
    const where = jql.replace(/ORDER BY.*$/, '').trim();
    if (where === '') throw new Refusal(400, ['Unbounded JQL queries are not allowed here.']);
    const reconcile = query.getAll('reconcileIssues');
    if (reconcile.length > mostReconciled) throw new Refusal(400, ['At most 50 issues can be reconciled.']);
    const clauses = where.split(' AND ');
    const found = [...this.issues.values()].filter(
      (issue) =>
        (issue.updated <= Date.now() - this.lagMs + 1000 * Number(this.lagMs === 0) ||
          reconcile.includes(issue.id)) &&
        clauses.every((clause) => fits(issue, clause, user.accountId)),
    );
    const key = /ORDER BY updated/.test(jql) ? 'updated' : 'created';
    const sign = / DESC/.test(jql) ? -1 : 1;
    found.sort((a, b) => sign * (a[key] - b[key] || Number(a.id) - Number(b.id)));
    const from = Number(Buffer.from(query.get('nextPageToken') ?? '', 'base64').toString() || 0);
    const size = Math.min(this.pageSize, Number(query.get('maxResults') ?? 50));
    const more = from + size < found.length;
    const token = Buffer.from(String(this.stuck ? size : from + size)).toString('base64');
    const marked = query.get('properties') !== null;
    return ok({
      issues: found.slice(from, from + size).map((issue) => ({
        ...this.json(issue),
        ...(marked && {
          properties: Object.fromEntries(issue.properties.map(({ key: name, value }) => [name, value])),
        }),
      })),
      isLast: !more,
      ...(more && { nextPageToken: token }),
    });
  }

  #sla(issue: FakeIssue): unknown {
    if (issue.project !== 'HELP') throw new Refusal(404, ['The issue is not a request.']);
    const due = { epochMillis: issue.created + 3_600_000, iso8601: stamp(issue.created + 3_600_000) };
    const values = [
      {
        id: '1',
        name: 'Time to resolution',
        completedCycles:
          issue.resolved === undefined
            ? []
            : [{ breached: false, stopTime: { epochMillis: issue.resolved }, breachTime: due }],
        ...(issue.resolved === undefined && {
          ongoingCycle: { breached: false, paused: issue.paused, breachTime: due },
        }),
      },
    ];
    return { size: 1, start: 0, limit: 100, isLastPage: true, values };
  }

  json(issue: FakeIssue): Record<string, unknown> {
    const project = this.projects.find(({ key }) => key === issue.project);
    return {
      id: issue.id,
      key: issue.key,
      self: `https://jira.example.test/rest/api/3/issue/${issue.id}`,
      fields: {
        summary: issue.summary,
        description: issue.description,
        status: statusJson(issue.status),
        priority: { id: '1', name: issue.priority },
        issuetype: { id: '7', name: 'Service Request' },
        project,
        labels: issue.labels,
        assignee: issue.assignee === undefined ? null : this.#person(issue.assignee),
        reporter: this.#person(issue.reporter),
        created: stamp(issue.created),
        updated: stamp(issue.updated),
        resolutiondate: issue.resolved === undefined ? null : stamp(issue.resolved),
        attachment: [],
      },
    };
  }

  #commentJson({ id, author, body, at, internal, properties }: FakeComment): Record<string, unknown> {
    const times = { created: stamp(at), updated: stamp(at) };
    return { id, author: this.#person(author), body, ...times, jsdPublic: !internal, properties };
  }

  #person(accountId: string) {
    const user = this.users.find((one) => one.accountId === accountId);
    return user && person(user);
  }
}

function fits(issue: FakeIssue, clause: string, me: string): boolean {
  const text = clause.trim().replace(/^\((.*)\)$/, '$1');
  const minutes = /^updated >= "-(\d+)m"$/.exec(text)?.[1];
  if (minutes !== undefined) return issue.updated >= Date.now() - Number(minutes) * 60_000;
  const project = /^project = "?(\w+)"?$/.exec(text)?.[1];
  if (project !== undefined) return issue.project === project;
  const summary = /^summary ~ "?(\w+)"?$/.exec(text)?.[1];
  if (summary !== undefined) return issue.summary.includes(summary);
  switch (text) {
    case 'assignee = currentUser()':
      return issue.assignee === me;
    case 'assignee was currentUser()':
      return issue.assignee === me || issue.formerAssignees.includes(me);
    case 'creator = currentUser()':
      return issue.creator === me;
    case 'statusCategory != Done':
      return issue.status !== 'Resolved';
    default:
      throw new Refusal(400, [`Error in the JQL query: ${text}`]);
  }
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

function statusJson(name: string): Record<string, unknown> {
  const [key = '', shown, id, colorName] = categories[name] ?? [];
  return { id: String(names.indexOf(name)), name, statusCategory: { id, key, name: shown, colorName } };
}

function person({ accountId, displayName, emailAddress }: FakeUser): Record<string, unknown> {
  return { accountId, displayName, emailAddress, active: true, accountType: 'atlassian' };
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

function bodyOf(request: FakeRequest): Record<string, unknown> {
  const json = jsonOf(request);
  if (typeof json !== 'object' || json === null) throw new Refusal(400, ['Invalid request payload.']);
  return json as Record<string, unknown>;
}

function fieldsOf(request: FakeRequest): Record<string, unknown> {
  return (bodyOf(request).fields ?? {}) as Record<string, unknown>;
}

/** A text is a document, or nothing at all. */
function documentOf(body: unknown): Record<string, unknown> {
  const document = body as { type?: string; version?: number; content?: unknown } | undefined;
  if (document?.type !== 'doc' || document.version !== 1 || !Array.isArray(document.content)) {
    throw new Refusal(400, ['Comment body is not valid!'], { comment: 'INVALID_INPUT' });
  }
  return document;
}
