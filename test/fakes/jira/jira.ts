import { startFakeServer, type FakeAnswer, type FakeRequest, type FakeServer } from '../http/server.ts';
import {
  type FakeUser,
  type FakeComment,
  type FakeIssue,
  Refusal,
  names,
  priorities,
  fits,
  ok,
  statusJson,
  stamp,
  bodyOf,
  fieldsOf,
  documentOf,
} from './wire.ts';

const mostReconciled = 50;

/**
 * Jira with a service desk HELP and a plain project OPS. Cloud has documents, tokens of pages and account ids; Data Center
 * has wiki markup, counted pages and user names: https://developer.atlassian.com/cloud/jira/platform/rest/v3 and
 * https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/
 */
export class FakeJira {
  readonly #cloud: boolean;
  readonly users: FakeUser[] = (
    [
      ['alice', 'Alice Agent', true],
      ['bob', 'Bob Builder', true],
      ['carol', 'Carol Customer', false],
    ] as const
  ).map(([id, displayName, agent]) => ({
    accountId: id,
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

  constructor(edition: 'Cloud' | 'Data Center' = 'Cloud') {
    this.#cloud = edition === 'Cloud';
    if (this.#cloud) for (const user of this.users) user.accountId = `5b10:${user.accountId}`;
  }

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

  open(reporter: string, summary: string, description: unknown, project = 'HELP'): FakeIssue {
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

  comment(issue: FakeIssue, author: string, body: unknown, more: Partial<FakeComment> = {}): FakeComment {
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
      const user = this.#userOf(request.headers.authorization ?? '');
      if (user === undefined)
        throw new Refusal(401, ['Client must be authenticated to access this resource.']);
      const answer = this.#route(request, user);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.answer, headers };
    }
  }

  /** Cloud takes an address and a token, Data Center a token alone. */
  #userOf(authorization: string): FakeUser | undefined {
    const [scheme, secret = ''] = authorization.split(' ');
    if (!this.#cloud) return this.users.find(({ token }) => scheme === 'Bearer' && token === secret);
    const [mail, token] = Buffer.from(secret, 'base64').toString().split(':');
    const known = this.users.find((one) => one.emailAddress === mail && one.token === token);
    return scheme === 'Basic' ? known : undefined;
  }

  #route(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { method, path, query } = request;
    const apiPath = this.#cloud ? '/rest/api/3' : '/rest/api/2';
    const sla = /^\/rest\/servicedeskapi\/request\/(\d+)\/sla$/.exec(path)?.[1];
    if (sla !== undefined) return ok(this.#sla(this.#issue(sla)));
    if (!path.startsWith(`${apiPath}/`)) throw new Refusal(404, [`There is no ${path}.`]);
    const [root, ...rest] = path.slice(apiPath.length + 1).split('/');
    switch (`${method} ${root ?? ''}`) {
      case 'GET myself':
        return ok(this.#person(user.accountId));
      case 'GET mypermissions':
        return ok({
          permissions: Object.fromEntries(
            (query.get('permissions') ?? '')
              .split(',')
              .map((key) => [key, { key, name: key, havePermission: true }]),
          ),
        });
      case 'GET project':
        if ((rest[0] === 'search') !== this.#cloud) throw new Refusal(404, ['No project could be found.']);
        if (!this.#cloud) return ok(this.projects);
        return ok({ startAt: 0, maxResults: 100, total: 2, isLast: true, values: this.projects });
      case 'GET priority':
        return ok(priorities.map((name, id) => ({ id: String(id), name })));
      case 'GET user': {
        const name = this.#cloud ? 'query' : 'username';
        const wanted = query.get(name)?.toLowerCase();
        if (wanted === undefined) throw new Refusal(400, [`The ${name} query parameter was not provided.`]);
        const fits = ({ displayName, emailAddress, agent }: FakeUser) =>
          `${displayName} ${emailAddress}`.toLowerCase().includes(wanted) && (rest[0] === 'search' || agent);
        return ok(this.users.filter(fits).map(({ accountId }) => this.#person(accountId)));
      }
      case 'GET search':
        if ((rest[0] === 'jql') !== this.#cloud) throw new Refusal(404, [`There is no ${path}.`]);
        return this.#search(query, user);
      case 'POST issue':
        return rest.length === 0 ? this.#create(request, user) : this.#act(request, user, rest);
      case 'GET issue':
        if (rest[0] === 'createmeta') {
          return ok({
            startAt: 0,
            maxResults: 100,
            total: 1,
            [this.#cloud ? 'issueTypes' : 'values']: [{ id: '7', name: 'Service Request', subtask: false }],
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
        return ok({ ...this.json(issue), ...this.#also(issue, request.query) });
      case 'PUT ':
        return this.#change(issue, by, fieldsOf(request));
      case 'GET comment':
        return page(
          'comments',
          issue.comments.map((one) => this.#commentJson(one, request.query)),
        );
      case 'POST comment':
        return { status: 201, body: this.#commentJson(this.#say(issue, by, bodyOf(request)), request.query) };
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
            ...(this.#cloud && { properties }),
          })),
        );
      case 'POST worklog': {
        const { timeSpentSeconds, comment, properties } = bodyOf(request);
        if (typeof timeSpentSeconds !== 'number' || timeSpentSeconds < 60)
          throw new Refusal(400, ['Invalid time']);
        if (comment !== undefined) this.#textOf(comment);
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
        if (!this.#cloud) throw new Refusal(404, ['Not found']);
        return page('values', this.#histories(issue));
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
    return this.comment(issue, by, this.#textOf(body), {
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
    const who = assignee?.[this.#cloud ? 'accountId' : 'name'];
    if (summary?.trim() === '') throw new Refusal(400, [], { summary: 'You must specify a summary.' });
    if (labels?.some((label) => /\s/.test(label)))
      throw new Refusal(400, [], { labels: "The label can't contain spaces." });
    if (priority && !priorities.includes(priority.name))
      throw new Refusal(400, [], { priority: 'The priority is invalid.' });
    const person = this.users.find(({ accountId }) => accountId === who);
    if (assignee && !person?.agent)
      throw new Refusal(400, [], { assignee: 'Specify a valid value for assignee.' });
    if (summary !== undefined) this.set(issue, by, 'summary', summary);
    if (labels) this.set(issue, by, 'labels', labels.join(' '));
    if (priority) this.set(issue, by, 'priority', priority.name);
    if (assignee !== undefined) this.set(issue, by, 'assignee', who ?? '');
    return { status: 204 };
  }

  #create(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { project, summary, description, priority, labels, reporter } = fieldsOf(request) as {
      project: { key: string };
      summary: string;
      description: unknown;
      priority?: { name: string };
      labels?: string[];
      reporter?: Record<string, string>;
    };
    const by = this.#cloud ? (reporter?.accountId ?? reporter?.id) : reporter?.name;
    const issue = this.open(by ?? user.accountId, summary, this.#textOf(description), project.key);
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
    if (where === '' && this.#cloud) throw new Refusal(400, ['Unbounded JQL queries are not allowed here.']);
    const reconcile = this.#cloud ? query.getAll('reconcileIssues') : [];
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
    const from = this.#cloud
      ? Number(Buffer.from(query.get('nextPageToken') ?? '', 'base64').toString() || 0)
      : Number(query.get('startAt') ?? 0);
    const size = Math.min(this.pageSize, Number(query.get('maxResults') ?? 50));
    const more = from + size < found.length;
    const token = Buffer.from(String(this.stuck ? size : from + size)).toString('base64');
    if (!this.#cloud) {
      const issues = found.slice(from, from + size).map((issue) => this.json(issue));
      return ok({ startAt: from, maxResults: size, total: found.length, issues });
    }
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

  #also(issue: FakeIssue, query: URLSearchParams): Record<string, unknown> {
    const names = query.get('properties')?.split(',') ?? [];
    const given = issue.properties.filter(({ key }) => names.includes(key));
    const changelog = !this.#cloud && (query.get('expand') ?? '').includes('changelog');
    return {
      ...(names.length > 0 && {
        properties: Object.fromEntries(given.map(({ key, value }) => [key, value])),
      }),
      ...(changelog && { changelog: { histories: this.#histories(issue) } }),
    };
  }

  #histories(issue: FakeIssue): unknown[] {
    return issue.histories.map(({ id, author, at, items }) => ({
      id,
      author: this.#person(author),
      created: stamp(at),
      items,
    }));
  }

  /** Cloud says who may read it; Data Center only gives back the properties, and those only when asked to. */
  #commentJson(
    { id, author, body, at, internal, properties }: FakeComment,
    query: URLSearchParams,
  ): Record<string, unknown> {
    const times = { created: stamp(at), updated: stamp(at) };
    const told = query.get('expand') === 'properties' && { properties };
    return {
      id,
      author: this.#person(author),
      body,
      ...times,
      ...(this.#cloud && { jsdPublic: !internal }),
      ...told,
    };
  }

  #person(accountId: string) {
    const user = this.users.find((one) => one.accountId === accountId);
    if (user === undefined) return undefined;
    const { displayName, emailAddress } = user;
    const common = { displayName, emailAddress, active: true };
    return this.#cloud
      ? { accountId, ...common, accountType: 'atlassian' }
      : { name: accountId, key: `JIRAUSER1${accountId.length}`, ...common };
  }

  /** A text is a document here, and wiki markup there. */
  #textOf(body: unknown): unknown {
    if (this.#cloud) return documentOf(body);
    if (typeof body === 'string') return body;
    throw new Refusal(400, [], { comment: 'Operation value must be a string' });
  }
}
