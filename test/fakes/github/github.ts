import { createHash } from 'node:crypto';
import {
  jsonOf,
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../http/server.ts';
import { GitHubJson } from './json.ts';
import { GitHubState, type FakeIssue, type FakeRepository, type FakeUser } from './state.ts';

export const apiPath = '/api/v3';
const longestBody = 65_536;
const mostPerPage = 100;
const defaultPerPage = 30;
const mostFound = 1000;

/** Says no. */
class Refusal extends Error {
  readonly answer: FakeAnswer;

  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.answer = { status, body: { message, documentation_url: 'https://docs.example.test', ...more } };
  }
}

/**
 * GitHub's REST interface to issues, as a GitHub Enterprise Server serves it. It refuses what GitHub refuses, and drops in
 * silence what GitHub drops: https://docs.github.com/rest/issues
 */
export class FakeGitHub {
  readonly state = new GitHubState();
  /** Requests an hour. */
  quota = 5000;
  used = 0;
  /** Refuse the next requests by the limit that no header announces beforehand, for so many seconds. */
  secondaryLimit: number | undefined;
  /** How far the search index is behind. */
  searchLagMs = 0;
  /** The search gives up half-way, and says so. */
  searchIncomplete = false;
  server: FakeServer | undefined;

  async start(): Promise<FakeServer> {
    this.server = await startFakeServer((request, base) => this.#answer(request, base));
    return this.server;
  }

  get desk(): FakeRepository {
    const desk = this.state.repository('acme', 'helpdesk');
    if (desk === undefined) throw new Error('The fake has no desk.');
    return desk;
  }

  #answer(request: FakeRequest, base: string): FakeAnswer {
    const date = { date: this.state.now().toUTCString() };
    try {
      if (!request.headers['user-agent'])
        throw new Refusal(403, 'Request forbidden by administrative rules.');
      const user = this.#authenticate(request);
      this.#limit();
      const answer = this.#route(request, user, base);
      const conditional = notModified(request, answer);
      if (conditional.status !== 304) this.used += 1;
      return { ...conditional, headers: { ...date, ...this.#quota(), ...conditional.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { answer } = error;
      return { ...answer, headers: { ...date, ...this.#quota(), ...answer.headers } };
    }
  }

  #authenticate(request: FakeRequest): FakeUser {
    const token = /^(?:Bearer|token) (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Refusal(401, 'Requires authentication');
    const user = [...this.state.users.values()].find((one) => one.token === token);
    if (user === undefined) throw new Refusal(401, 'Bad credentials');
    return user;
  }

  /** The hourly quota is answered with 403 and no Retry-After; the other limit with 403 and one. */
  #limit(): void {
    if (this.secondaryLimit !== undefined) {
      const refusal = new Refusal(403, 'You have exceeded a secondary rate limit.');
      refusal.answer.headers = { 'retry-after': String(this.secondaryLimit) };
      throw refusal;
    }
    if (this.used >= this.quota) throw new Refusal(403, 'API rate limit exceeded for user.');
  }

  #quota(): Record<string, string> {
    return {
      'x-ratelimit-limit': String(this.quota),
      'x-ratelimit-remaining': String(Math.max(0, this.quota - this.used)),
      'x-ratelimit-reset': String(Math.floor(this.state.now().getTime() / 1000) + 1800),
    };
  }

  #route(request: FakeRequest, user: FakeUser, base: string): FakeAnswer {
    const json = new GitHubJson(this.state, base + apiPath);
    if (!request.path.startsWith(`${apiPath}/`)) throw new Refusal(404, 'Not Found');
    const [root, ...rest] = request.path
      .slice(apiPath.length + 1)
      .split('/')
      .map(decodeURIComponent);
    if (root === 'user' && rest.length === 0 && request.method === 'GET') {
      return { status: 200, body: json.me(user) };
    }
    if (root === 'search' && rest[0] === 'issues' && request.method === 'GET') {
      return this.#search(request, user, json);
    }
    const byId = root === 'repositories' ? this.state.repositories.get(Number(rest[0])) : undefined;
    const byName = root === 'repos' ? this.state.repository(rest[0] ?? '', rest[1] ?? '') : undefined;
    const repository = byId ?? byName;
    if (repository === undefined || (repository.isPrivate && user.role === 'none')) {
      throw new Refusal(404, 'Not Found');
    }
    const path = rest.slice(byId ? 1 : 2);
    return new RepositoryRoutes(this.state, json, repository, user, request, base).answer(path);
  }

  /** Words of the title and some qualifiers; of several repositories all are looked through. The index lags behind, and no more than a thousand can be reached. */
  #search({ query }: FakeRequest, user: FakeUser, json: GitHubJson): FakeAnswer {
    const terms = [...(query.get('q') ?? '').matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([term]) => term);
    if (terms.length === 0) throw invalid('q');
    const repositories = terms.flatMap((term) => {
      const [, owner, name] = /^repo:([^/]+)\/(.+)$/.exec(term) ?? [];
      return owner === undefined || name === undefined ? [] : [this.state.repository(owner, name)];
    });
    const indexedUntil = this.state.now().getTime() - this.searchLagMs;
    const found = repositories.flatMap((repository) => {
      if (repository === undefined || (repository.isPrivate && user.role === 'none')) throw invalid('q');
      return [...repository.issues.values()]
        .filter((issue) => issue.movedTo === undefined && !issue.deleted)
        .filter((issue) => Date.parse(issue.updatedAt) <= indexedUntil)
        .filter((issue) => terms.every((term) => fits(issue, term)))
        .map((issue) => ({ repository, ...issue }));
    });
    const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
    const sign = query.get('order') === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * (a[key].localeCompare(b[key]) || a.number - b.number));
    const size = Math.min(mostPerPage, Number(query.get('per_page') ?? defaultPerPage));
    const page = Number(query.get('page') ?? 1);
    if (page * size > mostFound) throw new Refusal(422, 'Only the first 1000 search results are available');
    const items = found.slice((page - 1) * size, page * size);
    return {
      status: 200,
      body: {
        total_count: found.length,
        incomplete_results: this.searchIncomplete,
        search_type: 'lexical',
        items: items.map((issue) => ({ ...json.issue(issue.repository, issue), score: 1 })),
      },
    };
  }
}

