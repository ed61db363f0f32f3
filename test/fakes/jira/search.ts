import type { FakeAnswer } from '../http/server.ts';
import { namesFor } from './fields.ts';
import { issueJson } from './json.ts';
import type { JiraState } from './state.ts';
import { fits, ok, Refusal, type FakeUser } from './wire.ts';

const mostReconciled = 50;

/** The index is behind, except for what is to be reconciled; dates in JQL are minutes back from now. */
export function search(state: JiraState, query: URLSearchParams, user: FakeUser): FakeAnswer {
  const jql = query.get('jql') ?? '';
  const where = jql.replace(/ORDER BY.*$/, '').trim();
  if (where === '' && state.cloud) throw new Refusal(400, ['Unbounded JQL queries are not allowed here.']);
  const reconcile = state.cloud ? query.getAll('reconcileIssues') : [];
  if (reconcile.length > mostReconciled) throw new Refusal(400, ['At most 50 issues can be reconciled.']);
  const clauses = where.split(' AND ');
  const found = [...state.issues.values()].filter(
    (issue) =>
      (issue.updated <= Date.now() - state.lagMs + 1000 * Number(state.lagMs === 0) ||
        reconcile.includes(issue.id)) &&
      clauses.every((clause) => fits(issue, clause, user.accountId)),
  );
  const key = /ORDER BY updated/.test(jql) ? 'updated' : 'created';
  const sign = / DESC/.test(jql) ? -1 : 1;
  found.sort((a, b) => sign * (a[key] - b[key] || Number(a.id) - Number(b.id)));
  const from = state.cloud
    ? Number(Buffer.from(query.get('nextPageToken') ?? '', 'base64').toString() || 0)
    : Number(query.get('startAt') ?? 0);
  const size = Math.min(state.pageSize, Number(query.get('maxResults') ?? 50));
  const more = from + size < found.length;
  const token = Buffer.from(String(state.stuck ? size : from + size)).toString('base64');
  if (!state.cloud) {
    const issues = found.slice(from, from + size).map((issue) => issueJson(state, issue));
    return ok({ ...namesFor(query), startAt: from, maxResults: size, total: found.length, issues });
  }
  const marked = query.get('properties') !== null;
  return ok({
    ...namesFor(query),
    issues: found.slice(from, from + size).map((issue) => ({
      ...issueJson(state, issue),
      ...(marked && {
        properties: Object.fromEntries(issue.properties.map(({ key: name, value }) => [name, value])),
      }),
    })),
    isLast: !more,
    ...(more && { nextPageToken: token }),
  });
}
