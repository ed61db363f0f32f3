import type { Account } from '../../desk/account.ts';
import type { QueryContext } from '../../desk/query/parse.ts';
import { parseQuery } from '../../desk/query/parse.ts';
import { isEmpty, type Query, type QueryProblem } from '../../desk/query/query.ts';
import { handedToMe } from '../tickets/handedToMe.ts';
import type { ShownQueue } from '../tickets/shownQueue.ts';
import { allQueue, mineQueue } from '../tickets/shownQueue.ts';
import type { Translate } from '../translate.ts';

/** A query of the user's own, as in the setting `deskside.queues`. */
export interface OwnQuery {
  name: string;
  query: string;
}

/** What happens to tickets that are dropped on a queue: nothing, where it says nothing. */
export type DropOn = 'me' | 'nobody' | 'pending' | { team: string };

/** Tickets that belong together, by a name. */
export interface Queue extends ShownQueue {
  icon: string;
  /** In a sentence: what is in it. */
  about: string;
  drop?: DropOn;
  /** Of the user's own. */
  own?: OwnQuery;
  /** What of its query was not understood. */
  problems: readonly QueryProblem[];
}

export interface QueuesInput extends QueryContext {
  accounts: readonly Pick<Account, 'id' | 'label' | 'teams' | 'queries'>[];
  own: readonly OwnQuery[];
}

/** The queues there are: those everybody has, then teams, queries of the accounts and the user's own. */
export function queuesOf(input: QueuesInput, t: Translate): Queue[] {
  const fits = (text: string): Query => parseQuery(text, input);
  const teams = [...new Set(input.accounts.flatMap((account) => account.teams ?? []))];
  const builtIn: Omit<Queue, 'problems'>[] = [
    { ...mineQueue(t), icon: 'account', about: t('Everything open that is yours.'), drop: 'me' },
    {
      id: 'waiting-for-me',
      label: t('Waiting for me'),
      icon: 'bell',
      about: t('Yours, and nobody else has to do something first.'),
      filter: { mine: true, fits: fits('is:new,open ') },
    },
    {
      id: 'waiting-for-others',
      label: t('Waiting for others'),
      icon: 'debug-pause',
      about: t('Yours, and pending.'),
      filter: { mine: true, fits: fits('is:pending ') },
      drop: 'pending',
    },
    {
      id: 'unassigned',
      label: teams.length > 0 ? t('My teams’ unassigned') : t('Unassigned'),
      icon: 'person-add',
      about:
        teams.length > 0
          ? t('Nobody’s yet, in {0}.', teams.join(', '))
          : t('Nobody’s yet. “Choose Teams and Queries…” narrows it to your teams.'),
      filter: { assigned: false, ...(teams.length > 0 && { teams }) },
      drop: 'nobody',
    },
    {
      id: 'today',
      label: t('Breaching today'),
      icon: 'flame',
      about: t('Overdue, or due before midnight, whoever has it.'),
      filter: { fits: fits('due:today ') },
    },
    {
      id: 'escalated-to-me',
      label: t('Escalated to me'),
      icon: 'inbox',
      about:
        teams.length > 0
          ? t('Handed on to you, or to {0}. An arrow marks what nobody has accepted yet.', teams.join(', '))
          : t('Handed on to you or your colleagues. An arrow marks what nobody has accepted yet.'),
      filter: { fits: handedToMe(teams, 'handed-on') },
      drop: 'me',
    },
    {
      id: 'escalated',
      label: t('Escalated by me'),
      icon: 'arrow-up',
      about: t('Open tickets that you handed off.'),
      filter: { fits: fits('escalated-by:me ') },
    },
    {
      id: 'solved',
      label: t('Recently solved'),
      icon: 'pass',
      about: t('Yours, resolved or closed, and changed in the last seven days.'),
      filter: { mine: true, fits: fits('is:done after:7d ') },
      done: true,
    },
    { ...allQueue(t), icon: 'organization', about: t('Everything open that is on this computer.') },
  ];
  const ofTeams = teams.map((team) => ({
    id: `team:${team}`,
    label: team,
    icon: 'organization',
    about: t('Everything open of this team.'),
    filter: { teams: [team] },
    drop: { team },
  }));
  const ofAccounts = input.accounts.flatMap(({ id, label, queries = [] }) =>
    queries.map(({ name, query }) => ({
      id: `query:${id}:${query}`,
      label: name,
      icon: 'server',
      about: t('What {0} finds by: {1}', label, query),
      filter: { accountIds: [id], query },
    })),
  );
  const own = input.own.map((one): Queue => {
    // A word at the end is meant whole, not as the beginning of one.
    const query = fits(`${one.query} `);
    return {
      id: `own:${one.name}`,
      label: one.name,
      icon: query.problems.length > 0 ? 'warning' : 'filter',
      about: one.query,
      // What asks for nothing that is understood finds nothing, rather than everything.
      filter: isEmpty(query) && query.problems.length > 0 ? { accountIds: [] } : { fits: query },
      done: namesDone(query),
      own: one,
      problems: query.problems,
    };
  });
  return [...[...builtIn, ...ofTeams, ...ofAccounts].map((one) => ({ ...one, problems: [] })), ...own];
}

/** Looks for what is done with: then that is what it counts. */
export function namesDone({ clauses }: Query): boolean {
  return clauses.some((clause) =>
    clause.some(
      ({ negated, test }) =>
        !negated && test.type === 'flag' && ['done', 'resolved', 'closed'].includes(test.flag),
    ),
  );
}