function fits(issue: FakeIssue, term: string): boolean {
  const [, name, value = ''] = /^(\w+):"?([^"]*)"?$/.exec(term) ?? [];
  switch (name) {
    case undefined:
      return issue.title.toLowerCase().includes(term.replaceAll('"', '').toLowerCase());
    case 'repo':
    case 'in':
      return true;
    case 'is':
      return value === 'issue' ? !issue.isPullRequest : value === issue.state;
    case 'state':
      return issue.state === value;
    case 'label':
      return issue.labels.includes(value);
    case 'updated':
      return issue.updatedAt >= value.replace('>=', '');
    default:
      throw invalid('q', `unknown qualifier ${name}`);
  }
}

/** Everything below `/repos/{owner}/{repo}`. */
class RepositoryRoutes {
  readonly #state: GitHubState;
  readonly #json: GitHubJson;
  readonly #repository: FakeRepository;
  readonly #user: FakeUser;
  readonly #request: FakeRequest;
  readonly #base: string;

  constructor(
    state: GitHubState,
    json: GitHubJson,
    repository: FakeRepository,
    user: FakeUser,
    request: FakeRequest,
    base: string,
  ) {
    this.#state = state;
    this.#json = json;
    this.#repository = repository;
    this.#user = user;
    this.#request = request;
    this.#base = base;
  }

