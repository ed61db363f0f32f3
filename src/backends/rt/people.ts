import { cancelled, fail, ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { InferOutput } from 'valibot';
import type { RtClient } from './client.ts';
import { groupSchema, itemSchema, listedUserSchema, userSchema, type RtUser } from './schema.ts';

export const nobody = 'Nobody';
const service = new Set([nobody, 'RT_System']);
const mostGroups = 20;
const mostPeople = 20;

/** The people of one RT. A person's id is the sign-in name; names and addresses are asked for once. */
export class People {
  readonly #client: RtClient;
  readonly #known = new Map<string, Person>();
  #me: Person | undefined;

  constructor(client: RtClient) {
    this.#client = client;
  }

  /** Who is signed in: RT does not tell, but the token does. */
  async me(signal: AbortSignal): Promise<Result<Person>> {
    if (signal.aborted) return cancelled();
    if (this.#me !== undefined) return ok(this.#me);
    const number = await this.number();
    if (!number.ok) return number;
    const found = await this.#client.get(userSchema, `/user/${number.value}`, signal);
    if (!found.ok) return found;
    const { Name: name } = found.value.value;
    if (name === undefined) {
      return fail({ reason: 'forbidden', message: 'Request Tracker does not tell who is signed in.' });
    }
    this.#me = this.remember({ ...found.value.value, id: name });
    return ok(this.#me);
  }

  /** Our number, which the history uses for people. */
  async number(): Promise<Result<string>> {
    const number = await this.#client.identity();
    return number === undefined
      ? fail({ reason: 'unauthorised', message: 'This is not an authentication token of Request Tracker.' })
      : ok(number);
  }

  /** Takes in what came along with something else. */
  remember(user: RtUser): Person {
    const email = user.EmailAddress;
    const person: Person = { id: user.id, name: user.RealName || user.id, ...(email && { email }) };
    this.#known.set(user.id, person);
    return person;
  }

  /** By sign-in name or number; somebody we may not look at is known by that alone. */
  async find(id: string, signal: AbortSignal): Promise<Result<Person>> {
    const known = this.#known.get(id);
    if (known !== undefined) return ok(known);
    const found = await this.user(id, signal);
    if (!found.ok) {
      const { reason } = found.error;
      if (reason !== 'not-found' && reason !== 'forbidden') return found;
      return ok({ id, name: id });
    }
    const person = this.remember({ ...found.value, id: found.value.Name ?? id });
    this.#known.set(id, person);
    return ok(person);
  }

  async user(id: string, signal: AbortSignal): Promise<Result<InferOutput<typeof userSchema>>> {
    const found = await this.#client.get(userSchema, `/user/${encodeURIComponent(id)}`, signal);
    return found.ok ? ok(found.value.value) : found;
  }

  /** Those who may work on tickets, best match first. */
  async search(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return query.trim() === '' ? this.#colleagues(signal) : this.#matching(query.trim(), signal);
  }

  async #matching(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const lists = await Promise.all(
      ['Name', 'RealName', 'EmailAddress'].map((field) =>
        this.#client.page(
          listedUserSchema,
          '/users',
          signal,
          { fields: 'Name,RealName,EmailAddress', per_page: mostPeople },
          [{ field, operator: 'LIKE', value: query }],
        ),
      ),
    );
    const found = new Map<string, RtUser>();
    for (const list of lists) {
      if (!list.ok) return list;
      for (const user of list.value.items) if (!service.has(user.id)) found.set(user.id, user);
    }
    const best = [...found.values()]
      .sort((a, b) => distance(query, a) - distance(query, b))
      .slice(0, mostPeople);
    const details = await Promise.all(best.map((user) => this.user(user.id, signal)));
    const people: Person[] = [];
    for (const [index, user] of best.entries()) {
      const detail = details[index];
      if (detail?.ok === false && detail.error.reason !== 'not-found') return detail;
      if (detail?.ok === true && detail.value.Privileged > 0) people.push(this.remember(user));
    }
    return ok(people);
  }

  /** Everybody in the groups we may look into, and us. */
  async #colleagues(signal: AbortSignal): Promise<Result<Person[]>> {
    const me = await this.me(signal);
    if (!me.ok) return me;
    const groups = await this.#client.page(itemSchema, '/groups', signal, { per_page: mostGroups }, [
      { field: 'Domain', value: 'UserDefined' },
    ]);
    if (!groups.ok) return groups;
    const ids = new Set([me.value.id]);
    const members = await Promise.all(
      groups.value.items.map((group) => this.#client.get(groupSchema, `/group/${group.id}`, signal)),
    );
    for (const answer of members) {
      if (!answer.ok) {
        if (answer.error.reason === 'forbidden' || answer.error.reason === 'not-found') continue;
        return answer;
      }
      for (const member of answer.value.value.Members) if (member.type === 'user') ids.add(member.id);
    }
    const people: Person[] = [];
    for (const person of await Promise.all([...ids].map((id) => this.find(id, signal)))) {
      if (!person.ok) return person;
      if (!service.has(person.value.id)) people.push(person.value);
    }
    return ok(people.sort((a, b) => a.name.localeCompare(b.name)));
  }
}

function distance(query: string, user: RtUser): number {
  const wanted = query.toLowerCase();
  const [id, name] = [user.id.toLowerCase(), (user.RealName ?? '').toLowerCase()];
  if (id === wanted) return 0;
  if (id.startsWith(wanted)) return 1;
  return name.split(/\s+/).some((word) => word.startsWith(wanted)) ? 2 : 3;
}
