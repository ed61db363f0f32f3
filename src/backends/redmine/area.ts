import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Lookups } from './lookups.ts';

export type Filter = Readonly<Record<string, string | readonly string[]>>;

/** A scope in Redmine's filters. */
export interface Area {
  /** What is in it. */
  inside: Filter;
  /** Where a change of it shows: more than `inside`, where what left is to be noticed. */
  around: Filter;
  /** Narrows it to what is still somebody's work. */
  active: Filter;
  /** Filters of our own can be added. */
  narrows: boolean;
  /** It comes in the order that is asked for, and not in groups. */
  ordered: boolean;
}

const all = { status_id: '*' };
const reserved = new Set([
  'limit',
  'offset',
  'page',
  'sort',
  'include',
  'key',
  'format',
  'nometa',
  'c[]',
  'group_by',
  'utf8',
  'set_filter',
]);

/** Redmine ignores a filter that it does not know, and gives everything. */
const filter =
  /^(query_id|(status|project|subproject|tracker|assigned_to|author|priority|category|fixed_version|watcher|issue|parent|child)_id|subject|description|notes|attachment(_description)?|(created|updated|closed)_on|(start|due)_date|estimated_hours|spent_time|done_ratio|is_private|(last_)?updated_by|member_of_group|assigned_to_role|relates|duplicat(es|ed)|block(s|ed)|precedes|follows|copied_(to|from)|((issue|project|author|assigned_to|fixed_version)\.)?cf_\d+|f\[\]|op\[[\w.]+\]|v\[[\w.]+\]\[\])$/;

/** Where a scope's tickets are. */
export async function areaOf(scope: Scope, lookups: Lookups, signal: AbortSignal): Promise<Result<Area>> {
  switch (scope.kind) {
    case 'mine': {
      const inside = { ...all, assigned_to_id: 'me' };
      return ok({ inside, around: all, active: { status_id: 'o' }, narrows: true, ordered: true });
    }
    case 'team': {
      const project = await lookups.projectOf(scope.team, signal);
      if (!project.ok) return project;
      if (project.value === undefined) {
        return fail({
          reason: 'not-found',
          message: `There is no project "${scope.team}" that you can see.`,
        });
      }
      const inside = { ...all, project_id: project.value.id, subproject_id: '!*' };
      return ok({ inside, around: inside, active: { status_id: 'o' }, narrows: true, ordered: true });
    }
    case 'query': {
      const given = new URLSearchParams(scope.query.replace(/^[^?]*\?/, ''));
      const names = [...new Set(given.keys())].filter((name) => !reserved.has(name));
      const asked: Filter = Object.fromEntries(names.map((name) => [name, given.getAll(name)]));
      if (names.length === 0 || [...names, ...given.getAll('f[]')].some((name) => !filter.test(name))) {
        const message = `"${scope.query}" is no query of Redmine; write one as in its addresses: tracker_id=3&subject=~printer, or query_id=7.`;
        return fail({ reason: 'rejected', message, field: 'query' });
      }
      // A saved query has its own filters, and ignores all others.
      const saved = asked.query_id !== undefined;
      const inside = saved ? asked : { ...all, ...asked };
      return ok({ inside, around: inside, active: {}, narrows: false, ordered: !saved });
    }
  }
}