  answer([area, id, list]: string[]): FakeAnswer {
    const { method } = this.#request;
    const repository = this.#repository;
    if (area === undefined && method === 'GET') {
      return { status: 200, body: this.#json.repository(repository, this.#user) };
    }
    if (area === 'labels' && id === undefined && method === 'GET') {
      return this.#page(repository.labels.map((name) => this.#json.label(repository, name)));
    }
    if (area === 'assignees' && method === 'GET') return this.#assignees(id);
    if (area !== 'issues' || !repository.hasIssues) throw new Refusal(404, 'Not Found');
    if (id === undefined) return method === 'POST' ? this.#create() : this.#list();
    const issue = repository.issues.get(Number(id));
    if (issue === undefined) throw new Refusal(404, 'Not Found');
    if (issue.movedTo) return this.#moved(issue.movedTo);
    if (issue.deleted) throw new Refusal(410, 'This issue was deleted');
    switch (`${method} ${list ?? ''}`) {
      case 'GET ':
        return { status: 200, body: this.#json.issue(repository, issue) };
      case 'PATCH ':
        return this.#change(issue);
      case 'GET comments':
        return this.#page(issue.comments.map((one) => this.#json.comment(repository, issue, one)));
      case 'POST comments':
        return this.#comment(issue);
      case 'GET timeline':
        return this.#page(this.#json.timeline(repository, issue));
      default:
        throw new Refusal(404, 'Not Found');
    }
  }

  /** Those with access to the issue's repository who can be given work: GitHub answers 204 or 404 for one. */
  #assignees(login: string | undefined): FakeAnswer {
    const able = [...this.#state.users.values()].filter(({ role }) => role === 'write' || role === 'triage');
    if (login === undefined) return this.#page(able.map((user) => this.#json.user(user.login)));
    if (able.some((user) => user.login === login)) return { status: 204 };
    throw new Refusal(404, 'Not Found');
  }

  /** Pull requests are issues too; `since` counts in whole seconds and includes its own. */
  #list(): FakeAnswer {
    const { query } = this.#request;
    const state = query.get('state') ?? 'open';
    const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
    const labels = query.get('labels')?.split(',') ?? [];
    const [creator, assignee] = [query.get('creator'), query.get('assignee')];
    const found = [...this.#repository.issues.values()].filter(
      (issue) =>
        issue.movedTo === undefined &&
        !issue.deleted &&
        (state === 'all' || issue.state === state) &&
        Date.parse(issue.updatedAt) >= since &&
        labels.every((label) => issue.labels.includes(label)) &&
        (creator === null || issue.user === creator) &&
        (assignee === null || issue.assignees.includes(assignee)),
    );
    const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
    const sign = query.get('direction') === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * (a[key].localeCompare(b[key]) || a.number - b.number));
    return this.#page(found.map((issue) => this.#json.issue(this.#repository, issue)));
  }

  /** Labels and assignees of who may not set them are dropped without a word. */
  #create(): FakeAnswer {
    const fields = this.#fields();
    this.#writable();
    const title = this.#title(fields.title);
    const body = this.#text(fields.body ?? '');
    const assignees = this.#logins(fields.assignees);
    const issue = this.#state.open(this.#repository, this.#user.login, title, body);
    if (this.#maySort()) {
      if (fields.labels !== undefined) {
        this.#state.setLabels(this.#repository, issue, this.#user.login, strings(fields.labels));
      }
      if (assignees) this.#state.setAssignees(issue, this.#user.login, assignees);
    }
    return { status: 201, body: this.#json.issue(this.#repository, issue) };
  }

