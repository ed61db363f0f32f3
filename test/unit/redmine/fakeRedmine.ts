import { RedmineClient } from '../../../src/backends/redmine/client.ts';
import { Lookups } from '../../../src/backends/redmine/lookups.ts';
import { Markup } from '../../../src/backends/redmine/markup.ts';
import { People } from '../../../src/backends/redmine/people.ts';
import { Puller } from '../../../src/backends/redmine/pull.ts';
import { RightsOf } from '../../../src/backends/redmine/rights.ts';
import { Tickets } from '../../../src/backends/redmine/tickets.ts';
import { Timelines } from '../../../src/backends/redmine/timeline.ts';
import type { Gateway, GatewayRequest } from '../../../src/backends/gateway.ts';
import type { PullPage } from '../../../src/backends/backend.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import { mine } from '../../../src/desk/scope.ts';

const me = { id: 1, name: 'Alice' };

/** As much of Redmine's lists as a pull uses, held in memory: its order, its pages, its second of overlap. */
export class FakeRedmine {
  /** By number: when it changed, in seconds, and how often. */
  readonly issues = new Map<number, { at: number; journals: number; mine: boolean; malformed?: boolean }>();
  readonly asked: string[] = [];
  /** What happens just before a list is answered. */
  beforeList: (count: number) => void = () => undefined;
  now = 1_000_000_000;
  #lists = 0;

  set(id: number, at: number, isMine = true): void {
    const { journals = 0 } = this.issues.get(id) ?? {};
    this.issues.set(id, { at, journals: journals + 1, mine: isMine });
  }

  puller(): Puller {
    const gateway: Gateway = {
      identity: () => Promise.resolve(undefined),
      stream: () => Promise.resolve(fail({ reason: 'forbidden', message: 'none' })),
      request: (request) => Promise.resolve(this.#answer(request)),
    };
    const client = new RedmineClient(gateway);
    const rights = new RightsOf(client);
    const lookups = new Lookups(client);
    const people = new People(client, rights);
    const account = { id: 'redmine', backend: 'redmine', label: 'Redmine', url: 'https://redmine.test' };
    const tickets = new Tickets(account, client, lookups, people);
    const timelines = new Timelines(client, lookups, people, new Markup(client));
    const parts = { client, lookups, people, tickets, timelines };
    return new Puller(
      parts,
      () => this.now,
      () => undefined,
    );
  }

  /** Everything a pull gives from here on: the revisions by number, what was wrong, and the next cursor. */
  async pull(cursor?: string): Promise<{ given: Map<number, string>; problems: string[]; cursor: string }> {
    const given = new Map<number, string>();
    const problems: string[] = [];
    let last = cursor ?? '';
    for await (const page of this.puller().pull(mine, cursor, new AbortController().signal)) {
      const { tickets, problems: said, cursor: next } = pageOf(page);
      for (const ticket of tickets) given.set(Number(ticket.id), ticket.revision);
      problems.push(...said);
      last = next;
    }
    return { given, problems, cursor: last };
  }

  #answer({ path, query = {} }: GatewayRequest) {
    this.asked.push(path);
    const body = (value: unknown) => ok({ status: 200, headers: {}, body: value });
    const one = /^\/issues\/(\d+)\.json$/.exec(path)?.[1];
    if (one !== undefined) {
      const issue = this.#issue(Number(one));
      return issue === undefined ? fail({ reason: 'not-found', message: 'gone' }) : body({ issue });
    }
    switch (path) {
      case '/issues.json':
        return body(this.#list(query));
      case '/users/current.json':
        return body({
          user: { id: me.id, login: 'alice', firstname: 'Alice', lastname: '', memberships: [] },
        });
      case '/projects.json':
        return body({ projects: [], total_count: 0 });
      case '/enumerations/issue_priorities.json':
        return body({ issue_priorities: [] });
      case '/issue_statuses.json':
        return body({ issue_statuses: [] });
      default:
        return fail({ reason: 'not-found', message: path });
    }
  }

  #list(query: NonNullable<GatewayRequest['query']>) {
    this.beforeList(this.#lists++);
    const text = (name: string) => String(query[name] ?? '');
    const since = Date.parse(text('updated_on').replace('>=', '')) / 1000 || 0;
    const from = Number(text('issue_id').replace('>=', '') || 0);
    const onlyMine = text('assigned_to_id') === 'me';
    const newestFirst = text('sort').startsWith('updated_on:desc');
    const rows = [...this.issues]
      .filter(([id, issue]) => id >= from && issue.at >= since - 1 && (!onlyMine || issue.mine))
      .sort(([a, x], [b, y]) => (newestFirst ? y.at - x.at || b - a : a - b));
    const [offset, limit] = [Number(text('offset') || 0), Number(text('limit') || 25)];
    const issues = rows.slice(offset, offset + limit).map(([id]) => this.#issue(id));
    return { issues, total_count: rows.length };
  }

  #issue(id: number) {
    const found = this.issues.get(id);
    if (found === undefined) return undefined;
    const time = new Date(found.at * 1000).toISOString().replace('.000Z', 'Z');
    const journals = Array.from({ length: found.journals }, (_, index) => ({
      id: id * 1000 + index,
      user: me,
      notes: 'x',
      created_on: time,
    }));
    return {
      id,
      project: { id: 1, name: 'Helpdesk' },
      tracker: { id: 1, name: 'Support' },
      status: { id: 1, name: 'New', is_closed: false },
      priority: { id: 1, name: 'Normal' },
      ...(found.mine && { assigned_to: me }),
      subject: found.malformed === true ? 7 : `Ticket ${id}`,
      created_on: time,
      updated_on: time,
      journals,
    };
  }
}

function pageOf(page: Result<PullPage>): PullPage {
  if (!page.ok) throw new Error(page.error.message);
  return page.value;
}
