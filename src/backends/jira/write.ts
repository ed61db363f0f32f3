import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { written } from '../content/written.ts';
import { doStep, rejected, unclear, unsupported, type Act, type StepOf, type Ways } from '../parts/steps.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import type { Files, Parcel } from './files.ts';
import { fieldsFor, isSet } from './fields.ts';
import { missing, type Found, type Issues } from './issues.ts';
import { relate } from './links.ts';
import { document } from './mark.ts';
import type { People } from './people.ts';
import { internalComment, isInternal } from './timeline.ts';
import { commentSchema, createdSchema, editMetaSchema, nameSchema, typeSchema } from './schema.ts';
import { onTheWay, transitionsOf } from './transitions.ts';

/** Does one step. Every text is sent as a document, with the step's key in a property beside it. */
export class Writer implements Ways<void>, Pick<Backend, 'apply'> {
  readonly system = 'Jira';
  readonly #client: JiraClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #written: Set<string>;
  readonly #edition: Edition;
  readonly #files: Files;

  constructor(parts: {
    client: JiraClient;
    people: People;
    issues: Issues;
    files: Files;
    written: Set<string>;
    edition: Edition;
  }) {
    this.#client = parts.client;
    this.#people = parts.people;
    this.#issues = parts.issues;
    this.#files = parts.files;
    this.#written = parts.written;
    this.#edition = parts.edition;
  }

