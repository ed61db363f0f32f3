import {
  jsonOf,
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../http/server.ts';
import {
  issueJson,
  listed,
  ok,
  people,
  priorities,
  Refusal,
  stamp,
  statuses,
  timeOf,
  type FakeIssue,
} from './wire.ts';

const agentRights = [
  'view_issues',
  'add_issues',
  'edit_issues',
  'add_issue_notes',
  'set_notes_private',
  'view_private_notes',
];
const agentRole = 4;
const mostAtOnce = 100;

/**
 * Redmine 5 with one project, as the live tests found it: times in whole seconds, everything that is not allowed dropped
 * without a word, and closed issues, strangers and definitions kept from those who do not ask rightly.
 */
export class FakeRedmine {
  readonly issues = new Map<number, FakeIssue>();
  /** What agents may do; a test takes rights away. */
  readonly rights = new Set(agentRights);
  /** What happens before a request is acted on. */
  before: (request: FakeRequest) => void = () => undefined;
  server: FakeServer | undefined;
  now = Math.floor(Date.now() / 1000);
  #id = 0;

  async start(): Promise<FakeServer> {
    this.server = await startFakeServer((request) => this.#answer(request));
    return this.server;
  }

  open(subject: string, more: Partial<FakeIssue> = {}): FakeIssue {
    this.#id += 1;
    const issue: FakeIssue = {
      id: this.#id,
      subject,
      status: 1,
      priority: 2,
      assignee: people.alice.id,
      created: this.now,
      updated: this.now,
      lockVersion: 1,
      journals: [],
      ...more,
    };
    this.issues.set(issue.id, issue);
    return issue;
  }

  /** Somebody changes it in the browser. */
  change(issue: FakeIssue, fields: { subject?: string; notes?: string }, by = people.bob.id): void {
    this.#set(issue, { ...fields }, by);
  }

  #answer(request: FakeRequest): FakeAnswer {
    this.before(request);
    const headers = { date: new Date(this.now * 1000).toUTCString() };
    try {
      const key = request.headers['x-redmine-api-key'];
      const user = Object.values(people).find((one) => one.key === key);
      if (user === undefined) return { status: 401, headers };
      const answer = this.#route(request, user.id);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.answer, headers };
    }
  }

  #route(request: FakeRequest, me: number): FakeAnswer {
    const { method, path, query } = request;
    const [root = '', id = '', list] = path.replace(/^\/(.*)\.json$/, '$1').split('/');
    switch (`${method} ${root}`) {
      case 'GET users': {
        if (id === '') throw new Refusal(403);
        const who = Object.values(people).find((one) => one.id === (id === 'current' ? me : Number(id)));
        if (who === undefined) throw new Refusal(404);
        const roles = [{ id: agentRole, name: 'Agent' }];
        const memberships = [{ id: 1, project: { id: 1, name: 'Helpdesk' }, roles }];
        return ok({
          user: { ...who, key: undefined, admin: false, ...(id === 'current' && { memberships }) },
        });
      }
      case 'GET groups':
      case 'GET custom_fields':
        throw new Refusal(403);
      case 'GET roles':
        return ok({
          role: { id: agentRole, name: 'Agent', assignable: true, permissions: [...this.rights] },
        });
      case 'GET issue_statuses':
        return ok({ issue_statuses: statuses });
      case 'GET enumerations':
        return ok({ issue_priorities: priorities });
      case 'GET projects':
        return list === 'memberships' ? this.#memberships(query) : ok(listed('projects', [project], query));
      case 'GET issues':
        if (id === '') return this.#list(query, me);
        return ok({ issue: issueJson(this.#issue(id), query.get('include') ?? '', this.#sees()) });
      case 'PUT issues':
        return this.#put(this.#issue(id), request, me);
      case 'PUT journals':
        return this.#putJournal(Number(id), request);
      default:
        throw new Refusal(404);
    }
  }

  #sees(): boolean {
    return this.rights.has('view_private_notes');
  }

  #issue(id: string): FakeIssue {
    const issue = this.issues.get(Number(id));
    if (issue === undefined) throw new Refusal(404);
    return issue;
  }

  #memberships(query: URLSearchParams): FakeAnswer {
    const members = Object.values(people).map(({ id, firstname, lastname }) => ({
      id: id * 10,
      project: { id: 1, name: 'Helpdesk' },
      user: { id, name: `${firstname} ${lastname}` },
      roles: [{ id: agentRole, name: 'Agent' }],
    }));
    return ok(listed('memberships', members, query));
  }

  /** Closed ones are left out unless they are asked for; a time that is no `Z` time filters nothing. */
  #list(query: URLSearchParams, me: number): FakeAnswer {
    const text = (name: string) => query.get(name) ?? '';
    const since = timeOf(text('updated_on').replace('>=', ''));
    const from = Number(text('issue_id').replace('>=', '') || 0);
    const exactly = /^\d+$/.test(text('issue_id'));
    const open = (issue: FakeIssue) => !statuses.find(({ id }) => id === issue.status)?.is_closed;
    const rows = [...this.issues.values()]
      .filter((issue) => (exactly ? issue.id === from : issue.id >= from))
      // The filter begins a second early.
      .filter((issue) => since === undefined || issue.updated >= since - 1)
      .filter((issue) => text('assigned_to_id') !== 'me' || issue.assignee === me)
      .filter((issue) => text('status_id') === '*' || open(issue))
      .sort((a, b) => (text('sort').includes('desc') ? b.updated - a.updated || b.id - a.id : a.id - b.id));
    const all = rows.map((issue) => issueJson(issue, '', this.#sees()));
    return ok(listed('issues', all, query, mostAtOnce));
  }

  /** What is not allowed or not known is dropped, and all is well. `If-Match` is not looked at. */
  #put(issue: FakeIssue, request: FakeRequest, me: number): FakeAnswer {
    const { issue: wanted = {} } = jsonOf(request) as { issue?: Record<string, unknown> };
    if (wanted.lock_version !== undefined && wanted.lock_version !== issue.lockVersion) {
      return { status: 422, body: { errors: [] } };
    }
    const may = (right: string) => this.rights.has(right);
    this.#set(
      issue,
      {
        ...(may('edit_issues') && wanted),
        ...(may('add_issue_notes')
          ? { notes: wanted.notes, private_notes: may('set_notes_private') && wanted.private_notes === true }
          : { notes: undefined }),
      },
      me,
    );
    return { status: 204 };
  }

  #set(issue: FakeIssue, fields: Record<string, unknown>, by: number): void {
    const details: FakeIssue['journals'][number]['details'] = [];
    const set = (name: string, from: string | number, to: unknown, take: () => void) => {
      if ((typeof to !== 'string' && typeof to !== 'number') || to === from) return;
      take();
      details.push({ property: 'attr', name, old_value: String(from), new_value: String(to) });
    };
    const { subject, status_id: status, notes } = fields;
    set('subject', issue.subject, subject, () => (issue.subject = String(subject)));
    if (statuses.some(({ id }) => id === status)) {
      set('status_id', issue.status, status, () => (issue.status = Number(status)));
    }
    if (details.length === 0 && typeof notes !== 'string') return;
    issue.updated = this.now;
    issue.lockVersion += 1;
    issue.journals.push({
      id: issue.id * 100 + issue.journals.length + 1,
      user: by,
      notes: typeof notes === 'string' ? notes : '',
      private: fields.private_notes === true,
      created: this.now,
      details,
    });
  }

  #putJournal(id: number, request: FakeRequest): FakeAnswer {
    const { journal } = jsonOf(request) as { journal: { notes: string } };
    for (const issue of this.issues.values()) {
      const found = issue.journals.find((one) => one.id === id);
      if (found !== undefined) found.notes = journal.notes;
    }
    return { status: 204 };
  }
}

const project = {
  id: 1,
  name: 'Helpdesk',
  identifier: 'helpdesk',
  status: 1,
  trackers: [{ id: 3, name: 'Support' }],
  enabled_modules: [{ id: 1, name: 'issue_tracking' }],
  time_entry_activities: [],
  issue_custom_fields: [],
  created_on: stamp(0),
  updated_on: stamp(0),
};
