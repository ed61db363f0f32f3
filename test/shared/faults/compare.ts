import { isDeepStrictEqual } from 'node:util';
import type { Backend } from '../../../src/backends/backend.ts';
import { mine as mineOnly } from '../../../src/desk/scope.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type { StoreReader } from '../../../src/store/api.ts';
import { accountId, value } from './window.ts';

const calm = new AbortController().signal;

/** What of the store is not what the server says, a sentence each: every ticket, its timeline, and the list of mine. */
export async function differences(reader: StoreReader, backend: Backend): Promise<string[]> {
  const found: string[] = [];
  const mine = new Set<string>();
  for await (const page of backend.pull(mineOnly, undefined, calm)) {
    for (const ticket of value(page).tickets) if (ticket.mine) mine.add(ticket.id);
  }
  const stored = reader.tickets({ accountIds: [accountId] });
  const ids = new Set(stored.map(({ id }) => id));
  for (const id of mine) if (!ids.has(id)) found.push(`${id} is missing`);
  for (const ticket of stored) {
    if (ticket.mine !== mine.has(ticket.id)) found.push(`${ticket.key}: mine is ${ticket.mine}`);
    const there = value(await backend.timeline(ticket.id, calm));
    const differing = fields(comparable(ticket), comparable(there.ticket));
    if (differing.length > 0) found.push(`${ticket.key}: ${differing.join(', ')}`);
    const entries = reader.entries(ticket);
    if (!isDeepStrictEqual(plain(entries), plain(there.entries))) {
      found.push(`${ticket.key}: ${entries.length} entries, there ${there.entries.length}`);
    }
  }
  return found;
}

function fields(ours: object, theirs: object): string[] {
  const [left, right] = [new Map(Object.entries(ours)), new Map(Object.entries(theirs))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => !isDeepStrictEqual(left.get(name), right.get(name)))
    .map((name) => `${name} ${JSON.stringify(left.get(name))} ≠ ${JSON.stringify(right.get(name))}`);
}

/** The page of a ticket has the address it was asked under: here the proxy's. */
function comparable(ticket: Ticket): object {
  return plain({ ...ticket, url: undefined }) as object;
}

function plain(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}
