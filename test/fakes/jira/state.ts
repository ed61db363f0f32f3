import { customFields } from './fields.ts';
import { Refusal, type FakeComment, type FakeFile, type FakeIssue, type FakeUser } from './wire.ts';

type Field = 'summary' | 'status' | 'priority' | 'assignee' | 'labels';

/** What an imitation of Jira holds: a service desk HELP and a plain project OPS, and how they change. */
export class JiraState {
  readonly cloud: boolean;
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
  /** How far the clock that answers tell of is ahead. */
  clockMs = 0;
  /** The service desk does not heed the wish for an internal comment. */
  publishes = false;
  /** The same token again and again. */
  stuck = false;
  pageSize = 100;
  readonly files = new Map<string, FakeFile>();
  #id = 10_000;
  #last = 0;

  constructor(edition: 'Cloud' | 'Data Center') {
    this.cloud = edition === 'Cloud';
    if (this.cloud) for (const user of this.users) user.accountId = `5b10:${user.accountId}`;
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
      files: [],
      links: [],
      custom: {},
    };
    this.issues.set(id, issue);
    return issue;
  }

  issueOf(id: string): FakeIssue {
    const issue = this.issues.get(id);
    if (issue === undefined)
      throw new Refusal(404, ['Issue does not exist or you do not have permission to see it.']);
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
      files: [],
      ...more,
    };
    issue.comments.push(comment);
    issue.updated = comment.at;
    return comment;
  }

  set(issue: FakeIssue, author: string, field: Field, to: string): void {
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
    else {
      delete issue.resolved;
      delete issue.resolution;
    }
  }

  /** A custom field's value as Jira holds it; nothing takes it away. */
  setCustom(issue: FakeIssue, author: string, id: string, value: unknown): void {
    issue.updated = this.now();
    const name = customFields[id]?.name ?? id;
    const change = { field: name, fromString: '', toString: JSON.stringify(value) };
    issue.histories.push({ id: this.next(), author, at: issue.updated, items: [change] });
    if (value === null || (Array.isArray(value) && value.length === 0))
      Reflect.deleteProperty(issue.custom, id);
    else issue.custom[id] = value;
  }

  attach(issue: FakeIssue, author: string, file: Pick<FakeFile, 'name' | 'mediaType' | 'bytes'>): FakeFile {
    const attached = { ...file, id: this.next(), author, at: this.now() };
    this.files.set(attached.id, attached);
    issue.files.push(attached.id);
    issue.updated = attached.at;
    return attached;
  }

  detach(id: string): void {
    if (!this.files.delete(id)) throw new Refusal(404, [`The attachment with id '${id}' does not exist`]);
    for (const issue of this.issues.values()) {
      issue.files = issue.files.filter((one) => one !== id);
      for (const comment of issue.comments) comment.files = comment.files.filter((one) => one !== id);
    }
  }

  /** Both ends tell of it. */
  link(from: FakeIssue, to: FakeIssue, author: string): void {
    if (from.links.some(({ other }) => other === to.id)) return;
    const id = this.next();
    for (const [issue, other, outward] of [
      [from, to, true],
      [to, from, false],
    ] as const) {
      issue.links.push({ id, other: other.id, outward });
      this.#told(issue, author, { to: other.key, toString: `This issue relates to ${other.key}` });
    }
  }

  unlink(id: string, author: string): boolean {
    const ends = [...this.issues.values()].filter(({ links }) => links.some((one) => one.id === id));
    for (const issue of ends) {
      const other = this.issues.get(issue.links.find((one) => one.id === id)?.other ?? '');
      issue.links = issue.links.filter((one) => one.id !== id);
      this.#told(issue, author, {
        from: other?.key ?? '',
        fromString: `This issue relates to ${other?.key ?? ''}`,
        toString: '',
      });
    }
    return ends.length > 0;
  }

  #told(issue: FakeIssue, author: string, change: Partial<FakeIssue['histories'][number]['items'][number]>) {
    issue.updated = this.now();
    const item = { field: 'Link', fromString: '', toString: '', ...change };
    issue.histories.push({ id: this.next(), author, at: issue.updated, items: [item] });
  }
}
