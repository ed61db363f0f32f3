import { ok, type Result } from '../../desk/errors.ts';
import { choices } from '../labels/meaning.ts';
import type { Vocabulary } from '../backend.ts';
import type { GitHubClient } from './client.ts';
import type { Issues } from './issues.ts';
import { labelSchema } from './schema.ts';

/** The repository's labels, by name. */
export async function labelNames(
  client: GitHubClient,
  issues: Issues,
  signal: AbortSignal,
): Promise<Result<string[]>> {
  const labels = await client.all(labelSchema, `${issues.path}/labels`, signal);
  return labels.ok ? ok(labels.value.map(({ name }) => name)) : labels;
}

/** What may be set: any issue may go from any status to any other. */
export async function vocabularyOf(
  client: GitHubClient,
  issues: Issues,
  signal: AbortSignal,
): Promise<Result<Vocabulary>> {
  const labels = await labelNames(client, issues, signal);
  return labels.ok ? ok(choices(labels.value, issues.account.labels, issues.bare)) : labels;
}
