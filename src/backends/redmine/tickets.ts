import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { CustomField, Instant, Ticket } from '../../desk/ticket.ts';
import { channelIn, kindIn } from '../content/namedFields.ts';
import { tierField, tierOf } from '../content/tier.ts';
import { understood, type RedmineClient } from './client.ts';
import { kindOf, statusOf } from './labels.ts';
import type { Lookups } from './lookups.ts';
import type { People } from './people.ts';
import { fieldId } from './customFields.ts';
import { relationsOf, watchersOf } from './ties.ts';
import { requesterIn } from './requester.ts';
import * as v from 'valibot';
import { issueSchema, type RedmineIssue, type RedmineJournal } from './schema.ts';

/** A ticket as Redmine gave it, and what we make of it. */
export interface Found {
  raw: RedmineIssue;
  ticket: Ticket;
}

const one = v.object({ issue: v.unknown() });
const whole = 'journals,attachments,allowed_statuses,relations,watchers,children';

/** Redmine's tickets in our terms. */
export class Tickets {
  readonly #account: Account;
  readonly #client: RedmineClient;
  readonly #lookups: Lookups;
  readonly #people: People;

  constructor(account: Account, client: RedmineClient, lookups: Lookups, people: People) {
    this.#account = account;
    this.#client = client;
    this.#lookups = lookups;
    this.#people = people;
  }

  /** One ticket with all that hangs on it. */
  async get(id: string, signal: AbortSignal): Promise<Result<Found>> {
    const found = await this.look(id, signal);
    if (!found.ok) return found;
    const { value } = found;
    return 'problem' in value ? fail({ reason: 'protocol', message: value.problem }) : ok(value);
  }

  /** The same, but what is wrong with this one ticket alone is no error. */
  async look(id: string, signal: AbortSignal): Promise<Result<Found | { problem: string }>> {
    if (!/^\d+$/.test(id)) return fail({ reason: 'not-found', message: `There is no ticket #${id}.` });
    const answer = await this.#client.get(one, `/issues/${id}`, signal, { include: whole });
    if (!answer.ok) return answer;
    const read = understood(issueSchema, answer.value.issue, `#${id}`);
    if ('problem' in read) return ok(read);
    const ticket = await this.map(read.value, revisionOf(read.value), signal);
    return ticket.ok ? ok({ raw: read.value, ticket: ticket.value }) : ticket;
  }

  async map(raw: RedmineIssue, revision: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const mine = await this.#people.isOurs(raw.assigned_to?.id, raw.id, signal);
    if (!mine.ok) return mine;
    const team = await this.#lookups.teamOf(raw.project, signal);
    if (!team.ok) return team;
    const priorities = await this.#lookups.priorities(signal);
    if (!priorities.ok) return priorities;
    const past = await this.#past(raw, signal);
    if (!past.ok) return past;

    const author = raw.author && this.#people.remember(raw.author);
    const requester = requesterIn(raw.description) ?? author;
    const assignee = raw.assigned_to && this.#people.remember(raw.assigned_to);
    const fields = fieldsOf(raw);
    const status = statusOf(raw.status);
    const ended = status.category === 'resolved' || status.category === 'closed';
    const endedAt = ended ? (raw.closed_on ?? past.value.resolvedAt ?? raw.updated_on) : undefined;
    const tier = tierOf(raw.custom_fields.find((field) => field.name === tierField)?.value ?? []);
    const rank = priorities.value.find((priority) => priority.id === raw.priority.id)?.rank ?? 3;
    return ok({
      accountId: this.#account.id,
      id: raw.id,
      key: `#${raw.id}`,
      subject: raw.subject,
      ...(requester && { requester }),
      ...(assignee && { assignee }),
      team: team.value,
      status,
      priority: { name: raw.priority.name, rank },
      kind: kindIn(fields) ?? kindOf(raw.tracker.name),
      channel: channelIn(fields) ?? 'other',
      ...(tier !== undefined && { tier }),
      tags: [],
      assets: [],
      customFields: fields,
      watchers: watchersOf(raw),
      relations: relationsOf(raw),
      createdAt: raw.created_on,
      updatedAt: raw.updated_on,
      ...(past.value.firstRespondedAt !== undefined && { firstRespondedAt: past.value.firstRespondedAt }),
      ...(endedAt !== undefined && { resolvedAt: endedAt }),
      ...(endedAt !== undefined && status.category === 'closed' && { closedAt: endedAt }),
      reassignments: past.value.reassignments,
      reopenings: past.value.reopenings,
      sla: [],
      ...(this.#account.url !== undefined && {
        url: `${this.#account.url.replace(/\/+$/, '')}/issues/${raw.id}`,
      }),
      revision,
      mine: mine.value,
    });
  }

  /** What only the journals tell: who answered when, how often it was given on, and when it ended. */
  async #past(raw: RedmineIssue, signal: AbortSignal): Promise<Result<Past>> {
    const past: Past = { reassignments: 0, reopenings: 0 };
    const requester = requesterIn(raw.description)?.id ?? raw.author?.id;
    for (const journal of raw.journals) {
      if (isAnswer(journal, requester)) past.firstRespondedAt ??= journal.created_on;
      for (const { property, name, old_value: from, new_value: to } of journal.details) {
        if (property !== 'attr') continue;
        if (name === 'assigned_to_id' && from !== '' && to !== '') past.reassignments += 1;
        if (name !== 'status_id') continue;
        const before = await this.#lookups.statusNamed(from, signal);
        const after = await this.#lookups.statusNamed(to, signal);
        if (!before.ok) return before;
        if (!after.ok) return after;
        if (isOver(after.value)) past.resolvedAt = journal.created_on;
        else if (isOver(before.value)) past.reopenings += 1;
      }
    }
    return ok(past);
  }
}

