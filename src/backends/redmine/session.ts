import { fail, ok, type Result } from '../../desk/errors.ts';
import { relationKinds } from '../../desk/ticket.ts';
import type { Session } from '../backend.ts';
import { tierField } from '../content/tier.ts';
import type { RedmineClient } from './client.ts';
import { hasModule, type Lookups } from './lookups.ts';
import type { RightsOf } from './rights.ts';
import { issueSchema, type RedmineProject } from './schema.ts';

const sampleSize = 20;

/** Signs in: is this a Redmine, who are we, and what do our roles allow in the projects there are? */
export async function openSession(
  client: RedmineClient,
  rightsOf: RightsOf,
  lookups: Lookups,
  url: string | undefined,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const rights = await rightsOf.now(signal);
  if (!rights.ok) {
    const { reason } = rights.error;
    if (reason === 'forbidden') return fail({ reason, message: closed });
    if (reason !== 'not-found' && reason !== 'protocol') return rights;
    const where = url ?? 'the account';
    return fail({
      reason: 'protocol',
      message: `No Redmine answers at ${where}. Is the URL the one you open it with in the browser?`,
    });
  }
  const [projects, tiers] = await Promise.all([lookups.projects(signal), haveTiers(client, signal)]);
  if (!projects.ok) return projects;
  if (!tiers.ok) return tiers;
  const { me, may } = rights.value;
  const somewhere = (...permissions: string[]) =>
    projects.value.some((project) => permissions.every((one) => may(project.id, one)));
  const edit = somewhere('edit_issues');
  const note = somewhere('add_issue_notes');
  const internal = somewhere('add_issue_notes', 'set_notes_private');
  const move = edit && projects.value.filter(({ id }) => may(id, 'add_issues')).length > 1;
  const logs = (project: RedmineProject) =>
    hasModule(project, 'time_tracking') &&
    may(project.id, 'log_time') &&
    may(project.id, 'view_time_entries');
  return ok({
    me,
    capabilities: {
      createTicket: somewhere('add_issues'),
      publicReply: note,
      internalNote: internal,
      interactionLog: internal ? 'note' : false,
      setSubject: edit,
      setStatus: edit,
      assign: edit,
      setTeam: move,
      setPriority: edit,
      setTier: edit && tiers.value ? 'native' : move ? 'team' : false,
      setTags: false,
      setCustomFields: edit,
      watchers: somewhere('view_issue_watchers', 'add_issue_watchers') ? ['watcher'] : [],
      relate: relationKinds.filter((kind) =>
        somewhere(kind === 'related' ? 'manage_issue_relations' : 'manage_subtasks'),
      ),
      merge: false,
      logTime: projects.value.some(logs),
      attach: note || edit ? 'public' : false,
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
  });
}

const closed =
  'Redmine does not let this key in. Its administrator switches the REST interface on under Administration > Settings > API.';

/** Do tickets have a field for the tier? Only administrators may ask for the fields, so the latest tickets tell. */
async function haveTiers(client: RedmineClient, signal: AbortSignal): Promise<Result<boolean>> {
  const sample = await client.page(issueSchema, '/issues', 'issues', signal, {
    status_id: '*',
    sort: 'updated_on:desc',
    limit: sampleSize,
  });
  if (!sample.ok) return sample;
  return ok(
    sample.value.items.some((issue) => issue.custom_fields.some((field) => field.name === tierField)),
  );
}
