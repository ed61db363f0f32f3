import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Vocabulary } from '../backend.ts';
import type { JiraClient } from './client.ts';
import { priorityOf, statusOf, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { editMetaSchema, nameSchema } from './schema.ts';
import { definitionsOf } from './fields.ts';
import { askedOn, transitionsOf } from './transitions.ts';

/** The statuses that the workflow allows from where the ticket is, what they ask for, and what can be set. */
export async function vocabularyFor(
  ticketId: string | undefined,
  { client, people, issues }: { client: JiraClient; people: People; issues: Issues },
  signal: AbortSignal,
): Promise<Result<Vocabulary>> {
  const [priorities, projects] = await Promise.all([
    client.get(v.array(nameSchema), '/priority', signal),
    people.projects(signal),
  ]);
  if (!priorities.ok) return priorities;
  if (!projects.ok) return projects;
  const known = {
    priorities: priorities.value.map(({ name }) => priorityOf(name)),
    teams: projects.value.map(({ name }) => ({ name })),
  };
  if (ticketId === undefined) return ok({ ...known, statuses: [] });
  const [found, ways, metas] = await Promise.all([
    issues.get(ticketId, signal),
    transitionsOf(client, ticketId, signal),
    client.get(editMetaSchema, `/issue/${ticketId}/editmeta`, signal),
  ]);
  if (!found.ok) return found;
  if (!ways.ok) return ways;
  if (!metas.ok) return metas;
  const own = Object.fromEntries(
    Object.entries(metas.value.fields).filter(([id]) => id.startsWith('customfield_')),
  );
  const asked = ways.value.map((way) => [way.to.name, askedOn(way)] as const);
  const statuses = [found.value.ticket.status, ...ways.value.map(({ to }) => statusOf(to))];
  return ok({
    ...known,
    statuses,
    customFields: definitionsOf(own),
    statusFields: Object.fromEntries(asked.filter(([, fields]) => fields.length > 0)),
  });
}
