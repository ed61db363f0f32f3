import { fail, ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { marked } from '../content/mark.ts';
import { forRequester } from '../content/requester.ts';
import { unable } from '../content/unable.ts';
import { written } from '../content/written.ts';
import { labelChange } from '../labels/change.ts';
import { changeLabels, type LabelChange } from '../labels/meaning.ts';
import { doStep, rejected, unclear, unsupported, type Act, type StepOf, type Ways } from '../parts/steps.ts';
import { checked, type GitHubClient } from './client.ts';
import { stateOf, type Found, type Issues } from './issues.ts';
import { vocabularyOf } from './labels.ts';
import type { People } from './people.ts';
import { issueSchema } from './schema.ts';

/** Does one step, each of which is one request. GitHub drops what our rights do not allow and says nothing. */
export class Writer implements Ways<string>, Pick<Backend, 'apply'> {
  readonly system = 'GitHub';
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;

  constructor(client: GitHubClient, people: People, issues: Issues) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
  }

  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return doStep(this, sending, signal);
  }

  find(ticketId: string): Promise<Result<string>> {
    const path = `${this.#issues.path}/issues/${ticketId}`;
    return Promise.resolve(
      /^\d{1,15}$/.test(ticketId)
        ? ok(path)
        : fail({ reason: 'not-found', message: 'There is no such issue.' }),
    );
  }

  async post({ key, step, found }: Act<'post', string>, signal: AbortSignal): Promise<Result<unknown>> {
    if (step.visibility === 'internal') {
      return unsupported('GitHub has no internal notes: everybody who sees the issue would read it.');
    }
    const text = written(step);
    if (text.trim() === '') return rejected(undefined, 'There is no text to send.');
    if (step.files?.length) return noFiles();
    return stayed(await this.#client.send('POST', `${found}/comments`, { body: marked(text, key) }, signal));
  }

  time() {
    return Promise.resolve(unsupported('GitHub does not count working time.'));
  }

  attach() {
    return Promise.resolve(noFiles());
  }

  async create({ key, step }: Sending<StepOf<'create'>>, signal: AbortSignal): Promise<Result<Applied>> {
    const { ticket } = step;
    if (ticket.subject.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    const fields = { team: ticket.team, priority: ticket.priority, tags: ticket.tags };
    const change = await this.#labelChange(fields, signal);
    if (!change.ok) return change;
    const labels = changeLabels([], change.value, this.#issues.account.labels);
    const { requester, description } = ticket;
    const text = requester === undefined ? description : forRequester(requester, description);
    const body = { title: ticket.subject, body: marked(text, key), ...(labels.length > 0 && { labels }) };
    const sent = stayed(await this.#client.send('POST', `${this.#issues.path}/issues`, body, signal));
    if (!sent.ok) return sent;
    const created = checked(issueSchema, sent.value.body, 'the new issue');
    return created.ok
      ? ok({ ticketId: String(created.value.number) })
      : unclear('GitHub did not say which issue it made.');
  }

  async update(
    { ticketId, step, found: path }: Act<'update', string>,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const { fields } = step;
    if (fields.tier !== undefined) return unsupported('GitHub has no tiers; a team can be one.');
    if (fields.custom !== undefined) return unable(this.system, { type: 'custom' });
    if (fields.subject?.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    const found = await this.#issues.get(ticketId, signal);
    if (!found.ok) return found;
    if (found.value.moved) return rejected(undefined, `The issue was ${found.value.ticket.status.name}.`);
    const change = await this.#labelChange(fields, signal);
    if (!change.ok) return change;
    const assignees = await this.#assignees(found.value, fields.assignee, signal);
    if (!assignees.ok) return assignees;
    const { raw } = found.value;
    const labels = changeLabels(raw.labels, change.value, this.#issues.account.labels);
    const patch = {
      ...(fields.subject !== undefined && { title: fields.subject }),
      ...(fields.status !== undefined && stateOf(fields.status)),
      ...(Object.keys(change.value).length > 0 && { labels }),
      ...(assignees.value && { assignees: assignees.value }),
    };
    const sent = stayed(await this.#client.send('PATCH', path, patch, signal));
    if (!sent.ok) return sent;
    const after = checked(issueSchema, sent.value.body, path);
    if (!after.ok) return unclear(after.error.message);
    const dropped = this.#issues.notTaken(after.value, fields);
    return dropped === undefined
      ? ok()
      : rejected(dropped, `GitHub did not take the new ${dropped}: that needs the role Triage or more.`);
  }

  #labelChange(fields: TicketFields, signal: AbortSignal): Promise<Result<LabelChange>> {
    return labelChange(fields, this.#issues.bare, () => vocabularyOf(this.#client, this.#issues, signal));
  }

  /** Others who are assigned too stay; nobody is nobody. */
  async #assignees(
    { raw }: Found,
    wanted: string | null | undefined,
    signal: AbortSignal,
  ): Promise<Result<string[] | undefined>> {
    if (wanted === undefined) return ok(undefined);
    if (wanted === null) return ok([]);
    const assignable = await this.#people.isAssignable(wanted, signal);
    if (!assignable.ok) return assignable;
    if (!assignable.value) return rejected('assignee', `"${wanted}" can't be assigned to issues here.`);
    const others = raw.assignees.slice(1).map(({ login }) => login);
    return ok([wanted, ...others.filter((login) => login !== wanted)]);
  }
}

/** A redirect means that the issue, or the repository, has moved: nothing was done there. */
function stayed<T extends { status: number }>(sent: Result<T>): Result<T> {
  return sent.ok && sent.value.status >= 300
    ? rejected(undefined, 'The issue was moved to another repository; nothing was changed there.')
    : sent;
}

function noFiles() {
  return unsupported('GitHub takes files in the browser only.');
}
