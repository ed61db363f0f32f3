import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';
import type { SentFile, Step, TicketFields } from '../../desk/operation.ts';
import type { Applied } from '../backend.ts';
import { fileName } from '../content/fileName.ts';
import { marked } from '../content/mark.ts';
import { forRequester } from '../content/requester.ts';
import { unable } from '../content/unable.ts';
import { written } from '../content/written.ts';
import { labelChange } from '../labels/change.ts';
import { changeLabels, same } from '../labels/meaning.ts';
import type { GitLabClient } from './client.ts';
import { closed, missing, type Found, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema, noteSchema, uploadSchema } from './schema.ts';
import { isInternal } from './timeline.ts';
import * as v from 'valibot';

type Of<T extends Step['type']> = Extract<Step, { type: T }>;
const anything = v.unknown();

/** Does one step. What GitLab left out of a change it does not say, so the answer is looked at. */
export class Writer {
  readonly #client: GitLabClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #mayNote: () => Promise<Result<boolean>>;

  /** `mayNote`: does this server keep our notes internal? */
  constructor(client: GitLabClient, people: People, issues: Issues, mayNote: () => Promise<Result<boolean>>) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#mayNote = mayNote;
  }

  async apply(
    key: string,
    ticketId: string | undefined,
    step: Step,
    signal: AbortSignal,
  ): Promise<Result<Applied>> {
    if (step.type === 'create') return this.#create(key, step, signal);
    if (ticketId === undefined || !/^\d{1,15}$/.test(ticketId)) return missing(ticketId ?? '');
    const found = await this.#issues.get(ticketId, signal);
    if (!found.ok) return found;
    if (found.value.raw.moved_to_id) {
      return rejected(undefined, 'The issue was moved to another project; nothing was changed.');
    }
    const done = await this.#change(key, found.value, step, signal);
    return done.ok ? ok({ ticketId }) : done;
  }

  #change(
    key: string,
    found: Found,
    step: Exclude<Step, Of<'create'>>,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    switch (step.type) {
      case 'post':
        return this.#post(key, found, step, signal);
      case 'update':
        return this.#update(found, step.fields, signal);
      case 'time': {
        const body = { duration: `${Math.round(step.minutes)}m`, ...(step.note && { summary: step.note }) };
        return this.#client.send(
          anything,
          'POST',
          `${this.#issues.pathOf(found.ticket.id)}/add_spent_time`,
          body,
          signal,
        );
      }
      case 'attach':
        return this.#attach(key, found, step, signal);
      case 'watch':
      case 'relate':
      case 'merge':
        return Promise.resolve(unable('GitLab', step));
    }
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
      const may = await this.#mayNote();
      if (!may.ok) return may;
      if (!may.value) return noNotes('Your role or this GitLab does not allow internal notes.');
    }
    const path = `${this.#issues.pathOf(id)}/notes`;
    const body = { body: marked(text, key), ...(internal && { internal }) };
    const note = await this.#client.send(noteSchema, 'POST', path, body, signal);
    if (!note.ok || !internal || isInternal(note.value)) return note;
    await this.#client.delete(`${path}/${note.value.id}`, signal);
    return noNotes('GitLab made a public note of it, which was deleted at once.');
  }

  async #post(
    key: string,
    { ticket }: Found,
    step: Of<'post'>,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const text = written(step);
    const links: string[] = [];
    if (text.trim() !== '') {
      for (const file of step.files ?? []) {
        const uploaded = await this.#upload(file, signal);
        if (!uploaded.ok) return uploaded;
        links.push(uploaded.value.markdown);
      }
    }
    const whole = [text, ...links].join('\n\n');
    return this.#say(key, ticket.id, whole, step.visibility, signal);
  }

  async #attach(
    key: string,
    { ticket }: Found,
    step: Of<'attach'>,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const uploaded = await this.#upload(step, signal);
    return uploaded.ok
      ? this.#say(key, ticket.id, uploaded.value.markdown, step.visibility, signal)
      : uploaded;
  }

  #upload({ name, mediaType, base64 }: SentFile, signal: AbortSignal) {
    const file = { field: 'file', name: fileName(name), mediaType, bytes: Buffer.from(base64, 'base64') };
    return this.#client.upload(uploadSchema, `${this.#issues.project.path}/uploads`, file, signal);
  }

  async #create(key: string, { ticket }: Of<'create'>, signal: AbortSignal): Promise<Result<Applied>> {
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

  async #update(found: Found, fields: TicketFields, signal: AbortSignal): Promise<Result<unknown>> {
    if (fields.tier !== undefined) {
      return fail({ reason: 'unsupported', message: 'GitLab has no tiers; a team can be one.' });
    }
    if (fields.custom !== undefined) return unable('GitLab', { type: 'custom' });
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
    if (!mapper.ok) return fail({ reason: 'unknown-outcome', message: mapper.error.message });
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

function noNotes(message: string) {
  return fail({ reason: 'unsupported', message });
}

function rejected(field: string | undefined, message: string): { ok: false; error: DeskError } {
  return fail({ reason: 'rejected', message, ...(field !== undefined && { field }) });
}
