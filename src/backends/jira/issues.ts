import { createHash } from 'crypto';
import * as v from 'valibot';
import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type {
  CustomField,
  Person,
  Priority,
  PriorityRank,
  Status,
  StatusCategory,
  Ticket,
  TicketKind,
} from '../../desk/ticket.ts';
import { adfSchema } from './adf.ts';
import type { JiraClient } from './client.ts';
import { relationsOf } from './links.ts';
import { readable } from './mark.ts';
import type { People } from './people.ts';
import { issueSchema, type Issue, type User } from './schema.ts';
import { clocksIn, isSla } from './sla.ts';

export interface Found {
  raw: Issue;
  ticket: Ticket;
}

export const wanted = { fields: '*all,-comment,-worklog', expand: 'names' };
const ghost: Person = { id: 'unknown', name: 'Unknown' };
const ranks: [RegExp, PriorityRank][] = [
  [/highest|critical|blocker|urgent|p1/i, 1],
  [/high|major|p2/i, 2],
  [/low|minor|trivial|p4/i, 4],
];
const kinds: [RegExp, TicketKind][] = [
  [/incident|bug/i, 'incident'],
  [/problem/i, 'problem'],
  [/change/i, 'change'],
  [/request/i, 'request'],
];

/** A site's issues as tickets. */
export class Issues {
  readonly account: Account;
  readonly #client: JiraClient;
  readonly #people: People;

  constructor(account: Account, client: JiraClient, people: People) {
    this.account = account;
    this.#client = client;
    this.#people = people;
  }

  async get(id: string, signal: AbortSignal): Promise<Result<Found>> {
    if (!/^\d{1,18}$/.test(id)) return missing();
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const found = await this.#client.get(issueSchema, `/issue/${id}`, signal, wanted);
    if (!found.ok) return found;
    return ok({ raw: found.value, ticket: this.map(found.value, found.value.names, me.value) });
  }

  map(raw: Issue, names: Record<string, string>, me: Person): Ticket {
    const { fields } = raw;
    const status = statusOf(fields.status);
    const ended = fields.resolutiondate ?? undefined;
    return {
      accountId: this.account.id,
      id: raw.id,
      key: raw.key,
      subject: fields.summary,
      ...(fields.reporter && { requester: personOf(fields.reporter) }),
      ...(fields.assignee && { assignee: personOf(fields.assignee) }),
      team: fields.project.name,
      status,
      priority: priorityOf(fields.priority?.name ?? 'None'),
      kind: kinds.find(([pattern]) => pattern.test(fields.issuetype.name))?.[1] ?? 'other',
      channel: 'other',
      tags: fields.labels,
      assets: [],
      customFields: customFields(fields, names),
      relations: relationsOf(raw),
      createdAt: fields.created,
      updatedAt: fields.updated,
      ...(ended !== undefined && { resolvedAt: ended }),
      ...(ended !== undefined && status.category === 'closed' && { closedAt: ended }),
      reassignments: 0,
      reopenings: 0,
      sla: clocksIn(fields),
      url: `${this.account.url ?? ''}/browse/${raw.key}`,
      revision: revisionOf(raw),
      mine: fields.assignee ? personOf(fields.assignee).id === me.id : false,
    };
  }
}

export function personOf(user: User | null | undefined): Person {
  if (!user) return ghost;
  const { accountId, name, displayName, emailAddress } = user;
  const id = accountId ?? name ?? ghost.id;
  return { id, name: displayName || id, ...(emailAddress && { email: emailAddress }) };
}

export function statusOf({ name, statusCategory }: Issue['fields']['status']): Status {
  const categories: Record<string, StatusCategory> = { new: 'new', done: 'resolved' };
  const ended: StatusCategory = /clos|cancel|declin|reject/i.test(name) ? 'closed' : 'resolved';
  if (statusCategory.key === 'done') return { name, category: ended };
  const waits = /wait|pending|hold|block/i.test(name) && !/waiting for support/i.test(name);
  return { name, category: waits ? 'pending' : (categories[statusCategory.key] ?? 'open') };
}

export function priorityOf(name: string): Priority {
  return { name, rank: ranks.find(([pattern]) => pattern.test(name))?.[1] ?? 3 };
}

function customFields(fields: Record<string, unknown>, names: Record<string, string>): CustomField[] {
  return Object.entries(fields)
    .filter(([id, value]) => (id.startsWith('customfield_') && !isSla(value)) || id === 'resolution')
    .map(([id, value]) => ({
      id,
      name: names[id] ?? (id === 'resolution' ? 'Resolution' : id),
      values: valuesOf(value),
    }))
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => a.id.localeCompare(b.id));
}

function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  const text = v.safeParse(adfSchema, value);
  if (text.success && text.output.type === 'doc') return [readable(text.output)];
  const known = new Map<string, unknown>(Object.entries(value));
  const shown = ['value', 'displayName', 'name']
    .map((name) => known.get(name))
    .find((one) => one !== undefined);
  return shown === undefined ? [] : valuesOf(shown);
}

function revisionOf({ fields }: Issue): string {
  const { summary, status, priority, labels, assignee, description, resolution } = fields;
  const visible = [
    summary,
    status.name,
    priority?.name,
    labels,
    assignee && personOf(assignee).id,
    description,
    resolution?.name,
    Object.entries(fields).filter(([id, value]) => id.startsWith('customfield_') && !isSla(value)),
    fields.issuelinks.map(({ id }) => id),
  ];
  const hash = createHash('sha1').update(JSON.stringify(visible)).digest('hex').slice(0, 12);
  return `${fields.updated}.${hash}`;
}

export function missing() {
  return fail({ reason: 'not-found', message: 'There is no such issue.' });
}