interface Past {
  firstRespondedAt?: Instant;
  resolvedAt?: Instant;
  reassignments: number;
  reopenings: number;
}

/**
 * Redmine counts changes, but does not tell the count: the last journal tells those within one second apart, and
 * logged time leaves no journal.
 */
export function revisionOf(raw: RedmineIssue): string {
  return [raw.updated_on, lastJournal(raw), minutesOf(raw.spent_hours ?? 0)].join('.');
}

/** A revision taken apart; nothing for one that is not of a whole ticket. */
export function readRevision(revision: string | undefined): { journal: number; minutes: number } | undefined {
  const [, journal, minutes] = /^\d+\.(\d+)\.(\d+)$/.exec(revision ?? '') ?? [];
  return journal === undefined ? undefined : { journal: Number(journal), minutes: Number(minutes) };
}

export function lastJournal(raw: RedmineIssue): number {
  return Math.max(0, ...raw.journals.map(({ id }) => id));
}

/** Redmine counts in hours and rounds them to hundredths. */
export function minutesOf(hours: number): number {
  return Math.round(hours * 60);
}

function isAnswer(journal: RedmineJournal, requester: string | undefined): boolean {
  return journal.notes.trim() !== '' && !journal.private_notes && journal.user.id !== requester;
}

function isOver(status: Ticket['status']): boolean {
  return status.category === 'resolved' || status.category === 'closed';
}

/** What Deskside does not interpret: the server's own custom fields, and Redmine's that others do not have. */
function fieldsOf(raw: RedmineIssue): CustomField[] {
  const own = raw.custom_fields
    .filter((field) => field.name !== tierField)
    .map((field) => ({ id: fieldId(field.id), name: field.name, values: field.value }));
  const more: [string, string, string][] = [
    ['tracker', 'Tracker', raw.tracker.name],
    ['category', 'Category', raw.category?.name ?? ''],
    ['version', 'Target version', raw.fixed_version?.name ?? ''],
    ['due_date', 'Due date', raw.due_date],
    ['done_ratio', '% done', raw.done_ratio ? `${raw.done_ratio} %` : ''],
    ['private', 'Private', raw.is_private ? 'yes' : ''],
    ['relations', 'Relations', raw.relations.flatMap((one) => namedRelation(one, raw.id)).join(', ')],
  ];
  const known = more
    .filter(([, , value]) => value !== '')
    .map(([id, name, value]) => ({ id, name, values: [value] }));
  return [...known, ...own];
}

/** What a relation means, where it says more than that there is one. */
function namedRelation(relation: RedmineIssue['relations'][number], id: string): string[] {
  const { issue_id: from, issue_to_id: to, relation_type: type } = relation;
  if (type === 'relates') return [];
  return [from === id ? `${type} #${to}` : `#${from} ${type} this`];
}
