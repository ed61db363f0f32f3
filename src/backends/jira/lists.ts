import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { ChangeList, Row, RowPage } from '../listing/changes.ts';
import { checked, type JiraClient } from './client.ts';
import type { Edition, Search } from './edition.ts';
import { wanted, type Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema, listedSchema } from './schema.ts';

/** Search is fed from an index that can be minutes behind; JQL counts in minutes besides. */
const overlapMs = 5 * 60_000;
/** Jira settles so many with the truth before it answers. */
const mostReconciled = 50;

/** A query without the order it asks for; what is in quotes asks for none. */
function unordered(jql: string): string {
  return jql.replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\border\s+by\b.*$/gis, '$1').trim();
}

/** What is in a scope and what changed of it, by search. */
export class Lists {
  readonly #client: JiraClient;
  readonly #people: People;
  readonly #issues: Issues;
  /** What we changed ourselves lately: search is told to look at those again. */
  readonly #written: Set<string>;
  readonly #edition: Edition;

  constructor(client: JiraClient, people: People, issues: Issues, written: Set<string>, edition: Edition) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#written = written;
    this.#edition = edition;
  }

  async of(scope: Scope, signal: AbortSignal): Promise<Result<ChangeList>> {
    switch (scope.kind) {
      case 'mine':
        return ok(
          this.#searches(
            'assignee = currentUser()',
            'assignee was currentUser()',
            'assignee = currentUser() AND statusCategory != Done',
            ({ mine }) => mine,
          ),
        );
      case 'team': {
        const projects = await this.#people.projects(signal);
        if (!projects.ok) return projects;
        const project = projects.value.find(({ name }) => name === scope.team);
        if (project === undefined) {
          return fail({
            reason: 'not-found',
            message: `There is no project "${scope.team}" that you may see.`,
          });
        }
        const open = `project = "${project.key}" AND statusCategory != Done`;
        return ok(
          this.#searches(open, `project = "${project.key}"`, open, ({ team }) => team === scope.team),
        );
      }
      case 'query': {
        const condition = unordered(scope.query);
        if (condition === '') {
          return fail({
            reason: 'rejected',
            message: 'This query asks for every ticket, which Jira does not answer. Give it a condition.',
          });
        }
        const query = `(${condition})`;
        return ok(this.#searches(query, query, query, () => true));
      }
    }
  }

  #searches(all: string, changes: string, members: string, holds: (ticket: Ticket) => boolean): ChangeList {
    const searches = new Map<string, Search>();
    const search = (name: string, jql: () => string) => {
      const known =
        searches.get(name) ?? this.#edition.search(this.#client, jql(), wanted, () => this.#reconcile());
      searches.set(name, known);
      return (page: number, signal: AbortSignal) => this.#read(known, page, signal);
    };
    // Asked in minutes back from now, by the server: dates are read in the zone of the user's profile. A clock that was
    // set back since is asked as far back as it was set.
    const since = (jql: string, from: number) =>
      search(`${from} ${jql}`, () => {
        const minutes = Math.ceil(Math.abs(this.#client.serverNow() - from) / 60_000) + 1;
        return `${jql}${from > 0 ? ` AND updated >= "-${minutes}m"` : ''} ORDER BY updated ASC, key ASC`;
      });
    return {
      all: (from) => since(all, from),
      changes: (from) => since(changes, from),
      members: search('members', () => `${members} ORDER BY key DESC`),
      holds,
      overlapMs,
    };
  }

  #reconcile(): number[] {
    return [...this.#written].slice(-mostReconciled).map(Number);
  }

  async #read(search: Search, page: number, signal: AbortSignal): Promise<Result<RowPage>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const answer = await search(page, signal);
    if (!answer.ok) return answer;
    const { issues, names, isLast } = answer.value;
    const rows: Row[] = [];
    for (const item of issues) {
      const row = checked(listedSchema, item, 'a search');
      if (!row.ok) return row;
      const base = { id: row.value.id, at: row.value.fields.updated };
      const read = checked(issueSchema, item, row.value.key);
      rows.push(
        read.ok
          ? { ...base, ticket: this.#issues.map(read.value, names, me.value) }
          : { ...base, problem: read.error.message },
      );
    }
    return ok({ rows, isLast, serverNow: this.#client.serverNow() });
  }
}
