import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { GatewayRequest } from '../gateway.ts';
import { same } from '../labels/meaning.ts';
import type { GitHubClient } from './client.ts';
import type { Issues } from './issues.ts';
import { vocabularyOf } from './labels.ts';
import type { People } from './people.ts';

export type Query = NonNullable<GatewayRequest['query']>;

/** How a scope is asked for. */
export interface Area {
  path: string;
  /** All of it, in order of change. */
  all: (since: string | undefined) => Query;
  /** What changed: also what left it, where GitHub can tell. */
  changes: (since: string | undefined) => Query;
  /** What is in it at present. */
  members: Query;
  holds: (ticket: Ticket) => boolean;
  /** So far each question goes back: seconds are whole, a change can become visible after a later one, and search lags. */
  overlapMs: number;
}

const byChange = { sort: 'updated', direction: 'asc' };
const listOverlapMs = 10_000;
const searchOverlapMs = 120_000;

export class Areas {
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;

  constructor(client: GitHubClient, people: People, issues: Issues) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
  }

  async of(scope: Scope, signal: AbortSignal): Promise<Result<Area>> {
    const { bare, path: repository } = this.#issues;
    switch (scope.kind) {
      case 'mine': {
        const me = await this.#people.me(signal);
        if (!me.ok) return me;
        const list = { assignee: me.value.id };
        return ok(
          listed(repository, { ...list, state: 'all' }, { ...list, state: 'open' }, ({ mine }) => mine),
        );
      }
      case 'team': {
        const known = await vocabularyOf(this.#client, this.#issues, signal);
        if (!known.ok) return known;
        if (!known.value.teams.some(({ name }) => name === scope.team)) {
          return fail({ reason: 'not-found', message: `There is no team "${scope.team}" here.` });
        }
        const open: Query = same(scope.team, bare.team)
          ? { state: 'open' }
          : { labels: scope.team, state: 'open' };
        return ok(listed(repository, open, open, ({ team }) => team === scope.team));
      }
      case 'query':
        return ok(searched(this.#issues, scope.query));
    }
  }
}

/** Changes are asked of the whole repository: what was given away is not in its list any more. */
function listed(repository: string, all: Query, members: Query, holds: Area['holds']): Area {
  const since = (from: string | undefined) => ({ ...byChange, ...(from !== undefined && { since: from }) });
  return {
    path: `${repository}/issues`,
    all: (from) => ({ ...all, ...since(from) }),
    changes: (from) => ({ state: 'all', ...since(from) }),
    members: { ...members, sort: 'created', direction: 'desc' },
    holds,
    overlapMs: listOverlapMs,
  };
}

function searched({ repository: { owner, name } }: Issues, query: string): Area {
  const q = `repo:${owner}/${name} is:issue ${query}`;
  const changes = (from: string | undefined) => ({
    q: from === undefined ? q : `${q} updated:>=${from}`,
    sort: 'updated',
    order: 'asc',
  });
  return {
    path: '/search/issues',
    all: changes,
    changes,
    members: { q, sort: 'created', order: 'desc' },
    holds: () => true,
    overlapMs: searchOverlapMs,
  };
}
