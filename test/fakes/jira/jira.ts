import { startFakeServer, type FakeAnswer, type FakeRequest, type FakeServer } from '../http/server.ts';
import { ServiceDesk } from './desk.ts';
import { IssueResource, textOf } from './issue.ts';
import { linkType, personJson } from './json.ts';
import { search } from './search.ts';
import { JiraState } from './state.ts';
import { bodyOf, fieldsOf, ok, priorities, Refusal, type FakeIssue, type FakeUser } from './wire.ts';

/**
 * Jira with a service desk HELP and a plain project OPS. Cloud has documents, tokens of pages and account ids; Data Center
 * has wiki markup, counted pages and user names: https://developer.atlassian.com/cloud/jira/platform/rest/v3 and
 * https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/
 */
export class FakeJira extends JiraState {
  server: FakeServer | undefined;
  readonly #desk = new ServiceDesk(this);
  readonly #issue = new IssueResource(this);

  constructor(edition: 'Cloud' | 'Data Center' = 'Cloud') {
    super(edition);
  }

  async start(): Promise<FakeServer> {
    this.server = await startFakeServer((request) => this.#answer(request));
    return this.server;
  }

  #answer(request: FakeRequest): FakeAnswer {
    const headers = { date: new Date(Date.now() + this.clockMs).toUTCString() };
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
    if (!this.cloud) return this.users.find(({ token }) => scheme === 'Bearer' && token === secret);
    const [mail, token] = Buffer.from(secret, 'base64').toString().split(':');
    const known = this.users.find((one) => one.emailAddress === mail && one.token === token);
    return scheme === 'Basic' ? known : undefined;
  }

  #route(request: FakeRequest, user: FakeUser): FakeAnswer {
    const { method, path, query } = request;
    const apiPath = this.cloud ? '/rest/api/3' : '/rest/api/2';
    if (path.startsWith('/rest/servicedeskapi/')) return this.#desk.answer(request, user.accountId);
    const secure = /^\/secure\/attachment\/(\d+)\//.exec(path)?.[1];
    if (secure !== undefined && !this.cloud) return this.#bytes(secure);
    if (!path.startsWith(`${apiPath}/`)) throw new Refusal(404, [`There is no ${path}.`]);
    const [root, ...rest] = path.slice(apiPath.length + 1).split('/');
    switch (`${method} ${root ?? ''}`) {
      case 'GET myself':
        return ok(personJson(this, user.accountId));
      case 'GET mypermissions':
        return ok({
          permissions: Object.fromEntries(
            (query.get('permissions') ?? '')
              .split(',')
              .map((key) => [key, { key, name: key, havePermission: true }]),
          ),
        });
      case 'GET project':
        if ((rest[0] === 'search') !== this.cloud) throw new Refusal(404, ['No project could be found.']);
        if (!this.cloud) return ok(this.projects);
        return ok({ startAt: 0, maxResults: 100, total: 2, isLast: true, values: this.projects });
      case 'GET priority':
        return ok(priorities.map((name, id) => ({ id: String(id), name })));
      case 'GET user': {
        const name = this.cloud ? 'query' : 'username';
        const wanted = query.get(name)?.toLowerCase();
        if (wanted === undefined) throw new Refusal(400, [`The ${name} query parameter was not provided.`]);
        const fits = ({ displayName, emailAddress, agent }: FakeUser) =>
          `${displayName} ${emailAddress}`.toLowerCase().includes(wanted) && (rest[0] === 'search' || agent);
        return ok(this.users.filter(fits).map(({ accountId }) => personJson(this, accountId)));
      }
      case 'GET search':
        if ((rest[0] === 'jql') !== this.cloud) throw new Refusal(404, [`There is no ${path}.`]);
        return search(this, query, user);
      case 'PUT comment':
        return this.#mark(rest, request);
      case 'DELETE attachment':
        this.detach(rest[0] ?? '');
        return { status: 204 };
      case 'GET attachment':
        if (rest[0] !== 'content' || !this.cloud) throw new Refusal(404, ['Not found']);
        if (query.get('redirect') !== 'false')
          return { status: 303, headers: { location: 'https://media.example.test' } };
        return this.#bytes(rest[1] ?? '');
      case 'GET issueLinkType':
        return ok({ issueLinkTypes: [linkType] });
      case 'POST issueLink':
        return this.#link(bodyOf(request), user);
      case 'DELETE issueLink':
        if (!this.unlink(rest[0] ?? '', user.accountId))
          throw new Refusal(404, ['No issue link with this id exists.']);
        return { status: 204 };
      case 'POST issue':
        return rest.length === 0
          ? this.#create(request, user)
          : this.#issue.answer(request, user.accountId, rest);
      case 'GET issue':
        if (rest[0] === 'createmeta') {
          return ok({
            startAt: 0,
            maxResults: 100,
            total: 1,
            [this.cloud ? 'issueTypes' : 'values']: [{ id: '7', name: 'Service Request', subtask: false }],
          });
        }
        return this.#issue.answer(request, user.accountId, rest);
      case 'PUT issue':
      case 'DELETE issue':
        return this.#issue.answer(request, user.accountId, rest);
      default:
        throw new Refusal(404, [`There is no ${method} ${path}.`]);
    }
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
    const by = this.cloud ? (reporter?.accountId ?? reporter?.id) : reporter?.name;
    const issue = this.open(by ?? user.accountId, summary, textOf(this, description), project.key);
    issue.creator = user.accountId;
    if (priority) issue.priority = priority.name;
    issue.labels = labels ?? [];
    issue.properties = (bodyOf(request).properties ?? []) as FakeIssue['properties'];
    return {
      status: 201,
      body: { id: issue.id, key: issue.key, self: `https://jira.example.test/${issue.id}` },
    };
  }

  #mark([id = '', , key = '']: string[], request: FakeRequest): FakeAnswer {
    const comment = [...this.issues.values()]
      .flatMap(({ comments }) => comments)
      .find((one) => one.id === id);
    if (comment === undefined) throw new Refusal(404, ['Can not find a comment for the id: ' + id]);
    comment.properties = [
      ...comment.properties.filter((one) => one.key !== key),
      { key, value: bodyOf(request) },
    ];
    return { status: 201 };
  }

  #bytes(id: string): FakeAnswer {
    const file = this.files.get(id);
    if (file === undefined) throw new Refusal(404, [`The attachment with id '${id}' does not exist`]);
    return { status: 200, headers: { 'content-type': file.mediaType }, body: file.bytes };
  }

  #link(wanted: Record<string, unknown>, user: FakeUser): FakeAnswer {
    const { type, inwardIssue, outwardIssue } = wanted as {
      type?: { name?: string };
      inwardIssue?: { id?: string };
      outwardIssue?: { id?: string };
    };
    if (type?.name !== linkType.name)
      throw new Refusal(404, [`No issue link type with name '${type?.name ?? ''}' found.`]);
    this.link(this.issueOf(inwardIssue?.id ?? ''), this.issueOf(outwardIssue?.id ?? ''), user.accountId);
    return { status: 201 };
  }
}
