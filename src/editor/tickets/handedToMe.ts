import type { Clause, Condition, Query } from '../../desk/query/query.ts';

/**
 * What others handed on to the user or to one of the user's teams; where no teams are chosen, to whomever but by
 * others than the user.
 */
export function handedToMe(teams: readonly string[], flag: 'handed-on' | 'unaccepted'): Query {
  const test = (one: Condition['test']): Condition => ({ negated: false, test: one });
  const toMe: Clause = [
    test({ type: 'flag', flag: 'mine' }),
    ...(teams.length === 0
      ? [{ negated: true, test: { type: 'me', role: 'escalator' } } as const]
      : teams.map((team) => test({ type: 'words', field: 'team', words: team, prefix: false }))),
  ];
  return { clauses: [[test({ type: 'flag', flag })], toMe], problems: [] };
}
