import { ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Applied } from '../backend.ts';
import { hasMark } from '../content/mark.ts';
import { wereSet } from '../labels/change.ts';
import { checked, type GitLabClient } from './client.ts';
import { revisionTime, type Found, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema } from './schema.ts';
import type { Timelines } from './timeline.ts';

/** Finds out whether a step reached GitLab: texts carry its key, time and changes are told by the history. */
export class Landings {
  readonly #client: GitLabClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;

  constructor(client: GitLabClient, people: People, issues: Issues, timelines: Timelines) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#timelines = timelines;
  }

  async find(
    key: string,
    ticketId: string | undefined,
    step: Step,
    watermark: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    if (step.type === 'create') return this.#created(key, signal);
    if (ticketId === undefined) return ok(undefined);
    const landed =
      step.type === 'post' || step.type === 'attach'
        ? await this.#said(key, ticketId, me.value.id, signal)
        : step.type === 'update' || step.type === 'time'
          ? await this.#done(step, ticketId, watermark, me.value.id, signal)
          : ok(false);
    return landed.ok ? ok(landed.value ? { ticketId } : undefined) : landed;
  }

  async #said(key: string, id: string, me: string, signal: AbortSignal): Promise<Result<boolean>> {
    const notes = await this.#timelines.notes(id, signal);
    return notes.ok
      ? ok(notes.value.some(({ body, author }) => author.username === me && hasMark(body, key)))
      : notes;
  }

  /** Among our newest issues: nobody makes a hundred while an answer is lost. */
  async #created(key: string, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    const path = `${this.#issues.project.path}/issues`;
    const query = { scope: 'created_by_me', order_by: 'created_at', sort: 'desc' };
    const listed = await this.#client.page(path, signal, query);
    if (!listed.ok) return listed;
    for (const item of listed.value.items) {
      const issue = checked(issueSchema, item, path);
      if (issue.ok && hasMark(issue.value.description, key)) return ok({ ticketId: String(issue.value.iid) });
    }
    return ok(undefined);
  }

  async #done(
    step: Extract<Step, { type: 'update' | 'time' }>,
    id: string,
    watermark: string | undefined,
    me: string,
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    const found: Result<Found> = await this.#issues.get(id, signal);
    if (!found.ok) return found;
    if (step.type === 'update' && this.#issues.notTaken(found.value, step.fields) === undefined)
      return ok(true);
    if (watermark === undefined) return ok(false);
    const entries = await this.#timelines.entries(found.value, signal);
    if (!entries.ok) return entries;
    const after = revisionTime(watermark);
    if (step.type === 'update') return ok(wereSet(step.fields, entries.value, me, after));
    const ours = entries.value.filter((entry) => entry.author.id === me && entry.at > after);
    return ok(ours.some((entry) => entry.kind === 'time' && entry.minutes === Math.round(step.minutes)));
  }
}
