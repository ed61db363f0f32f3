import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Relation } from '../../desk/ticket.ts';
import { rejected, unsupported } from '../parts/steps.ts';
import type { JiraClient } from './client.ts';
import type { Issue } from './schema.ts';

type RelateStep = Extract<Step, { type: 'relate' }>;

const typesSchema = v.object({ issueLinkTypes: v.array(v.object({ name: v.string() })) });

/** The tickets that an issue is tied to. Links of every kind relate; Jira has one parent, and subtasks. */
export function relationsOf({ fields }: Issue): Relation[] {
  const relations: Relation[] = [];
  const add = (kind: Relation['kind'], { id, key }: { id: string; key: string }) => {
    if (!relations.some((one) => one.kind === kind && one.ticketId === id)) {
      relations.push({ kind, ticketId: id, key });
    }
  };
  if (fields.parent) add('parent', fields.parent);
  for (const task of fields.subtasks) add('child', task);
  for (const { inwardIssue, outwardIssue } of fields.issuelinks) {
    const other = inwardIssue ?? outwardIssue;
    if (other) add('related', other);
  }
  return relations;
}

/** Is it as the step wants it? Then it was done, or need not be. */
export function isTied(issue: Issue, { change, relation }: RelateStep): boolean {
  const there = relationsOf(issue).some(
    ({ kind, ticketId }) => kind === relation.kind && ticketId === relation.ticketId,
  );
  return there === (change === 'add');
}

/** Makes a link of the usual kind, or takes away all between the two. */
export async function relate(
  client: JiraClient,
  issue: Issue,
  step: RelateStep,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const { change, relation } = step;
  if (relation.kind !== 'related') {
    return unsupported('Jira changes parents and subtasks in the browser only.');
  }
  if (isTied(issue, step)) return ok();
  if (change === 'remove') {
    for (const { id, inwardIssue, outwardIssue } of issue.fields.issuelinks) {
      if ((inwardIssue ?? outwardIssue)?.id !== relation.ticketId) continue;
      const gone = await client.delete(`/issueLink/${id}`, signal);
      if (!gone.ok && gone.error.reason !== 'not-found') return gone;
    }
    return ok();
  }
  const types = await client.get(typesSchema, '/issueLinkType', signal);
  if (!types.ok) return types;
  const names = types.value.issueLinkTypes.map(({ name }) => name);
  const name = names.find((one) => /^relate/i.test(one)) ?? names[0];
  if (name === undefined) return unsupported('This Jira has no kind of link.');
  const link = { type: { name }, inwardIssue: { id: issue.id }, outwardIssue: { id: relation.ticketId } };
  const made = await client.send('POST', '/issueLink', link, signal);
  return !made.ok && made.error.reason === 'not-found'
    ? rejected(undefined, `Jira does not know ${relation.key}, or has no links.`)
    : made;
}
