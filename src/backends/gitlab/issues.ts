import { createHash } from 'crypto';
import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Person, Status, Ticket, TicketKind } from '../../desk/ticket.ts';
import { requesterIn } from '../content/requester.ts';
import { choices, readLabels, type Unlabelled } from '../labels/meaning.ts';
import type { Vocabulary } from '../backend.ts';
import { notTaken } from '../parts/taken.ts';
import type { GitLabClient } from './client.ts';
import { personOf, supportBot, type People } from './people.ts';
import type { Project } from './place.ts';
import { issueSchema, labelSchema, type Issue, type User } from './schema.ts';

export interface Found {
  raw: Issue;
  ticket: Ticket;
}

const open: Status = { name: 'open', category: 'open' };
export const closed: Status = { name: 'closed', category: 'resolved' };
const moved: Status = { name: 'moved to another project', category: 'closed' };
const kinds: Record<string, TicketKind> = { incident: 'incident', ticket: 'request' };

/** One project's issues as tickets. */
export class Issues {
  readonly account: Account;
  readonly project: Project;
  readonly #client: GitLabClient;
  readonly #people: People;

  constructor(account: Account, project: Project, client: GitLabClient, people: People) {
    this.account = account;
    this.project = project;
    this.#client = client;
    this.#people = people;
  }

  /** What an issue without labels is. */
  get bare(): Unlabelled {
    return { open, closed: [closed], team: this.project.name };
  }

  pathOf(id: string): string {
    return `${this.project.path}/issues/${id}`;
  }

  async get(id: string, signal: AbortSignal): Promise<Result<Found>> {
    if (!/^\d{1,15}$/.test(id)) return missing(id);
    const mapper = await this.mapper(signal);
    if (!mapper.ok) return mapper;
    const found = await this.#client.get(issueSchema, this.pathOf(id), signal);
    return found.ok ? ok({ raw: found.value, ticket: mapper.value(found.value) }) : found;
  }

  /** What makes tickets of issues: it has to know who we are, and who belongs to the desk. */
  async mapper(signal: AbortSignal): Promise<Result<(raw: Issue) => Ticket>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const members = await this.#people.members(signal);
    if (!members.ok) return members;
    const staff = new Set(members.value.map(({ username }) => username));
    return ok((raw) => this.#map(raw, me.value, staff));
  }

  async vocabulary(signal: AbortSignal): Promise<Result<Vocabulary>> {
    const labels = await this.#client.all(labelSchema, `${this.project.path}/labels`, signal);
    if (!labels.ok) return labels;
    const names = labels.value.map(({ name }) => name);
    return ok(choices(names, this.account.labels, this.bare));
  }

  /** The first of the fields that an issue does not have as it was asked for. */
  notTaken({ raw, ticket }: Found, fields: TicketFields): keyof TicketFields | undefined {
    return notTaken(
      ticket,
      raw.assignees.map(({ username }) => username),
      fields,
    );
  }

  #map(raw: Issue, me: Person, staff: ReadonlySet<string>): Ticket {
    const labelled = readLabels(raw.labels, this.account.labels, this.bare.team);
    const [assignee, ...others] = raw.assignees.map(personOf);
    const status = statusOf(raw, labelled.status);
    const ended = raw.closed_at ?? undefined;
    const fields: [string, string, string[]][] = [
      ['milestone', 'Milestone', raw.milestone ? [raw.milestone.title] : []],
      ['due_date', 'Due', raw.due_date ? [raw.due_date] : []],
      ['assignees', 'Also assigned to', others.map(({ name }) => name)],
    ];
    return {
      accountId: this.account.id,
      id: String(raw.iid),
      key: `${this.project.name}#${raw.iid}`,
      subject: raw.title,
      requester: requesterOf(raw, staff),
      ...(assignee && { assignee }),
      team: labelled.team,
      status,
      priority: labelled.priority,
      kind: kinds[raw.issue_type ?? ''] ?? 'other',
      channel: raw.service_desk_reply_to ? 'e-mail' : 'other',
      tags: labelled.tags,
      assets: [],
      customFields: fields.flatMap(([id, name, values]) => (values.length > 0 ? [{ id, name, values }] : [])),
      createdAt: raw.created_at,
      updatedAt: raw.updated_at,
      ...(ended !== undefined && { resolvedAt: ended }),
      ...(ended !== undefined && status.category === 'closed' && { closedAt: ended }),
      reassignments: 0,
      reopenings: 0,
      sla: [],
      url: raw.web_url,
      revision: revisionOf(raw),
      mine: !raw.moved_to_id && raw.assignees.some(({ username }) => username === me.id),
    };
  }
}

/** Who wrote to the Service Desk is known by the address only: the author is GitLab's own bot. */
function requesterOf(raw: Issue, staff: ReadonlySet<string>): Person {
  const mail = raw.service_desk_reply_to;
  if (raw.author.username === supportBot && mail) return { id: mail, name: mail, email: mail };
  const named = staff.has(raw.author.username) ? requesterIn(raw.description) : undefined;
  return named === undefined ? personOf(raw.author) : { id: named, name: named };
}

/** Is this what the requester wrote? */
export function isRequester(author: User, requester: Person | undefined): boolean {
  return author.username === supportBot || author.username === requester?.id;
}

function statusOf(raw: Issue, labelled: Status | undefined): Status {
  if (raw.moved_to_id) return moved;
  return raw.state === 'closed' ? closed : (labelled ?? open);
}

function revisionOf(raw: Issue): string {
  const { title, description, state, labels, assignees, milestone, due_date, user_notes_count } = raw;
  const visible = [title, description, state, labels, assignees, milestone, due_date, user_notes_count];
  const more = [raw.time_stats.total_time_spent, raw.moved_to_id];
  const hash = createHash('sha1')
    .update(JSON.stringify([...visible, ...more]))
    .digest('hex')
    .slice(0, 12);
  return `${raw.updated_at}.${hash}`;
}

export function missing(id: string) {
  return fail({ reason: 'not-found', message: `There is no issue ${id}.` });
}
