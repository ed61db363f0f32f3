import type { FakeAnswer } from '../http/server.ts';

/** What the imitation of Redmine consists of, and how it says it. */

export interface FakeIssue {
  id: number;
  subject: string;
  status: number;
  priority: number;
  assignee: number;
  /** In seconds, as Redmine keeps time. */
  created: number;
  updated: number;
  /** Taken, but never told. */
  lockVersion: number;
  journals: {
    id: number;
    user: number;
    notes: string;
    private: boolean;
    created: number;
    details: { property: string; name: string; old_value: string; new_value: string }[];
  }[];
}

export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number) {
    super(String(status));
    this.answer = { status };
  }
}

function person(id: number, login: string, lastname: string) {
  const firstname = login.charAt(0).toUpperCase() + login.slice(1);
  return { id, login, firstname, lastname, mail: `${login}@example.test`, key: `key-${login}` };
}

export const people = {
  alice: person(5, 'alice', 'Agent'),
  bob: person(6, 'bob', 'Builder'),
  carol: person(7, 'carol', 'Customer'),
};

export const statuses = [
  { id: 1, name: 'New', is_closed: false },
  { id: 2, name: 'In Progress', is_closed: false },
  { id: 5, name: 'Closed', is_closed: true },
];

export const priorities = ['Low', 'Normal', 'High'].map((name, index) => ({
  id: index + 1,
  name,
  is_default: name === 'Normal',
  active: true,
}));

export function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

/** A page of a list, which never has more than the server's own limit. */
export function listed(name: string, all: unknown[], query: URLSearchParams, most = 100): object {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(most, Number(query.get('limit') ?? 25));
  return { [name]: all.slice(offset, offset + limit), total_count: all.length, offset, limit };
}

export function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** A filter's time, if it is in the one form that Redmine reads. */
export function timeOf(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) / 1000 : undefined;
}

function named(id: number) {
  const found = Object.values(people).find((one) => one.id === id);
  return { id, name: found === undefined ? '' : `${found.firstname} ${found.lastname}` };
}

/** An issue with what was asked for; the version of its lock is not told. */
export function issueJson(issue: FakeIssue, include: string, seesPrivate: boolean): object {
  const priority = priorities.find(({ id }) => id === issue.priority);
  return {
    id: issue.id,
    project: { id: 1, name: 'Helpdesk' },
    tracker: { id: 3, name: 'Support' },
    status: statuses.find(({ id }) => id === issue.status),
    priority: { id: issue.priority, name: priority?.name },
    author: named(people.carol.id),
    assigned_to: named(issue.assignee),
    subject: issue.subject,
    description: 'Please help.',
    custom_fields: [],
    created_on: stamp(issue.created),
    updated_on: stamp(issue.updated),
    closed_on: null,
    ...(include.includes('journals') && {
      journals: issue.journals
        .filter((journal) => seesPrivate || !journal.private)
        .map((journal) => ({
          id: journal.id,
          user: named(journal.user),
          notes: journal.notes,
          created_on: stamp(journal.created),
          private_notes: journal.private,
          details: journal.details,
        })),
    }),
    ...(include.includes('allowed_statuses') && { allowed_statuses: statuses }),
  };
}
