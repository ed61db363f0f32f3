import type { Backend } from '../backends/backend.ts';
import type { DeskError } from '../desk/errors.ts';
import { sameTicket, ticketRef, type Instant, type Ticket, type TicketRef } from '../desk/ticket.ts';
import { compareUrgency } from '../desk/urgency.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import type { Clock } from './clock.ts';
import { fetchTimeline } from './fetch.ts';
import type { Freshness } from './freshness.ts';
import { isAccountWide } from './outbox.ts';
import type { Pulled } from './pull.ts';

export interface UpkeepDeps {
  reader: StoreReader;
  writer: StoreWriter;
  freshness: Freshness;
  clock: Clock;
  sweepMs: number;
  log: (line: string) => void;
}

/** Timelines fetched, and tickets looked at again, after one pull. */
const mostAtOnce = 50;
const parallel = 2;
/** So many of the latest tickets are completed with timelines when Deskside begins. */
const latest = 200;
const mostSwept = 2_000;

/**
 * What an incremental pull can't see or leaves out, for one account: the timelines of what is mine, so that they can be
 * read offline, and tickets that left the query without a trace (reassigned, merged, deleted).
 */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #accountId: string;
  /** Ids of tickets whose timeline is to be fetched. */
  readonly #wanted = new Set<string>();
  /** When a ticket was last known to be there. */
  readonly #checked = new Map<string, Instant>();
  /** Not found when asked for: the next to be looked at. */
  readonly #suspects = new Set<string>();
  #begun = false;
  #swept: Instant;

  constructor(deps: UpkeepDeps, accountId: string) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#swept = deps.clock.now();
  }

  suspect(ticketId: string): void {
    this.#suspects.add(ticketId);
  }

  /** A pull went through. */
  note({ changed }: Pulled): void {
    for (const { id } of changed) this.#wanted.add(id);
    if (this.#begun) return;
    this.#begun = true;
    const { reader } = this.#deps;
    for (const ticket of this.#mine(latest)) if (!reader.hasTimeline(ticket)) this.#wanted.add(ticket.id);
  }

  /** Does a bounded part of the work; what is left, and what met an error of the account, waits for the next time. */
  async run(backend: Backend, signal: AbortSignal): Promise<void> {
    const obstacle = await this.#fetchTimelines(backend, signal);
    if (!obstacle && !signal.aborted) await this.#sweep(backend, signal);
  }

  async #fetchTimelines(backend: Backend, signal: AbortSignal): Promise<DeskError | undefined> {
    const { reader } = this.#deps;
    const known = [...this.#wanted].map((id) => ({
      id,
      ticket: reader.ticket({ accountId: this.#accountId, id }),
    }));
    const order = known.toSorted((a, b) =>
      a.ticket && b.ticket ? compareUrgency(a.ticket, b.ticket) : Number(!!a.ticket) - Number(!!b.ticket),
    );
    return atMost(parallel, order.slice(0, mostAtOnce), async ({ id }) => {
      const fetched = await fetchTimeline(this.#deps, backend, { accountId: this.#accountId, id }, signal);
      if (!fetched.ok && isAccountWide(fetched.error.reason)) return fetched.error;
      this.#wanted.delete(id);
      if (!fetched.ok && fetched.error.reason === 'not-found') this.#suspects.add(id);
      return undefined;
    });
  }

  /** Looks again at what was not heard of for the longest time. */
  async #sweep(backend: Backend, signal: AbortSignal): Promise<void> {
    const { clock, sweepMs } = this.#deps;
    const now = clock.now();
    const due = now - this.#swept >= sweepMs;
    const old = due ? this.#mine(mostSwept).map(({ id }) => id) : [];
    const age = (id: string) => (this.#suspects.has(id) ? -1 : (this.#checked.get(id) ?? 0));
    const candidates = [...new Set([...this.#suspects, ...old])]
      .filter((id) => now - age(id) >= sweepMs)
      .sort((a, b) => age(a) - age(b))
      .slice(0, mostAtOnce);
    const gone: string[] = [];
    let found = 0;
    const obstacle = await atMost(parallel, candidates, async (id) => {
      const watch = this.#deps.freshness.watch();
      const answer = await backend.ticket(id, signal);
      const overtaken = watch.overtaken({ accountId: this.#accountId, id });
      watch.end();
      if (answer.ok) {
        found += 1;
        if (!overtaken) await this.#compare({ accountId: this.#accountId, id }, answer.value);
      } else if (answer.error.reason === 'not-found' || answer.error.reason === 'forbidden') {
        gone.push(id);
      } else if (isAccountWide(answer.error.reason)) return answer.error;
      this.#checked.set(id, now);
      this.#suspects.delete(id);
      return undefined;
    });
    if (due && !obstacle) this.#swept = now;
    await this.#drop(gone, found);
  }

  async #compare(ref: TicketRef, ticket: Ticket): Promise<void> {
    const { reader, writer, freshness, log } = this.#deps;
    if (!sameTicket(ref, ticket)) {
      log(`${ref.id} was merged into ${ticket.key}`);
      await this.#forget(ref);
      if (ticket.mine) this.#wanted.add(ticket.id);
    }
    if (reader.ticket(ticket)?.revision === ticket.revision) return;
    if (!ticket.mine) log(`${ticket.key} is no longer mine`);
    freshness.wrote(ticket);
    await writer.run('putTicket', ticket);
    if (ticket.mine) this.#wanted.add(ticket.id);
  }

  /** A server that suddenly knows none of several tickets is more likely ill than emptied. */
  async #drop(gone: readonly string[], found: number): Promise<void> {
    const { reader, log } = this.#deps;
    if (found === 0 && gone.length >= 3) {
      log(`${gone.length} tickets were not found, and none was: kept as they are`);
      return;
    }
    const inUse = new Set([...reader.outbox(), ...reader.drafts()].map(({ ticketId }) => ticketId));
    for (const id of gone.filter((one) => !inUse.has(one))) {
      log(`${id} was deleted or is no longer visible`);
      await this.#forget({ accountId: this.#accountId, id });
    }
  }

  async #forget(ref: TicketRef): Promise<void> {
    this.#checked.delete(ref.id);
    await this.#deps.writer.run('dropTicket', ref);
  }

  #mine(limit: number): TicketRef[] {
    const filter = { accountIds: [this.#accountId], mine: true, active: true, limit };
    return this.#deps.reader.tickets(filter).map(ticketRef);
  }
}

/** Works through `items`, `limit` at a time, until one gives an error; gives that. */
async function atMost<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<DeskError | undefined>,
): Promise<DeskError | undefined> {
  const queue = items.values();
  let obstacle: DeskError | undefined;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      obstacle ??= await work(item);
      if (obstacle) return;
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return obstacle;
}
