import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { NewTicket } from '../../desk/operation.ts';
import type { Person, TicketKind } from '../../desk/ticket.ts';
import type { Applied } from '../backend.ts';
import type { RedmineClient } from './client.ts';
import type { Fields } from './fields.ts';
import { kindOf } from './labels.ts';
import type { Lookups } from './lookups.ts';
import type { People } from './people.ts';
import { withRequester } from './requester.ts';
import type { RightsOf } from './rights.ts';
import type { RedmineProject } from './schema.ts';

const createdSchema = v.object({ issue: v.object({ id: v.number() }) });

/** Makes tickets. */
export class Creator {
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #lookups: Lookups;
  readonly #people: People;
  readonly #fields: Fields;

  constructor(parts: {
    client: RedmineClient;
    rights: RightsOf;
    lookups: Lookups;
    people: People;
    fields: Fields;
  }) {
    this.#client = parts.client;
    this.#rights = parts.rights;
    this.#lookups = parts.lookups;
    this.#people = parts.people;
    this.#fields = parts.fields;
  }

  async create(ticket: NewTicket, signal: AbortSignal): Promise<Result<Applied>> {
    const project = await this.#projectFor(ticket.team, signal);
    if (!project.ok) return project;
    const priority =
      ticket.priority === undefined ? ok(undefined) : await this.#fields.priority(ticket.priority, signal);
    if (!priority.ok) return priority;
    const requester = await this.#requester(ticket, project.value.id, signal);
    if (!requester.ok) return requester;
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const tracker = trackerFor(ticket.kind, project.value);
    const { value: who } = requester;
    const watches = typeof who === 'object' && rights.value.may(project.value.id, 'add_issue_watchers');
    const sent = await this.#client.send(
      'POST',
      '/issues',
      {
        issue: {
          project_id: Number(project.value.id),
          ...(tracker && { tracker_id: Number(tracker.id) }),
          subject: ticket.subject,
          description: who === undefined ? ticket.description : withRequester(ticket.description, who),
          ...(priority.value !== undefined && { priority_id: priority.value }),
          ...(watches && { watcher_user_ids: [Number(who.id)] }),
        },
      },
      signal,
    );
    if (!sent.ok) return sent;
    const created = v.safeParse(createdSchema, sent.value);
    return created.success
      ? ok({ ticketId: String(created.output.issue.id) })
      : fail({ reason: 'unknown-outcome', message: 'Redmine did not say which ticket it made.' });
  }

  async #projectFor(team: string | undefined, signal: AbortSignal): Promise<Result<RedmineProject>> {
    const all = await this.#lookups.projects(signal);
    if (!all.ok) return all;
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const open = all.value.filter(({ id }) => rights.value.may(id, 'add_issues'));
    if (team === undefined) {
      return open[0] === undefined
        ? fail({ reason: 'unsupported', message: 'You may not create tickets in any project.' })
        : ok(open[0]);
    }
    const id = await this.#fields.team(team, undefined, signal);
    if (!id.ok) return id;
    const found = open.find((project) => project.id === id.value);
    return found === undefined
      ? fail({ reason: 'rejected', field: 'team', message: `There is no project "${team}".` })
      : ok(found);
  }

  /** Somebody else than us, as a member of the project where they are one. */
  async #requester(
    { requester }: NewTicket,
    projectId: string,
    signal: AbortSignal,
  ): Promise<Result<Person | string | undefined>> {
    if (requester === undefined || requester.trim() === '') return ok(undefined);
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const { me } = rights.value;
    if (requester === me.id || requester === me.email) return ok(undefined);
    const found = await this.#people.find(requester, projectId, signal);
    if (!found.ok) return found.error.reason === 'forbidden' ? ok(requester) : found;
    if (found.value?.id === me.id) return ok(undefined);
    return ok(found.value ?? requester);
  }
}

/** The tracker whose name fits the kind, otherwise the project's first. */
function trackerFor(kind: TicketKind, { trackers }: RedmineProject) {
  return trackers.find(({ name }) => kindOf(name) === kind) ?? trackers[0];
}
