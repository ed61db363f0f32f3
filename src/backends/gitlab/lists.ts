import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { same } from '../labels/meaning.ts';
import type { ChangeList, Row, RowPage } from '../listing/changes.ts';
import { perPage } from '../listing/pages.ts';
import { checked, type GitLabClient, type Query } from './client.ts';
import type { Issues } from './issues.ts';
import { issueSchema, listedSchema } from './schema.ts';

const overlapMs = 10_000;

/** What is in a scope and what changed of it. */
export class Lists {
  readonly #client: GitLabClient;
  readonly #issues: Issues;

  constructor(client: GitLabClient, issues: Issues) {
    this.#client = client;
    this.#issues = issues;
  }

  /** Who does not name the scope gets what they created themselves, on some of GitLab's lists. */
  async of(scope: Scope, signal: AbortSignal): Promise<Result<ChangeList>> {
    if (scope.kind === 'query') {
      return fail({ reason: 'unsupported', message: 'GitLab has no query language for issues.' });
    }
    if (scope.kind === 'mine') {
      return ok(this.#lists({ scope: 'assigned_to_me' }, ({ mine }) => mine));
    }
    const known = await this.#issues.vocabulary(signal);
    if (!known.ok) return known;
    if (!known.value.teams.some(({ name }) => name === scope.team)) {
      return fail({ reason: 'not-found', message: `There is no team "${scope.team}" here.` });
    }
    const label: Query = same(scope.team, this.#issues.bare.team) ? {} : { labels: scope.team };
    return ok(this.#lists({ scope: 'all', state: 'opened', ...label }, ({ team }) => team === scope.team));
  }

  /** Changes are asked of the whole project: what was given away is not in its list any more. */
  #lists(inside: Query, holds: (ticket: Ticket) => boolean): ChangeList {
    const reading = (query: Query) => (page: number, signal: AbortSignal) =>
      this.#read({ ...query, page }, signal);
    const byChange = (from: number): Query => ({
      order_by: 'updated_at',
      sort: 'asc',
      ...(from > 0 && { updated_after: new Date(from).toISOString() }),
    });
    return {
      all: (from) => reading({ ...inside, ...byChange(from) }),
      changes: (from) => reading({ scope: 'all', ...byChange(from) }),
      members: reading({ ...inside, state: 'opened', order_by: 'created_at', sort: 'desc' }),
      holds,
      overlapMs,
    };
  }

  async #read(query: Query, signal: AbortSignal): Promise<Result<RowPage>> {
    const mapper = await this.#issues.mapper(signal);
    if (!mapper.ok) return mapper;
    const listed = await this.#client.page(`${this.#issues.project.path}/issues`, signal, query);
    if (!listed.ok) return listed;
    const rows: Row[] = [];
    for (const item of listed.value.items) {
      const row = checked(listedSchema, item, 'the list of issues');
      if (!row.ok) return row;
      const base = { id: String(row.value.iid), at: row.value.updated_at };
      const read = checked(issueSchema, item, `issue ${base.id}`);
      rows.push(
        read.ok ? { ...base, ticket: mapper.value(read.value) } : { ...base, problem: read.error.message },
      );
    }
    const serverNow = Date.parse(listed.value.headers.date ?? '') || 0;
    return ok({ rows, isLast: rows.length < perPage, serverNow });
  }
}
