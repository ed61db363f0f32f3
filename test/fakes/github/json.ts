import type { FakeComment, FakeEvent, FakeIssue, FakeRepository, FakeUser, GitHubState } from './state.ts';

const color = 'ededed';

/** The fake's answers, with every field that GitHub always sends. */
export class GitHubJson {
  readonly #state: GitHubState;
  readonly #api: string;

  constructor(state: GitHubState, api: string) {
    this.#state = state;
    this.#api = api;
  }

  user(login: string | undefined): Record<string, unknown> | null {
    const user = login === undefined ? undefined : this.#state.users.get(login);
    if (user === undefined) return null;
    const url = `${this.#api}/users/${user.login}`;
    return {
      login: user.login,
      id: user.id,
      node_id: `U_${user.id}`,
      avatar_url: `${url}/avatar`,
      gravatar_id: '',
      url,
      html_url: url,
      followers_url: `${url}/followers`,
      following_url: `${url}/following{/other_user}`,
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`,
      organizations_url: `${url}/orgs`,
      repos_url: `${url}/repos`,
      events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`,
      type: 'User',
      site_admin: false,
    };
  }

  me(user: FakeUser): Record<string, unknown> {
    return {
      ...this.user(user.login),
      name: user.name,
      company: null,
      blog: '',
      location: null,
      email: null,
      hireable: null,
      bio: null,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
    };
  }

  repository(repository: FakeRepository, user: FakeUser): Record<string, unknown> {
    const at = ['none', 'read', 'triage', 'write'].indexOf(user.role);
    return {
      id: repository.id,
      name: repository.name,
      full_name: `${repository.owner}/${repository.name}`,
      private: repository.isPrivate,
      has_issues: repository.hasIssues,
      archived: repository.archived,
      permissions: { admin: false, maintain: false, push: at >= 3, triage: at >= 2, pull: at >= 1 },
    };
  }

  label(repository: FakeRepository, name: string): Record<string, unknown> {
    const id = repository.id * 100 + repository.labels.indexOf(name);
    const url = `${this.#url(repository)}/labels/${encodeURIComponent(name)}`;
    return { id, node_id: `LA_${id}`, url, name, color, default: name === 'bug', description: null };
  }

  issue(repository: FakeRepository, issue: FakeIssue): Record<string, unknown> {
    const url = `${this.#url(repository)}/issues/${issue.number}`;
    return {
      id: issue.id,
      node_id: `I_${issue.id}`,
      url,
      repository_url: this.#url(repository),
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      timeline_url: `${url}/timeline`,
      html_url: this.#page(repository, issue),
      number: issue.number,
      title: issue.title,
      body: issue.body,
      user: this.user(issue.user),
      author_association: this.#association(issue.user),
      state: issue.state,
      state_reason: issue.stateReason,
      locked: issue.locked,
      labels: issue.labels.map((name) => this.label(repository, name)),
      assignee: this.user(issue.assignees[0]),
      assignees: issue.assignees.map((login) => this.user(login)),
      milestone: null,
      comments: issue.comments.length,
      created_at: issue.createdAt,
      updated_at: issue.updatedAt,
      closed_at: issue.closedAt,
      performed_via_github_app: null,
      ...(issue.isPullRequest && {
        pull_request: { url, html_url: url, diff_url: `${url}.diff`, patch_url: `${url}.patch` },
      }),
    };
  }

  comment(repository: FakeRepository, issue: FakeIssue, comment: FakeComment): Record<string, unknown> {
    const url = `${this.#url(repository)}/issues/comments/${comment.id}`;
    return {
      id: comment.id,
      node_id: `IC_${comment.id}`,
      url,
      html_url: `${this.#page(repository, issue)}#issuecomment-${comment.id}`,
      issue_url: `${this.#url(repository)}/issues/${issue.number}`,
      user: this.user(comment.user),
      author_association: this.#association(comment.user),
      body: comment.body,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      performed_via_github_app: null,
    };
  }

  /** Comments and events as one list, in the order in which they happened. */
  timeline(repository: FakeRepository, issue: FakeIssue): Record<string, unknown>[] {
    const things = [
      ...issue.comments.map((comment) => ({
        id: comment.id,
        json: {
          ...this.comment(repository, issue, comment),
          event: 'commented',
          actor: this.user(comment.user),
        },
      })),
      ...issue.events.map((event) => ({ id: event.id, json: this.#event(repository, event) })),
    ];
    return things.sort((a, b) => a.id - b.id).map(({ json }) => json);
  }

  #event(repository: FakeRepository, { id, event, actor, at, more }: FakeEvent): Record<string, unknown> {
    return {
      id,
      node_id: `E_${id}`,
      url: `${this.#url(repository)}/issues/events/${id}`,
      actor: this.user(actor),
      event,
      commit_id: null,
      commit_url: null,
      created_at: at,
      performed_via_github_app: null,
      ...more,
      ...(typeof more.label === 'string' && { label: { name: more.label, color } }),
      ...(typeof more.assignee === 'string' && { assignee: this.user(more.assignee) }),
    };
  }

  #association(login: string | undefined): string {
    const role = login === undefined ? 'none' : (this.#state.users.get(login)?.role ?? 'none');
    return role === 'write' || role === 'triage' ? 'MEMBER' : 'NONE';
  }

  #url(repository: FakeRepository): string {
    return `${this.#api}/repos/${repository.owner}/${repository.name}`;
  }

  #page(repository: FakeRepository, issue: FakeIssue): string {
    return `${new URL(this.#api).origin}/${repository.owner}/${repository.name}/issues/${issue.number}`;
  }
}
