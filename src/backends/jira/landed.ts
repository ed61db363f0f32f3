import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Applied } from '../backend.ts';
import { wereSet } from '../labels/change.ts';
import type { JiraClient } from './client.ts';
import { revisionTime, type Issues } from './issues.ts';
import { hasKey } from './mark.ts';
import type { People } from './people.ts';
import type { Timelines } from './timeline.ts';
import { notTaken } from './write.ts';

const markedSchema = v.object({
  issues: v.array(
    v.object({ id: v.string(), properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});

/** Finds out whether a step reached Jira: texts and work logs carry its key, changes can be seen. */
export class Landings {
  readonly #client: JiraClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;

  constructor(client: JiraClient, people: People, issues: Issues, timelines: Timelines) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#timelines = timelines;
  }

  async find(
    key: string,
    id: string | undefined,
    step: Step,
    watermark: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    if (step.type === 'create') return this.#created(key, signal);
    if (id === undefined) return ok(undefined);
    if (step.type !== 'post' && step.type !== 'time' && step.type !== 'update') return ok(undefined);
    const landed = await this.#landed(key, id, step, watermark, signal);
    return landed.ok ? ok(landed.value ? { ticketId: id } : undefined) : landed;
  }

  async #created(key: string, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    const found = await this.#client.get(markedSchema, '/search/jql', signal, {
      jql: 'creator = currentUser() ORDER BY created DESC',
      fields: 'summary',
      properties: 'deskside',
      maxResults: 50,
    });
    if (!found.ok) return found;
    const ours = found.value.issues.find(({ properties }) =>
      hasKey(
        Object.entries(properties).map(([name, value]) => ({ key: name, value })),
        key,
      ),
    );
    return ok(ours && { ticketId: ours.id });
  }

  async #landed(
    key: string,
    id: string,
    step: Extract<Step, { type: 'post' | 'time' | 'update' }>,
    watermark: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    if (step.type !== 'update') {
      const list =
        step.type === 'post'
          ? await this.#timelines.comments(id, signal)
          : await this.#timelines.worklogs(id, signal);
      return list.ok ? ok(list.value.some(({ properties }) => hasKey(properties, key))) : list;
    }
    const found = await this.#issues.get(id, signal);
    if (!found.ok) return found;
    if (notTaken(found.value.ticket, step.fields) === undefined) return ok(true);
    if (watermark === undefined) return ok(false);
    const [me, entries] = await Promise.all([
      this.#people.me(signal),
      this.#timelines.entries(found.value, signal),
    ]);
    if (!me.ok) return me;
    return entries.ok
      ? ok(wereSet(step.fields, entries.value, me.value.id, revisionTime(watermark)))
      : entries;
  }
}
