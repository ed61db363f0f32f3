/** What the fake GitHub holds. Times are whole seconds, as GitHub's are. */
export type Role = 'none' | 'read' | 'triage' | 'write';

export interface FakeUser {
  id: number;
  login: string;
  name: string;
  token: string;
  role: Role;
}

export interface FakeEvent {
  id: number;
  event: string;
  actor: string;
  at: string;
  more: Record<string, unknown>;
}

export interface FakeComment {
  id: number;
  user: string | undefined;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export interface FakeIssue {
  id: number;
  number: number;
  title: string;
  body: string;
  user: string | undefined;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  locked: boolean;
  isPullRequest: boolean;
  comments: FakeComment[];
  events: FakeEvent[];
  /** Where it went, if it was transferred. */
  movedTo?: { repository: number; number: number };
  deleted: boolean;
}

export interface FakeRepository {
  id: number;
  owner: string;
  name: string;
  isPrivate: boolean;
  hasIssues: boolean;
  archived: boolean;
  /** By name. */
  labels: string[];
  issues: Map<number, FakeIssue>;
}

const people: [string, string, Role][] = [
  ['alice', 'Alice Agent', 'write'],
  ['bob', 'Bob Builder', 'write'],
  ['carol', 'Carol Customer', 'read'],
  ['reader', 'Rita Reader', 'read'],
];

/** A GitHub with one desk, `acme/helpdesk`, and another repository. */
export class GitHubState {
  readonly users = new Map<string, FakeUser>();
  readonly repositories = new Map<number, FakeRepository>();
  /** Milliseconds that GitHub's clock is ahead of ours. */
  skewMs = 0;
  #id = 1000;

  constructor() {
    for (const [login, name, role] of people) {
      this.users.set(login, { id: this.newId(), login, name, role, token: `github_pat_${login}` });
    }
    this.addRepository('acme', 'helpdesk', [
      'bug',
      'priority: high',
      'priority: low',
      'status: waiting for customer',
      'status: in progress',
      'team: network',
    ]);
    this.addRepository('acme', 'printers', []);
  }

  newId(): number {
    this.#id += 1;
    return this.#id;
  }

  now(): Date {
    return new Date(Math.floor((Date.now() + this.skewMs) / 1000) * 1000);
  }

  stamp(): string {
    return this.now().toISOString().replace('.000Z', 'Z');
  }

  addRepository(owner: string, name: string, labels: string[]): FakeRepository {
    const repository: FakeRepository = {
      id: this.newId(),
      owner,
      name,
      isPrivate: true,
      hasIssues: true,
      archived: false,
      labels,
      issues: new Map(),
    };
    this.repositories.set(repository.id, repository);
    return repository;
  }

  repository(owner: string, name: string): FakeRepository | undefined {
    return [...this.repositories.values()].find(
      (one) =>
        one.owner.toLowerCase() === owner.toLowerCase() && one.name.toLowerCase() === name.toLowerCase(),
    );
  }

  open(repository: FakeRepository, user: string, title: string, body: string): FakeIssue {
    const at = this.stamp();
    const issue: FakeIssue = {
      id: this.newId(),
      number: repository.issues.size + 1,
      title,
      body,
      user,
      state: 'open',
      stateReason: null,
      labels: [],
      assignees: [],
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      locked: false,
      isPullRequest: false,
      comments: [],
      events: [],
      deleted: false,
    };
    repository.issues.set(issue.number, issue);
    return issue;
  }

  comment(issue: FakeIssue, user: string, body: string): FakeComment {
    const at = this.stamp();
    const comment = { id: this.newId(), user, body, createdAt: at, updatedAt: at };
    issue.comments.push(comment);
    issue.updatedAt = at;
    return comment;
  }

  record(issue: FakeIssue, actor: string, event: string, more: Record<string, unknown> = {}): void {
    const at = this.stamp();
    issue.events.push({ id: this.newId(), event, actor, at, more });
    issue.updatedAt = at;
  }

  setTitle(issue: FakeIssue, actor: string, title: string): void {
    if (issue.title === title) return;
    this.record(issue, actor, 'renamed', { rename: { from: issue.title, to: title } });
    issue.title = title;
  }

  /** A label that does not exist comes into being, as with GitHub. */
  setLabels(repository: FakeRepository, issue: FakeIssue, actor: string, wanted: readonly string[]): void {
    const known = wanted.map((label) => {
      const existing = repository.labels.find((one) => one.toLowerCase() === label.toLowerCase());
      if (existing === undefined) repository.labels.push(label);
      return existing ?? label;
    });
    for (const label of known)
      if (!issue.labels.includes(label)) this.record(issue, actor, 'labeled', { label });
    for (const label of issue.labels)
      if (!known.includes(label)) this.record(issue, actor, 'unlabeled', { label });
    issue.labels = [...new Set(known)];
  }

  setAssignees(issue: FakeIssue, actor: string, wanted: readonly string[]): void {
    for (const assignee of issue.assignees) {
      if (!wanted.includes(assignee)) this.record(issue, actor, 'unassigned', { assignee });
    }
    for (const assignee of wanted) {
      if (!issue.assignees.includes(assignee)) this.record(issue, actor, 'assigned', { assignee });
    }
    issue.assignees = [...new Set(wanted)];
  }

  /** The reason is ignored unless the state changes, as with GitHub. */
  setState(issue: FakeIssue, actor: string, state: 'open' | 'closed', reason: string | undefined): void {
    if (issue.state === state) {
      if (state === 'closed' && reason !== undefined) issue.stateReason = reason;
      return;
    }
    issue.state = state;
    issue.stateReason = state === 'closed' ? (reason ?? 'completed') : 'reopened';
    issue.closedAt = state === 'closed' ? this.stamp() : null;
    const event = state === 'closed' ? 'closed' : 'reopened';
    this.record(issue, actor, event, { state_reason: state === 'closed' ? issue.stateReason : null });
  }

  /** A new issue there; here nothing but a redirect is left. */
  transfer(issue: FakeIssue, from: FakeRepository, to: FakeRepository): FakeIssue {
    const there = { ...issue, number: to.issues.size + 1 };
    to.issues.set(there.number, there);
    from.issues.set(issue.number, { ...issue, movedTo: { repository: to.id, number: there.number } });
    this.record(there, 'bob', 'transferred');
    return there;
  }
}
