import { ok, type Result } from '../../desk/errors.ts';
import type { Vocabulary } from '../backend.ts';
import { statusOf } from './labels.ts';
import type { CustomFields } from './customFields.ts';
import type { Lookups } from './lookups.ts';
import type { RightsOf } from './rights.ts';
import type { RedmineIssue } from './schema.ts';

/** What may be set on a ticket, by Redmine's workflow and our roles, or on a new one. */
export async function vocabularyFor(
  raw: RedmineIssue | undefined,
  lookups: Lookups,
  rightsOf: RightsOf,
  customFields: CustomFields,
  signal: AbortSignal,
): Promise<Result<Vocabulary>> {
  const [rights, statuses, priorities] = await Promise.all([
    rightsOf.known(signal),
    lookups.statuses(signal),
    lookups.priorities(signal),
  ]);
  if (!rights.ok) return rights;
  if (!statuses.ok) return statuses;
  if (!priorities.ok) return priorities;
  const teams = await lookups.teams(
    ({ id }) => id === raw?.project.id || rights.value.may(id, 'add_issues'),
    signal,
  );
  if (!teams.ok) return teams;
  const settable = raw === undefined ? ok([]) : await customFields.of(raw, signal);
  if (!settable.ok) return settable;
  return ok({
    customFields: settable.value,
    statuses: (raw === undefined ? statuses.value : statusesFor(raw)).map(statusOf),
    priorities: priorities.value
      .filter(({ active, name }) => active || name === raw?.priority.name)
      .map(({ name, rank }) => ({ name, rank }))
      .reverse(),
    teams: teams.value,
  });
}

/** The present status and where the workflow lets us go from it. */
export function statusesFor(raw: RedmineIssue) {
  return [raw.status, ...raw.allowed_statuses.filter(({ id }) => id !== raw.status.id)];
}
