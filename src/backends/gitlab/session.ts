import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Session } from '../backend.ts';
import type { GitLabClient } from './client.ts';
import type { Issues } from './issues.ts';
import type { People } from './people.ts';
import { projectSchema, versionSchema } from './schema.ts';

const planner = 15;
const reporter = 20;
/** Since then a note can be `internal`; before, the word was unknown and dropped, and the note public. */
const internalSince = [15, 2] as const;

/** Signs in: who are we, is there such a project with issues, what is our role, and how old is the server? */
export async function openSession(
  client: GitLabClient,
  people: People,
  issues: Issues,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const me = await people.me(signal, true);
  if (!me.ok) return me;
  const found = await client.get(projectSchema, issues.project.path, signal);
  if (!found.ok) {
    return found.error.reason === 'not-found'
      ? wrongPlace('There is no such project that you may see with this token.')
      : found;
  }
  const project = found.value;
  if (!project.issues_enabled) return wrongPlace('Issues are switched off in this project.');
  const [version, known] = await Promise.all([
    client.get(versionSchema, '/version', signal),
    issues.vocabulary(signal),
  ]);
  if (!version.ok) return version;
  if (!known.ok) return known;
  const { project_access, group_access } = project.permissions;
  const access = Math.max(project_access?.access_level ?? 0, group_access?.access_level ?? 0);
  const writable = !project.archived;
  const sort = writable && access >= planner;
  const note = sort && knowsInternal(version.value.version);
  const move = sort && known.value.teams.length > 1;
  return ok({
    me: me.value,
    capabilities: {
      createTicket: writable,
      publicReply: writable,
      internalNote: note,
      interactionLog: note ? 'note' : false,
      setSubject: sort,
      setStatus: sort,
      assign: sort,
      setTeam: move,
      setPriority: sort,
      setTier: move ? 'team' : false,
      setTags: sort,
      logTime: writable && access >= reporter,
      attach: writable,
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team'],
    },
  });
}

function knowsInternal(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > internalSince[0] || (major === internalSince[0] && minor >= internalSince[1]);
}

function wrongPlace(message: string) {
  return fail({ reason: 'rejected', field: 'url', message });
}
