import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { GitHubClient } from './client.ts';
import { personOf } from './issues.ts';
import { loginSchema, meSchema } from './schema.ts';

/** People by their sign-in names: GitHub's lists have no others. */
export class People {
  readonly #client: GitHubClient;
  readonly #repository: string;
  #me: Person | undefined;

  /** `repository` is the path of the repository. */
  constructor(client: GitHubClient, repository: string) {
    this.#client = client;
    this.#repository = repository;
  }

  /** Who is signed in; asked once, unless `anew`. */
  async me(signal: AbortSignal, anew = false): Promise<Result<Person>> {
    if (this.#me !== undefined && !anew) return ok(this.#me);
    const found = await this.#client.get(meSchema, '/user', signal);
    if (!found.ok) return found;
    const { login, name } = found.value;
    this.#me = { id: login, name: name || login };
    return ok(this.#me);
  }

  async search(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const listed = await this.#client.all(loginSchema, `${this.#repository}/assignees`, signal);
    if (!listed.ok) return listed;
    const wanted = query.trim().toLowerCase();
    const found = listed.value
      .map(({ login }) => login)
      .filter((login) => login.toLowerCase().includes(wanted));
    const distance = (login: string) => (login.toLowerCase().startsWith(wanted) ? 0 : 1);
    return ok(found.sort((a, b) => distance(a) - distance(b) || a.localeCompare(b)).map(personOf));
  }

  /** May this person be assigned? */
  async isAssignable(login: string, signal: AbortSignal): Promise<Result<boolean>> {
    const path = `${this.#repository}/assignees/${encodeURIComponent(login)}`;
    const answer = await this.#client.read(path, signal, undefined, [404]);
    return answer.ok ? ok(answer.value.status === 204) : answer;
  }
}
