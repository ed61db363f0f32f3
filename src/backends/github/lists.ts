import type { InferOutput } from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Person } from '../../desk/ticket.ts';
import type { ChangeList, Row, RowPage } from '../listing/changes.ts';
import { Areas, type Query } from './area.ts';
import { perPage } from '../listing/pages.ts';
import { checked, type GitHubClient } from './client.ts';
import type { Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema, listedSchema } from './schema.ts';

/** What is in a scope and what changed of it. */
export class Lists {
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #areas: Areas;

  constructor(client: GitHubClient, people: People, issues: Issues) {
    this.#client = client;
    this.#people = people;
    this.#issues = issues;
    this.#areas = new Areas(client, people, issues);
  }

  async of(scope: Scope, signal: AbortSignal): Promise<Result<ChangeList>> {
    const area = await this.#areas.of(scope, signal);
    if (!area.ok) return area;
    const { path, all, changes, members, holds, overlapMs } = area.value;
    const reading = (query: Query) => (page: number, abort: AbortSignal) =>
      this.#read(path, { ...query, page }, abort);
    return ok({
      all: (from) => reading(all(since(from))),
      changes: (from) => reading(changes(since(from))),
      members: reading(members),
      holds,
      overlapMs,
    });
  }

  async #read(path: string, query: Query, signal: AbortSignal): Promise<Result<RowPage>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const listed = await this.#client.page(path, signal, query);
    if (!listed.ok) return listed;
    const rows: Row[] = [];
    for (const item of listed.value.items) {
      const row = checked(listedSchema, item, 'the list of issues');
      if (!row.ok) return row;
      rows.push(this.#row(row.value, item, me.value));
    }
    const serverNow = Date.parse(listed.value.headers.date ?? '');
    return ok({ rows, isLast: rows.length < perPage, serverNow: serverNow || 0 });
  }

  /** GitHub lists pull requests among the issues; and a query that names another repository finds that one's. */
  #row(listed: InferOutput<typeof listedSchema>, item: unknown, me: Person): Row {
    const row: Row = { id: String(listed.number), at: listed.updated_at };
    const read = checked(issueSchema, item, `issue ${listed.number}`);
    if (!read.ok) return { ...row, problem: read.error.message };
    if (!this.#issues.isOwn(read.value)) return row;
    return read.value.pull_request ? row : { ...row, ticket: this.#issues.map(read.value, me) };
  }
}

function since(from: number): string | undefined {
  return from > 0 ? new Date(from).toISOString().replace(/\.\d+Z$/, 'Z') : undefined;
}
