import { ok, type Result } from '../../desk/errors.ts';
import type { SentFile, TicketFields } from '../../desk/operation.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { fileName } from '../content/fileName.ts';
import { marked } from '../content/mark.ts';
import { forRequester } from '../content/requester.ts';
import { unable } from '../content/unable.ts';
import { written } from '../content/written.ts';
import { labelChange } from '../labels/change.ts';
import { changeLabels, same } from '../labels/meaning.ts';
import { doStep, rejected, unclear, unsupported, type Act, type StepOf, type Ways } from '../parts/steps.ts';
import type { GitLabClient } from './client.ts';
import { closed, type Found, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema, noteSchema, uploadSchema } from './schema.ts';
import { isInternal } from './timeline.ts';
import * as v from 'valibot';

const anything = v.unknown();

/** Does one step. What GitLab left out of a change it does not say, so the answer is looked at. */
export class Writer implements Ways<Found>, Pick<Backend, 'apply'> {
  readonly system = 'GitLab';
  readonly #client: GitLabClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #mayNote: (signal: AbortSignal) => Promise<Result<boolean>>;

  /** `mayNote`: does this server keep our notes internal? */
  constructor(
    client: GitLabClient,
    people: People,
    issues: Issues,
    mayNote: (signal: AbortSignal) => Promise<Result<boolean>>,
  ) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#mayNote = mayNote;
  }

  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return doStep(this, sending, signal);
  }

  async find(ticketId: string, signal: AbortSignal): Promise<Result<Found>> {
    const found = await this.#issues.get(ticketId, signal);
    return found.ok && found.value.raw.moved_to_id
      ? rejected(undefined, 'The issue was moved to another project; nothing was changed.')
      : found;
  }

  async post({ key, step, ticketId }: Act<'post', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const text = written(step);
    const links: string[] = [];
    if (text.trim() !== '') {
      for (const file of step.files ?? []) {
        const uploaded = await this.#upload(file, signal);
        if (!uploaded.ok) return uploaded;
        links.push(uploaded.value.markdown);
      }
    }
    return this.#say(key, ticketId, [text, ...links].join('\n\n'), step.visibility, signal);
  }

  time({ step, ticketId }: Act<'time', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const body = { duration: `${Math.round(step.minutes)}m`, ...(step.note && { summary: step.note }) };
    const path = `${this.#issues.pathOf(ticketId)}/add_spent_time`;
    return this.#client.send(anything, 'POST', path, body, signal);
  }

  /** A server or a role that does not know internal notes would publish one: so it is asked before and looked at after. */
  async #say(
    key: string,
    id: string,
    text: string,
    visibility: 'public' | 'internal',
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    if (text.trim() === '') return rejected(undefined, 'There is no text to send.');
    const internal = visibility === 'internal';
    if (internal) {
      const may = await this.#mayNote(signal);
      if (!may.ok) return may;
      if (!may.value) return unsupported('Your role or this GitLab does not allow internal notes.');
    }
    const path = `${this.#issues.pathOf(id)}/notes`;
    const body = { body: marked(text, key), ...(internal && { internal }) };
    const note = await this.#client.send(noteSchema, 'POST', path, body, signal);
    if (!note.ok || !internal || isInternal(note.value)) return note;
    await this.#client.delete(`${path}/${note.value.id}`, signal);
    return unsupported('GitLab made a public note of it, which was deleted at once.');
  }

  async attach({ key, step, ticketId }: Act<'attach', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const uploaded = await this.#upload(step, signal);
    return uploaded.ok
      ? this.#say(key, ticketId, uploaded.value.markdown, step.visibility, signal)
      : uploaded;
  }

  #upload({ name, mediaType, base64 }: SentFile, signal: AbortSignal) {
    const file = { field: 'file', name: fileName(name), mediaType, bytes: Buffer.from(base64, 'base64') };
    return this.#client.upload(uploadSchema, `${this.#issues.project.path}/uploads`, file, signal);
  }

  async create({ key, step }: Sending<StepOf<'create'>>, signal: AbortSignal): Promise<Result<Applied>> {
    const { ticket } = step;
    if (ticket.subject.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    const fields = { team: ticket.team, priority: ticket.priority, tags: ticket.tags };
    const change = await this.#labels(fields, signal);
    if (!change.ok) return change;
    const labels = changeLabels([], change.value, this.#issues.account.labels);
    const { requester, description } = ticket;
    const text = requester === undefined ? description : forRequester(requester, description);
    const body = {
      title: ticket.subject,
      description: marked(text, key),
      ...(labels.length > 0 && { labels: labels.join(',') }),
    };
    const created = await this.#client.send(
      issueSchema,
      'POST',
      `${this.#issues.project.path}/issues`,
      body,
      signal,
    );
    return created.ok ? ok({ ticketId: String(created.value.iid) }) : created;
  }

  async update({ step, found }: Act<'update', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const { fields } = step;
    if (fields.tier !== undefined) return unsupported('GitLab has no tiers; a team can be one.');
    if (fields.custom !== undefined) return unable(this.system, { type: 'custom' });
    if (fields.subject?.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    const change = await this.#labels(fields, signal);
    if (!change.ok) return change;
    const assignees = await this.#assignees(found, fields.assignee, signal);
    if (!assignees.ok) return assignees;
    const { raw, ticket } = found;
    const labels = changeLabels(raw.labels, change.value, this.#issues.account.labels);
    // Only what changes is named, so that labels a colleague sets meanwhile stay.
    const added = labels.filter((label) => !raw.labels.some((one) => same(one, label)));
    const removed = raw.labels.filter((label) => !labels.some((one) => same(one, label)));
    const close = fields.status === undefined ? undefined : fields.status === closed.name;
    const body = {
      ...(fields.subject !== undefined && { title: fields.subject }),
      ...(close === true && raw.state !== 'closed' && { state_event: 'close' }),
      ...(close === false && raw.state === 'closed' && { state_event: 'reopen' }),
      ...(added.length > 0 && { add_labels: added.join(',') }),
      ...(removed.length > 0 && { remove_labels: removed.join(',') }),
      ...(assignees.value && { assignee_ids: assignees.value }),
    };
    if (Object.keys(body).length === 0) return ok();
    const sent = await this.#client.send(issueSchema, 'PUT', this.#issues.pathOf(ticket.id), body, signal);
    if (!sent.ok) return sent;
    const mapper = await this.#issues.mapper(signal);
    if (!mapper.ok) return unclear(mapper.error.message);
    const dropped = this.#issues.notTaken({ raw: sent.value, ticket: mapper.value(sent.value) }, fields);
    return dropped === undefined
      ? ok()
      : rejected(dropped, `GitLab did not take the new ${dropped}; your role may not allow it.`);
  }

  #labels(fields: TicketFields, signal: AbortSignal) {
    return labelChange(fields, this.#issues.bare, () => this.#issues.vocabulary(signal));
  }

  /** GitLab's numbers of people; 0 is nobody. Further assignees stay. */
  async #assignees(
    { raw }: Found,
    wanted: string | null | undefined,
    signal: AbortSignal,
  ): Promise<Result<number[] | undefined>> {
    if (wanted === undefined) return ok(undefined);
    if (wanted === null) return ok([0]);
    const members = await this.#people.members(signal);
    if (!members.ok) return members;
    const member = members.value.find(({ username }) => username === wanted);
    if (member === undefined) return rejected('assignee', `"${wanted}" is not a member of this project.`);
    const others = raw.assignees.slice(1).map(({ id }) => id);
    return ok([member.id, ...others.filter((id) => id !== member.id)]);
  }
}
