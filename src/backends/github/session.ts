import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Session } from '../backend.ts';
import { choices } from '../labels/meaning.ts';
import { checked, type GitHubClient } from './client.ts';
import type { Issues } from './issues.ts';
import { labelNames } from './labels.ts';
import type { People } from './people.ts';
import { repositorySchema } from './schema.ts';

/** Signs in: who are we, is there such a repository with issues, and what is our role in it? */
export async function openSession(
  client: GitHubClient,
  people: People,
  issues: Issues,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const me = await people.me(signal, true);
  if (!me.ok) return me;
  const { owner, name } = issues.repository;
  const found = await client.read(issues.path, signal, undefined, [301, 404]);
  if (!found.ok) return found;
  if (found.value.status === 404) {
    return wrongPlace(`There is no repository ${owner}/${name} that you may see with this token.`);
  }
  if (found.value.status === 301) {
    return wrongPlace(`The repository ${owner}/${name} was renamed or moved. Use its new address.`);
  }
  const repository = checked(repositorySchema, found.value.body, issues.path);
  if (!repository.ok) return repository;
  if (!repository.value.has_issues) return wrongPlace(`Issues are switched off in ${owner}/${name}.`);
  const labels = await labelNames(client, issues, signal);
  if (!labels.ok) return labels;
  const writable = !repository.value.archived;
  const { triage, push } = repository.value.permissions ?? { triage: false, push: false };
  const sort = writable && (triage || push);
  const move = sort && choices(labels.value, issues.account.labels, issues.bare).teams.length > 1;
  return ok({
    me: me.value,
    capabilities: {
      createTicket: writable,
      publicReply: writable,
      internalNote: false,
      interactionLog: false,
      setSubject: sort,
      setStatus: sort,
      assign: sort,
      setTeam: move,
      setPriority: sort,
      setTier: move ? 'team' : false,
      setTags: sort,
      logTime: false,
      attach: false,
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
  });
}

function wrongPlace(message: string) {
  return fail({ reason: 'rejected', field: 'url', message });
}
