import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { personOf } from './issues.ts';
import { userSchema, type Project } from './schema.ts';

const users = v.array(userSchema);

/** The people and projects of a site. */
export class People {
  readonly #client: JiraClient;
  readonly #edition: Edition;
  #me: Person | undefined;
  #projects: Project[] | undefined;

  constructor(client: JiraClient, edition: Edition) {
    this.#client = client;
    this.#edition = edition;
  }

  /** Who is signed in; asked once, unless `anew`. */
  async me(signal: AbortSignal, anew = false): Promise<Result<Person>> {
    if (this.#me !== undefined && !anew) return ok(this.#me);
    const found = await this.#client.get(userSchema, '/myself', signal);
    if (!found.ok) return found;
    this.#me = personOf(found.value);
    return ok(this.#me);
  }

  /** Those who can be given work in the projects we see. */
  async search(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const projects = await this.projects(signal);
    if (!projects.ok) return projects;
    const found = new Map<string, Person>();
    for (const { key } of projects.value.slice(0, 3)) {
      const listed = await this.#client.get(users, '/user/assignable/search', signal, {
        project: key,
        [this.#edition.personQuery]: query.trim(),
        maxResults: 50,
      });
      if (!listed.ok) return listed;
      for (const user of listed.value) if (user.active) found.set(personOf(user).id, personOf(user));
    }
    return ok([...found.values()]);
  }

  /**
   * Whoever has just this name or address, customers included: Jira's search gives also those who have it in theirs. Who
   * hides their address is known by being the only one found by it.
   */
  async find(who: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const wanted = who.trim().toLowerCase();
    const listed = await this.#client.get(users, '/user/search', signal, {
      [this.#edition.personQuery]: wanted,
    });
    if (!listed.ok) return listed;
    const named = listed.value.filter(({ accountId, name, displayName, emailAddress }) =>
      [accountId, name, displayName, emailAddress].some((one) => one?.toLowerCase() === wanted),
    );
    const hidden = wanted.includes('@') ? listed.value.filter(({ emailAddress }) => !emailAddress) : [];
    return ok((named.length === 0 && listed.value.length === 1 ? hidden : named).map(personOf));
  }

  async projects(signal: AbortSignal, anew = false): Promise<Result<Project[]>> {
    if (this.#projects !== undefined && !anew) return ok(this.#projects);
    const listed = await this.#edition.projects(this.#client, signal);
    if (listed.ok) this.#projects = listed.value;
    return listed;
  }
}
