import type { KnownValues } from '../../desk/query/complete.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';

/** Read in one go: a few milliseconds. */
const page = 200;
/** Of the latest tickets: what is on none of them is hardly looked for. */
const looked = 2_000;

/** The people and labels of the latest tickets, the most frequent first; grows while `wanted` says so. */
export async function searchValues(
  reader: Pick<StoreReader, 'tickets'>,
  accounts: readonly string[],
  wanted: () => boolean,
): Promise<KnownValues> {
  const counts = {
    people: new Counts(),
    statuses: new Counts(),
    teams: new Counts(),
    tags: new Counts(),
    priorities: new Counts(),
  };
  for (let offset = 0; offset < looked && wanted(); offset += page) {
    const tickets = reader.tickets({ limit: page, offset });
    for (const ticket of tickets) count(ticket);
    if (tickets.length < page) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    people: counts.people.list(),
    statuses: counts.statuses.list(),
    teams: counts.teams.list(),
    tags: counts.tags.list(),
    priorities: counts.priorities.list(),
    accounts,
  };

  function count({ requester, assignee, status, team, tags, priority }: Ticket): void {
    for (const person of [requester, assignee]) counts.people.add(nameOf(person));
    counts.statuses.add(status.name);
    counts.teams.add(team);
    for (const tag of tags) counts.tags.add(tag);
    counts.priorities.add(priority.name);
  }
}

class Counts {
  readonly #counts = new Map<string, number>();

  add(value: string | undefined): void {
    if (value !== undefined && value !== '') this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  list(): string[] {
    return [...this.#counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  }
}

function nameOf(person: Person | undefined): string | undefined {
  return person?.name;
}