  #change(issue: FakeIssue): FakeAnswer {
    const fields = this.#fields();
    this.#writable();
    const own = issue.user === this.#user.login;
    if (!own && !this.#maySort()) throw new Refusal(403, 'Must have admin rights to Repository.');
    const actor = this.#user.login;
    const title = fields.title === undefined ? undefined : this.#title(fields.title);
    const assignees = this.#logins(fields.assignees);
    const state = fields.state;
    if (state !== undefined && state !== 'open' && state !== 'closed') throw invalid('state');
    if (title !== undefined) this.#state.setTitle(issue, actor, title);
    if (this.#maySort()) {
      if (fields.labels !== undefined) {
        this.#state.setLabels(this.#repository, issue, actor, strings(fields.labels));
      }
      if (assignees) this.#state.setAssignees(issue, actor, assignees);
    }
    if (state !== undefined) {
      this.#state.setState(issue, actor, state, fields.state_reason as string | undefined);
    }
    return { status: 200, body: this.#json.issue(this.#repository, issue) };
  }

  #comment(issue: FakeIssue): FakeAnswer {
    this.#writable();
    if (issue.locked && !this.#maySort())
      throw new Refusal(403, 'Unable to create comment because issue is locked.');
    const body = this.#text(this.#fields().body);
    if (body.trim() === '') throw invalid('body');
    const comment = this.#state.comment(issue, this.#user.login, body);
    return { status: 201, body: this.#json.comment(this.#repository, issue, comment) };
  }

  #moved({ repository, number }: { repository: number; number: number }): FakeAnswer {
    const url = `${this.#base}${apiPath}/repositories/${repository}/issues/${number}`;
    const status = this.#request.method === 'GET' ? 301 : 307;
    return { status, headers: { location: url }, body: { message: 'Moved Permanently', url } };
  }

  #page(items: unknown[]): FakeAnswer {
    const { query, path } = this.#request;
    const asked = Number(query.get('per_page') ?? defaultPerPage);
    const size = Math.min(mostPerPage, Number.isInteger(asked) && asked > 0 ? asked : defaultPerPage);
    const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
    const last = Math.max(1, Math.ceil(items.length / size));
    const link = (to: number, rel: string) => {
      const to_ = new URLSearchParams(query);
      to_.set('page', String(to));
      return `<${this.#base}${path}?${to_.toString()}>; rel="${rel}"`;
    };
    const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
    return {
      status: 200,
      body: items.slice((page - 1) * size, page * size),
      ...(links.length > 0 && { headers: { link: links.join(', ') } }),
    };
  }

  #fields(): Record<string, unknown> {
    const json = jsonOf(this.#request);
    if (typeof json !== 'object' || json === null) throw new Refusal(400, 'Problems parsing JSON');
    return json as Record<string, unknown>;
  }

  #maySort(): boolean {
    return this.#user.role === 'write' || this.#user.role === 'triage';
  }

  #writable(): void {
    if (this.#repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
  }

  #title(title: unknown): string {
    if (typeof title !== 'string' || title.trim() === '') throw invalid('title');
    return title;
  }

  #text(text: unknown): string {
    if (typeof text !== 'string') throw invalid('body');
    if (text.length > longestBody) throw invalid('body', 'is too long (maximum is 65536 characters)');
    return text;
  }

  #logins(logins: unknown): string[] | undefined {
    if (logins === undefined) return undefined;
    const wanted = strings(logins);
    const known = wanted.every((login) =>
      ['write', 'triage'].includes(this.#state.users.get(login)?.role ?? ''),
    );
    if (!known) throw invalid('assignees');
    return wanted;
  }
}

function strings(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw invalid('labels');
  return value;
}

function invalid(field: string, message?: string): Refusal {
  return new Refusal(422, 'Validation Failed', {
    errors: [{ resource: 'Issue', field, code: 'invalid', ...(message !== undefined && { message }) }],
  });
}

/** An answer to a GET has an ETag; asked with it again it is 304, which costs no quota. */
function notModified(request: FakeRequest, answer: FakeAnswer): FakeAnswer {
  if (request.method !== 'GET' || answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha1').update(JSON.stringify(answer.body)).digest('hex')}"`;
  const headers = { ...answer.headers, etag };
  return request.headers['if-none-match'] === etag ? { status: 304, headers } : { ...answer, headers };
}