  async apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    const done = await doStep(this, sending, signal);
    if (done.ok) this.#remember(done.value.ticketId);
    return done;
  }

  find(ticketId: string): Promise<Result<void>> {
    return Promise.resolve(/^\d{1,18}$/.test(ticketId) ? ok() : missing());
  }

  /** The last one changed is the last one in the set. */
  #remember(id: string): void {
    this.#written.delete(id);
    this.#written.add(id);
  }

  /** Only a service desk knows internal comments; anywhere else everybody would read them. */
  async post({ key, step, ticketId: id }: Act<'post', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const text = written(step);
    if (text.trim() === '') return rejected(undefined, 'There is no text to send.');
    if (step.files?.length) {
      const left = await this.#send(
        id,
        { key, text, visibility: step.visibility, files: step.files },
        signal,
      );
      if (!left.ok || left.value === '') return left;
    }
    const internal = step.visibility === 'internal';
    if (internal) {
      const found = await this.#issues.get(id, signal);
      if (!found.ok) return found;
      const projects = await this.#people.projects(signal);
      if (!projects.ok) return projects;
      const project = projects.value.find(({ key: one }) => one === found.value.raw.fields.project.key);
      if (project?.projectTypeKey !== 'service_desk') {
        return unsupported('This project is no service desk: everybody would read the note.');
      }
    }
    const { body, property } = document(text, key, this.#edition.bodyOf);
    const path = `/issue/${id}/comment`;
    const properties = internal ? [property, internalComment] : [property];
    const sent = await this.#client.send('POST', path, { body, properties }, signal, {
      expand: 'properties',
    });
    if (!sent.ok || !internal) return sent;
    const comment = v.safeParse(commentSchema, sent.value.body);
    if (!comment.success) return unclear('Jira did not say what it made of it.');
    if (isInternal(comment.output)) return sent;
    await this.#client.delete(`${path}/${comment.output.id}`, signal);
    return unsupported('Jira made a public comment of it, which was deleted at once.');
  }

  time({ key, step, ticketId: id }: Act<'time', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const { body, property } = document(step.note ?? '', key, this.#edition.bodyOf);
    return this.#client.send(
      'POST',
      `/issue/${id}/worklog`,
      {
        timeSpentSeconds: secondsOf(step.minutes),
        ...(step.note && { comment: body }),
        ...(this.#edition.marksWork && { properties: [property] }),
      },
      signal,
    );
  }

  attach({ key, step, ticketId: id }: Act<'attach', void>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#send(id, { key, text: '', visibility: step.visibility, files: [step] }, signal);
  }

  async #send(id: string, parcel: Parcel, signal: AbortSignal): Promise<Result<string>> {
    const found = await this.#issues.get(id, signal);
    return found.ok ? this.#files.send(found.value.raw, parcel, signal) : found;
  }

  async relate({ step, ticketId: id }: Act<'relate', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const found = await this.#issues.get(id, signal);
    return found.ok ? relate(this.#client, found.value.raw, step, signal) : found;
  }

  async create({ key, step }: Sending<StepOf<'create'>>, signal: AbortSignal): Promise<Result<Applied>> {
    const { ticket } = step;
    if (ticket.subject.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    const projects = await this.#people.projects(signal);
    if (!projects.ok) return projects;
    const { team } = ticket;
    const project = team === undefined ? projects.value[0] : projects.value.find(({ name }) => name === team);
    if (project === undefined)
      return rejected('team', `There is no project "${team ?? ''}" that you may see.`);
    const types = await this.#client.all(
      typeSchema,
      `/issue/createmeta/${project.key}/issuetypes`,
      this.#edition.typesIn,
      signal,
    );
    if (!types.ok) return types;
    const usable = types.value.filter(({ subtask }) => !subtask);
    const type = usable.find(({ name }) => name.toLowerCase().includes(ticket.kind)) ?? usable[0];
    if (type === undefined) return unsupported(`You may not create tickets in "${project.name}".`);
    const reporter = await this.#reporter(ticket.requester, signal);
    if (!reporter.ok) return reporter;
    const { body, property } = document(ticket.description, key, this.#edition.bodyOf);
    const fields = {
      project: { key: project.key },
      issuetype: { id: type.id },
      summary: ticket.subject,
      description: body,
      ...(ticket.tags.length > 0 && { labels: ticket.tags.map(labelOf) }),
      ...(ticket.priority !== undefined && { priority: { name: ticket.priority } }),
      ...(reporter.value && { reporter: { [this.#edition.personId]: reporter.value.id } }),
    };
    const sent = await this.#client.send('POST', '/issue', { fields, properties: [property] }, signal);
    if (!sent.ok) return sent;
    const created = v.safeParse(createdSchema, sent.value.body);
    if (!created.success) return unclear('Jira did not say which issue it made.');
    return ok({ ticketId: created.output.id });
  }

  async #reporter(requester: string | undefined, signal: AbortSignal): Promise<Result<Person | undefined>> {
    if (requester === undefined) return ok(undefined);
    const found = await this.#people.find(requester, signal);
    if (!found.ok) return found;
    const [person, another] = found.value;
    if (person === undefined) return rejected('requester', `Jira does not know "${requester}".`);
    return another === undefined
      ? ok(person)
      : rejected('requester', `Jira knows several "${requester}": give the e-mail address.`);
  }

  /** Everything is looked at before anything is sent, because a status is set by a request of its own. */
  async update({ step, ticketId: id }: Act<'update', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const { fields } = step;
    const found = await this.#issues.get(id, signal);
    if (!found.ok) return found;
    const transition = await this.#transition(found.value, fields, signal);
    if (!transition.ok) return transition;
    const refusal = await this.#refusal(found.value, fields, signal);
    if (!refusal.ok) return refusal;
    const custom = await this.#custom(id, transition.value.left, signal);
    if (!custom.ok) return custom;
    const { subject, priority, tags, assignee } = fields;
    const changed = {
      ...custom.value,
      ...(subject !== undefined && { summary: subject }),
      ...(priority !== undefined && { priority: { name: priority } }),
      ...(tags && { labels: tags.map(labelOf) }),
      ...(assignee !== undefined && {
        assignee: assignee === null ? null : { [this.#edition.personId]: assignee },
      }),
    };
    if (Object.keys(changed).length > 0) {
      const put = await this.#client.send('PUT', `/issue/${id}`, { fields: changed }, signal);
      if (!put.ok) return put;
    }
    const { body } = transition.value;
    return body === undefined ? ok() : this.#client.send('POST', `/issue/${id}/transitions`, body, signal);
  }

  async #refusal({ ticket }: Found, fields: TicketFields, signal: AbortSignal): Promise<Result<void>> {
    if (fields.tier !== undefined) return unsupported('Jira has no tiers.');
    if (fields.subject?.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    if (fields.team !== undefined && fields.team !== ticket.team) {
      const projects = await this.#people.projects(signal);
      if (!projects.ok) return projects;
      return projects.value.some(({ name }) => name === fields.team)
        ? unsupported('Jira moves issues between projects in the browser only.')
        : rejected('team', `There is no project "${fields.team}" that you may see.`);
    }
    if (fields.priority !== undefined) {
      const known = await this.#client.get(v.array(nameSchema), '/priority', signal);
      if (!known.ok) return known;
      if (!known.value.some(({ name }) => name === fields.priority)) {
        return rejected('priority', `There is no priority "${fields.priority}".`);
      }
    }
    return ok();
  }

  /** The way to a status, with what its screen asks for. Of `custom`, what is on no screen is set like other fields. */
  async #transition(
    { raw, ticket }: Found,
    { status, custom = {} }: TicketFields,
    signal: AbortSignal,
  ): Promise<Result<{ body?: object; left: NonNullable<TicketFields['custom']> }>> {
    if (status === undefined || status === ticket.status.name) return ok({ left: custom });
    const offered = await transitionsOf(this.#client, raw.id, signal);
    if (!offered.ok) return offered;
    const way = offered.value.find(({ to }) => to.name === status);
    return way === undefined
      ? rejected('status', `The ticket can't become "${status}" now.`)
      : onTheWay(way, custom, this.#edition);
  }

  async #custom(
    id: string,
    custom: NonNullable<TicketFields['custom']>,
    signal: AbortSignal,
  ): Promise<Result<Record<string, unknown>>> {
    if (Object.keys(custom).length === 0) return ok({});
    const metas = await this.#client.get(editMetaSchema, `/issue/${id}/editmeta`, signal);
    return metas.ok ? fieldsFor(custom, metas.value.fields, this.#edition) : metas;
  }
}

/** The first of the fields that a ticket does not have as it was asked for. */
export function notTaken(is: Ticket, fields: TicketFields): keyof TicketFields | undefined {
  const sorted = (tags: readonly string[]) => JSON.stringify([...tags].sort());
  const asked: [keyof TicketFields, boolean][] = [
    ['subject', fields.subject === undefined || fields.subject.trim() === is.subject.trim()],
    ['status', fields.status === undefined || fields.status === is.status.name],
    ['priority', fields.priority === undefined || fields.priority === is.priority.name],
    ['team', fields.team === undefined || fields.team === is.team],
    ['tags', fields.tags === undefined || sorted(fields.tags.map(labelOf)) === sorted(is.tags)],
    ['custom', fields.custom === undefined || isSet(is, fields.custom)],
    ['assignee', fields.assignee === undefined || (fields.assignee ?? undefined) === is.assignee?.id],
  ];
  return asked.find(([, taken]) => !taken)?.[0];
}

/** Jira counts whole minutes, and at least one. */
export function secondsOf(minutes: number): number {
  return Math.max(1, Math.round(minutes)) * 60;
}

/** Jira's labels have no spaces. */
export function labelOf(tag: string): string {
  return tag.trim().replace(/\s+/g, '-');
}
