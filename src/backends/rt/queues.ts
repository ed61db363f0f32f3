import { ok, type Result } from '../../desk/errors.ts';
import type { Team } from '../backend.ts';
import { tierField, tierOfTeam } from '../content/tier.ts';
import { perPage, type RtClient } from './client.ts';
import { queueSchema, type RtQueue } from './schema.ts';

const mostLookedInto = 20;

/** The queues we may see. Asked for once for each sign-in. */
export class Queues {
  readonly #client: RtClient;
  readonly #others = new Map<string, string>();
  #list: RtQueue[] | undefined;

  constructor(client: RtClient) {
    this.#client = client;
  }

  forget(): void {
    this.#list = undefined;
  }

  async all(signal: AbortSignal): Promise<Result<RtQueue[]>> {
    if (this.#list !== undefined) return ok(this.#list);
    const listed = await this.#client.all(
      queueSchema,
      '/queues/all',
      signal,
      { fields: 'Name,Lifecycle,Disabled,SLADisabled,_hyperlinks', orderby: 'id' },
      (_, page) => page.count < perPage && page.count > 0,
    );
    if (listed.ok) this.#list = listed.value;
    return listed;
  }

  /** By number, as the history names a queue: also one that is disabled, if we may see it. */
  async nameOf(id: string, signal: AbortSignal): Promise<Result<string>> {
    const all = await this.all(signal);
    if (!all.ok) return all;
    const known = all.value.find((queue) => queue.id === id)?.Name ?? this.#others.get(id);
    if (known !== undefined) return ok(known);
    const found = await this.#client.get(queueSchema, `/queue/${id}`, signal);
    if (!found.ok && found.error.reason !== 'not-found' && found.error.reason !== 'forbidden') return found;
    const name = found.ok ? found.value.value.Name : id;
    this.#others.set(id, name);
    return ok(name);
  }

  /** Those that tickets can be moved to. */
  async teams(signal: AbortSignal): Promise<Result<Team[]>> {
    const all = await this.all(signal);
    if (!all.ok) return all;
    return ok(
      all.value
        .filter((queue) => queue.Disabled === 0)
        .map(({ Name: name }) => {
          const tier = tierOfTeam(name);
          return { name, ...(tier !== undefined && { tier }) };
        }),
    );
  }

  /** Do tickets of some queue have a field for the tier? */
  async haveTiers(signal: AbortSignal): Promise<Result<boolean>> {
    const all = await this.all(signal);
    if (!all.ok) return all;
    const details = await Promise.all(
      all.value
        .slice(0, mostLookedInto)
        .map(({ id }) => this.#client.get(queueSchema, `/queue/${id}`, signal)),
    );
    for (const detail of details) {
      if (!detail.ok) return detail;
      if (detail.value.value.TicketCustomFields.some((field) => field.name === tierField)) return ok(true);
    }
    return ok(false);
  }
}

export function canCreateIn(queue: RtQueue): boolean {
  return queue._hyperlinks.some((link) => link.ref === 'create' && link.type === 'ticket');
}
