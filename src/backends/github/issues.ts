import { createHash } from 'crypto';
import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Person, Status, Ticket, TicketKind } from '../../desk/ticket.ts';
import { requesterIn } from '../content/requester.ts';
import { readLabels, type Unlabelled } from '../labels/meaning.ts';
import { notTaken } from '../parts/taken.ts';
import { checked, type GitHubClient } from './client.ts';
import type { People } from './people.ts';
import type { Repository } from './place.ts';
import { issueSchema, type Issue } from './schema.ts';

/** An issue as GitHub gave it, what we make of it, and where it is read: a transferred one lives elsewhere. */
export interface Found {
  raw: Issue;
  ticket: Ticket;
  path: string;
  moved: boolean;
}

const open: Status = { name: 'open', category: 'open' };
const completed: Status = { name: 'closed', category: 'resolved' };
const notPlanned: Status = { name: 'not planned', category: 'closed' };
const duplicate: Status = { name: 'duplicate', category: 'closed' };
const kinds: Record<string, TicketKind> = { bug: 'incident', feature: 'request' };
const staff = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** One repository's issues as tickets. */
export class Issues {
  readonly account: Account;
  readonly repository: Repository;
  readonly #client: GitHubClient;
  readonly #people: People;

  constructor(account: Account, repository: Repository, client: GitHubClient, people: People) {
    this.account = account;
    this.repository = repository;
    this.#client = client;
    this.#people = people;
  }

  /** What an issue without labels is. */
  get bare(): Unlabelled {
    return { open, closed: [completed, notPlanned], team: this.repository.name };
  }

  get path(): string {
    return `/repos/${this.repository.owner}/${this.repository.name}`;
  }

  /** Is it one of this repository? Numbers are told apart by nothing else. */
  isOwn({ repository_url: url }: Issue): boolean {
    return url.toLowerCase().endsWith(this.path.toLowerCase());
  }

  /** One issue. A transferred one is given as closed, pointing to where it went; a pull request is none. */
  async get(id: string, signal: AbortSignal): Promise<Result<Found>> {
    if (!/^\d{1,15}$/.test(id)) return missing(id);
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const path = `${this.path}/issues/${id}`;
    const answer = await this.#client.read(path, signal, undefined, [301]);
    if (!answer.ok) return answer;
    if (answer.value.status !== 301) return this.#found(answer.value.body, path, me.value);
    const target = movedTo(answer.value.headers.location);
    if (target === undefined) return missing(id);
    const there = await this.#client.read(target, signal);
    if (!there.ok) return there;
    const found = this.#found(there.value.body, target, me.value);
    return found.ok ? ok(this.#moved(id, found.value)) : found;
  }

  map(raw: Issue, me: Person): Ticket {
    const { labels: mapping, id: accountId } = this.account;
    const labelled = readLabels(raw.labels, mapping, this.bare.team);
    const status = statusOf(raw, labelled.status);
    const [assignee, ...others] = raw.assignees.map(({ login }) => personOf(login));
    const ended = raw.closed_at ?? undefined;
    return {
      accountId,
      id: String(raw.number),
      key: `${this.repository.name}#${raw.number}`,
      subject: raw.title,
      requester: requesterOf(raw),
      ...(assignee && { assignee }),
      team: labelled.team,
      status,
      priority: labelled.priority,
      kind: kinds[raw.type?.name.toLowerCase() ?? ''] ?? 'other',
      channel: 'other',
      tags: labelled.tags,
      assets: [],
      customFields: [
        ...(raw.type ? [{ id: 'type', name: 'Type', values: [raw.type.name] }] : []),
        ...(raw.milestone ? [{ id: 'milestone', name: 'Milestone', values: [raw.milestone.title] }] : []),
        ...(others.length > 0
          ? [{ id: 'assignees', name: 'Also assigned to', values: others.map(({ name }) => name) }]
          : []),
      ],
      createdAt: raw.created_at,
      updatedAt: raw.updated_at,
      ...(ended !== undefined && { resolvedAt: ended }),
      ...(ended !== undefined && status.category === 'closed' && { closedAt: ended }),
      reassignments: 0,
      reopenings: 0,
      sla: [],
      url: raw.html_url,
      revision: revisionOf(raw),
      mine: raw.assignees.some(({ login }) => login === me.id),
    };
  }

  /** The first of the fields that an issue does not have as it was asked for. */
  notTaken(raw: Issue, fields: TicketFields): keyof TicketFields | undefined {
    const logins = raw.assignees.map(({ login }) => login);
    return notTaken(this.map(raw, { id: '', name: '' }), logins, fields);
  }

  #found(body: unknown, path: string, me: Person): Result<Found> {
    const read = checked(issueSchema, body, path);
    if (!read.ok) return read;
    const raw = read.value;
    if (raw.pull_request !== undefined && raw.pull_request !== null) return missing(String(raw.number));
    return ok({ raw, ticket: this.map(raw, me), path, moved: false });
  }

  #moved(id: string, found: Found): Found {
    const [owner, name] = found.raw.repository_url.split('/').slice(-2);
    const status: Status = { name: `moved to ${owner}/${name}#${found.raw.number}`, category: 'closed' };
    const key = `${this.repository.name}#${id}`;
    return { ...found, moved: true, ticket: { ...found.ticket, id, key, status, mine: false } };
  }
}

/** By which state and reason a status is set. */
export function stateOf(status: string): { state: 'open' | 'closed'; state_reason?: string } {
  if (status === completed.name) return { state: 'closed', state_reason: 'completed' };
  if (status === notPlanned.name) return { state: 'closed', state_reason: 'not_planned' };
  return { state: 'open' };
}

export function closedAs(reason: string | null | undefined): Status {
  if (reason === 'not_planned') return notPlanned;
  return reason === 'duplicate' ? duplicate : completed;
}

export function personOf(login: string): Person {
  return { id: login, name: login };
}

/** Who writes an issue may name another as requester only if they belong to the desk. */
function requesterOf(raw: Issue): Person {
  const named = staff.has(raw.author_association) ? requesterIn(raw.body) : undefined;
  return personOf(named ?? raw.user.login);
}

function statusOf(raw: Issue, labelled: Status | undefined): Status {
  return raw.state === 'closed' ? closedAs(raw.state_reason) : (labelled ?? open);
}

/** GitHub gives whole seconds only; what else can be seen of an issue tells two states of one second apart. */
function revisionOf(raw: Issue): string {
  const { title, body, state, state_reason, labels, assignees, milestone, comments } = raw;
  const visible = JSON.stringify([title, body, state, state_reason, labels, assignees, milestone, comments]);
  const hash = createHash('sha1').update(visible).digest('hex').slice(0, 12);
  return `${raw.updated_at}.${hash}`;
}

/** The path of a redirect, only where it leads to another issue of the same GitHub. */
function movedTo(location: string | undefined): string | undefined {
  return /\/(?:repositories\/\d+|repos\/[^/]+\/[^/]+)\/issues\/\d+$/.exec(location ?? '')?.[0];
}

function missing(id: string) {
  return fail({ reason: 'not-found', message: `There is no issue ${id}.` });
}
