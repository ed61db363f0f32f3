import type { JiraState } from './state.ts';
import { type FakeComment, type FakeFile, type FakeIssue, stamp, statusJson } from './wire.ts';

/** What the imitation says of what it holds, in the words of its edition. */

export function personJson({ users, cloud }: JiraState, accountId: string) {
  const user = users.find((one) => one.accountId === accountId);
  if (user === undefined) return undefined;
  const { displayName, emailAddress } = user;
  const common = { displayName, emailAddress, active: true };
  return cloud
    ? { accountId, ...common, accountType: 'atlassian' }
    : { name: accountId, key: `JIRAUSER1${accountId.length}`, ...common };
}

export function issueJson(state: JiraState, issue: FakeIssue): Record<string, unknown> {
  const project = state.projects.find(({ key }) => key === issue.project);
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
      assignee: issue.assignee === undefined ? null : personJson(state, issue.assignee),
      reporter: personJson(state, issue.reporter),
      created: stamp(issue.created),
      updated: stamp(issue.updated),
      resolutiondate: issue.resolved === undefined ? null : stamp(issue.resolved),
      resolution: issue.resolution === undefined ? null : { id: '1', name: issue.resolution },
      attachment: issue.files.map((id) => fileJson(state, id)),
      issuelinks: issue.links.map((link) => linkJson(state, link)),
      ...issue.custom,
      ...(issue.project === 'HELP' && { customfield_10030: slaJson(issue) }),
    },
  };
}

/** A service level, which is a custom field of its ticket too. What is left of it is another each time. */
export function slaJson(issue: FakeIssue): object {
  const dueAt = issue.created + 3_600_000;
  const due = { epochMillis: dueAt, iso8601: stamp(dueAt) };
  const resolved = issue.resolved !== undefined;
  const left = { millis: dueAt - Date.now(), friendly: 'less than an hour' };
  return {
    id: '1',
    name: 'Time to resolution',
    completedCycles: resolved
      ? [{ breached: false, stopTime: { epochMillis: issue.resolved }, breachTime: due }]
      : [],
    ...(!resolved && {
      ongoingCycle: { breached: false, paused: issue.paused, breachTime: due, remainingTime: left },
    }),
  };
}

/** Jira names itself as it was set up, which is not always as it is reached. */
function fileJson(state: JiraState, fileId: string): object {
  const { id, name, mediaType, bytes, author, at } = state.files.get(fileId) as FakeFile;
  const site = 'https://jira.example.test';
  return {
    ...(state.cloud ? { id } : { id: Number(id) }),
    self: `${site}/rest/api/3/attachment/${id}`,
    filename: name,
    mimeType: mediaType,
    size: bytes.length,
    author: personJson(state, author),
    created: stamp(at),
    content: state.cloud
      ? `${site}/rest/api/3/attachment/content/${id}`
      : `${site}/secure/attachment/${id}/${encodeURIComponent(name)}`,
  };
}

export function filesJson(state: JiraState, ids: readonly string[]): object[] {
  return ids.map((id) => fileJson(state, id));
}

function linkJson(state: JiraState, { id, other, outward }: FakeIssue['links'][number]): object {
  const issue = state.issues.get(other);
  const shown = {
    id: other,
    key: issue?.key,
    fields: { summary: issue?.summary, status: statusJson(issue?.status ?? '') },
  };
  return { id, type: linkType, [outward ? 'outwardIssue' : 'inwardIssue']: shown };
}

export const linkType = { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' };

export function historiesJson(state: JiraState, issue: FakeIssue): unknown[] {
  return issue.histories.map(({ id, author, at, items }) => ({
    id,
    author: personJson(state, author),
    created: stamp(at),
    items,
  }));
}

/** Cloud says who may read it; Data Center only gives back the properties, and those only when asked to. */
export function commentJson(
  state: JiraState,
  { id, author, body, at, internal, restrictedTo, properties }: FakeComment,
  query: URLSearchParams,
): Record<string, unknown> {
  const told = query.get('expand') === 'properties' && { properties };
  return {
    id,
    author: personJson(state, author),
    body,
    created: stamp(at),
    updated: stamp(at),
    ...(state.cloud && { jsdPublic: !internal }),
    ...(restrictedTo !== undefined && { visibility: { type: 'role', value: restrictedTo } }),
    ...told,
  };
}
