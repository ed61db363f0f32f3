import { ok, type Result } from '../../desk/errors.ts';
import type { Step, TicketFields } from '../../desk/operation.ts';
import type { Applied } from '../backend.ts';
import { hasMark } from '../content/mark.ts';
import { wereSet } from '../labels/change.ts';
import { perPage, checked, type GitHubClient } from './client.ts';
import { revisionTime, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { commentSchema, issueSchema } from './schema.ts';
import type { Timelines } from './timeline.ts';

/** Finds out whether a step reached GitHub: texts carry its key, changes can be seen. */
export class Landings {
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;

  constructor(client: GitHubClient, people: People, issues: Issues, timelines: Timelines) {
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
    if (step.type === 'create') return this.#created(key, me.value.id, signal);
    if (ticketId === undefined) return ok(undefined);
    const landed =
      step.type === 'post'
        ? await this.#posted(key, ticketId, me.value.id, signal)
        : step.type === 'update'
          ? await this.#updated(ticketId, step.fields, watermark, me.value.id, signal)
          : ok(false);
    return landed.ok ? ok(landed.value ? { ticketId } : undefined) : landed;
  }

  async #posted(key: string, id: string, me: string, signal: AbortSignal): Promise<Result<boolean>> {
    const comments = await this.#client.all(
      commentSchema,
      `${this.#issues.path}/issues/${encodeURIComponent(id)}/comments`,
      signal,
    );
    return comments.ok
      ? ok(comments.value.some(({ body, user }) => user.login === me && hasMark(body, key)))
      : comments;
  }

  /** Among our newest issues: nobody makes a hundred while an answer is lost. */
  async #created(key: string, me: string, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    const path = `${this.#issues.path}/issues`;
    const listed = await this.#client.page(path, signal, {
      creator: me,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: perPage,
    });
    if (!listed.ok) return listed;
    for (const item of listed.value.items) {
      const issue = checked(issueSchema, item, path);
      if (issue.ok && hasMark(issue.value.body, key)) return ok({ ticketId: String(issue.value.number) });
    }
    return ok(undefined);
  }

  /** It is as we wanted it, or was so by our hand and somebody changed it since. */
  async #updated(
    id: string,
    fields: TicketFields,
    watermark: string | undefined,
    me: string,
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    const found = await this.#issues.get(id, signal);
    if (!found.ok) return found;
    if (this.#issues.notTaken(found.value.raw, fields) === undefined) return ok(true);
    if (watermark === undefined) return ok(false);
    const entries = await this.#timelines.entries(found.value, signal);
    if (!entries.ok) return entries;
    return ok(wereSet(fields, entries.value, me, revisionTime(watermark)));
  }
}
