import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Relation, Watcher } from '../../desk/ticket.ts';
import type { TieStep } from '../content/unable.ts';
import type { RedmineClient } from './client.ts';
import type { RightsOf } from './rights.ts';
import type { RedmineIssue } from './schema.ts';
import type { Found, Tickets } from './tickets.ts';

type Of<T extends TieStep['type']> = Extract<Step, { type: T }>;

/** Ties a ticket to people and other tickets. Redmine drops in silence what it does not allow, so it is read again. */
export class Ties {
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #tickets: Tickets;

  constructor(client: RedmineClient, rights: RightsOf, tickets: Tickets) {
    this.#client = client;
    this.#rights = rights;
    this.#tickets = tickets;
  }

  async apply(
    { raw }: Found,
    step: Exclude<TieStep, Of<'merge'>>,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    if (isTied(raw, step)) return ok();
    const right = rightFor(step);
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    if (!rights.value.may(raw.project.id, right)) return forbidden(right, raw.project.name);
    const sent = await (step.type === 'watch'
      ? this.#watch(raw, step, signal)
      : this.#relate(raw, step, signal));
    if (!sent.ok) return sent;
    const after = await this.#tickets.get(raw.id, signal);
    if (!after.ok) return fail({ reason: 'unknown-outcome', message: after.error.message });
    return isTied(after.value.raw, step)
      ? ok()
      : fail({ reason: 'rejected', message: 'Redmine did not do it; your rights may not allow it.' });
  }

  #watch(raw: RedmineIssue, { change, watcher }: Of<'watch'>, signal: AbortSignal): Promise<Result<unknown>> {
    const path = `/issues/${raw.id}/watchers`;
    return change === 'add'
      ? this.#client.send('POST', path, { user_id: Number(watcher.id) }, signal)
      : this.#client.delete(`${path}/${encodeURIComponent(watcher.id)}`, signal);
  }

  #relate(raw: RedmineIssue, step: Of<'relate'>, signal: AbortSignal): Promise<Result<unknown>> {
    const { change, relation } = step;
    const other = Number(relation.ticketId);
    if (relation.kind === 'related') {
      if (change === 'add') {
        const made = { issue_to_id: other, relation_type: 'relates' };
        return this.#client.send('POST', `/issues/${raw.id}/relations`, { relation: made }, signal);
      }
      const there = raw.relations.find((one) => otherEnd(one, raw.id) === relation.ticketId);
      return there === undefined
        ? Promise.resolve(ok())
        : this.#client.delete(`/relations/${there.id}`, signal);
    }
    const [child, parent] =
      relation.kind === 'parent' ? [raw.id, String(other)] : [relation.ticketId, raw.id];
    const issue = { parent_issue_id: change === 'add' ? Number(parent) : null };
    return this.#client.send('PUT', `/issues/${encodeURIComponent(child)}`, { issue }, signal);
  }
}

/** Is it as the step wants it? Then it was done, or need not be. */
export function isTied(raw: RedmineIssue, step: TieStep): boolean {
  if (step.type === 'merge') return false;
  const there =
    step.type === 'watch'
      ? raw.watchers.some(({ id }) => id === step.watcher.id)
      : relationsOf(raw).some(
          ({ kind, ticketId }) => kind === step.relation.kind && ticketId === step.relation.ticketId,
        );
  return there === (step.change === 'add');
}

export function relationsOf(raw: RedmineIssue): Relation[] {
  const relation = (kind: Relation['kind'], id: string): Relation => ({ kind, ticketId: id, key: `#${id}` });
  return [
    ...(raw.parent === undefined ? [] : [relation('parent', raw.parent.id)]),
    ...raw.children.map(({ id }) => relation('child', id)),
    ...raw.relations.map((one) => relation('related', otherEnd(one, raw.id))),
  ];
}

export function watchersOf(raw: RedmineIssue): Watcher[] {
  return raw.watchers.map(({ id, name }) => ({ id, name: name === '' ? id : name, role: 'watcher' }));
}

function otherEnd(relation: RedmineIssue['relations'][number], id: string): string {
  return relation.issue_id === id ? relation.issue_to_id : relation.issue_id;
}

const rightNames = {
  add_issue_watchers: 'Add watchers',
  delete_issue_watchers: 'Delete watchers',
  manage_issue_relations: 'Manage issue relations',
  manage_subtasks: 'Manage subtasks',
} as const;

function rightFor(step: Exclude<TieStep, Of<'merge'>>): keyof typeof rightNames {
  if (step.type === 'watch') return step.change === 'add' ? 'add_issue_watchers' : 'delete_issue_watchers';
  return step.relation.kind === 'related' ? 'manage_issue_relations' : 'manage_subtasks';
}

function forbidden(right: keyof typeof rightNames, project: string) {
  return fail({
    reason: 'forbidden',
    message: `You lack the right "${rightNames[right]}" in "${project}".`,
  });
}
