import { jsonOf, type FakeAnswer, type FakeRequest } from '../http/server.ts';

/** What the imitation of Jira consists of, and how it says it. */

export interface FakeUser {
  accountId: string;
  displayName: string;
  emailAddress: string;
  token: string;
  agent: boolean;
}
export interface FakeComment {
  id: string;
  author: string;
  body: unknown;
  at: number;
  internal: boolean;
  /** The role or group that it is shown to. */
  restrictedTo?: string;
  properties: { key: string; value: unknown }[];
  /** The ids of those that came with it. */
  files: string[];
}
export interface FakeFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: Buffer;
  author: string;
  at: number;
}
export interface FakeIssue {
  id: string;
  key: string;
  project: string;
  summary: string;
  description: unknown;
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
    items: { field: string; from?: string; to?: string; fromString: string; toString: string }[];
  }[];
  properties: { key: string; value: unknown }[];
  paused: boolean;
  files: string[];
  links: { id: string; other: string; outward: boolean }[];
  custom: Record<string, unknown>;
  resolution?: string;
}

export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, messages: string[], errors: Record<string, string> = {}) {
    super(messages.join(' '));
    this.answer = { status, body: { errorMessages: messages, errors } };
  }
}

export const categories: Record<string, [string, string, number, string]> = {
  'Waiting for support': ['indeterminate', 'In Progress', 4, 'yellow'],
  'Waiting for customer': ['indeterminate', 'In Progress', 4, 'yellow'],
  Resolved: ['done', 'Done', 3, 'green'],
  Escalated: ['indeterminate', 'In Progress', 4, 'yellow'],
};
export const names = Object.keys(categories);
export const priorities = ['Highest', 'High', 'Medium', 'Low'];

export function fits(issue: FakeIssue, clause: string, me: string): boolean {
  const text = clause.trim().replace(/^\((.*)\)$/, '$1');
  const minutes = /^updated >= "-(\d+)m"$/.exec(text)?.[1];
  if (minutes !== undefined) return issue.updated >= Date.now() - Number(minutes) * 60_000;
  // A date is one of the zone in the profile, which is eight hours behind.
  const [, day, time] = /^updated >= "(\d{4}-\d\d-\d\d) (\d\d:\d\d)"$/.exec(text) ?? [];
  if (day !== undefined) return issue.updated >= Date.parse(`${day}T${time ?? ''}:00-08:00`);
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

export function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

export function statusJson(name: string): Record<string, unknown> {
  const [key = '', shown, id, colorName] = categories[name] ?? [];
  return { id: String(names.indexOf(name)), name, statusCategory: { id, key, name: shown, colorName } };
}

export function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

export function bodyOf(request: FakeRequest): Record<string, unknown> {
  const json = jsonOf(request);
  if (typeof json !== 'object' || json === null) throw new Refusal(400, ['Invalid request payload.']);
  return json as Record<string, unknown>;
}

export function fieldsOf(request: FakeRequest): Record<string, unknown> {
  return (bodyOf(request).fields ?? {}) as Record<string, unknown>;
}

/** A text is a document, or nothing at all. */
export function documentOf(body: unknown): Record<string, unknown> {
  const document = body as { type?: string; version?: number; content?: unknown } | undefined;
  if (document?.type !== 'doc' || document.version !== 1 || !Array.isArray(document.content)) {
    throw new Refusal(400, ['Comment body is not valid!'], { comment: 'INVALID_INPUT' });
  }
  return document;
}
