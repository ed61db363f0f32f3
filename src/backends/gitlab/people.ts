import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { GitLabClient } from './client.ts';
import { userSchema, type User } from './schema.ts';

/** The user that writes what comes by mail to the Service Desk. */
export const supportBot = 'support-bot';

/** The members of a project. A person's id is the sign-in name. */
export class People {
  readonly #client: GitLabClient;
  readonly #project: string;
  #me: Person | undefined;
  #members: User[] | undefined;

  constructor(client: GitLabClient, project: string) {
    this.#client = client;
    this.#project = project;
  }

  /** Who is signed in; asked once, unless `anew`. */
  async me(signal: AbortSignal, anew = false): Promise<Result<Person>> {
    if (this.#me !== undefined && !anew) return ok(this.#me);
    const found = await this.#client.get(userSchema, '/user', signal);
    if (!found.ok) return found;
    this.#me = personOf(found.value);
    return ok(this.#me);
  }

  async search(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const members = await this.members(signal, true);
    if (!members.ok) return members;
    const wanted = query.trim().toLowerCase();
    const found = members.value.filter(({ username, name }) =>
      [username, name].some((text) => text.toLowerCase().includes(wanted)),
    );
    const distance = ({ username }: User) => (username.toLowerCase().startsWith(wanted) ? 0 : 1);
    return ok(found.sort((a, b) => distance(a) - distance(b) || a.name.localeCompare(b.name)).map(personOf));
  }

  async members(signal: AbortSignal, anew = false): Promise<Result<User[]>> {
    if (this.#members !== undefined && !anew) return ok(this.#members);
    const listed = await this.#client.all(userSchema, `${this.#project}/members/all`, signal);
    if (listed.ok) this.#members = listed.value;
    return listed;
  }
}

export function personOf({ username, name }: User): Person {
  return { id: username, name };
}
