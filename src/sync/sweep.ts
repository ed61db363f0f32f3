import type { Backend } from '../backends/backend.ts';
import { elapsed } from '../desk/elapsed.ts';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import { scopeKey, type Scope } from '../desk/scope.ts';
import { sameTicket, type Instant, type Ticket, type TicketRef } from '../desk/ticket.ts';
import type { StoreReader, StoreWriter, TicketFilter } from '../store/api.ts';
import { answerOf, pagesOf } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Freshness } from './freshness.ts';
import { isAccountWide } from './outbox.ts';
import type { Pairs } from './pairs.ts';
import { atMost } from './parallel.ts';

export interface SweepDeps {
  reader: StoreReader;
  writer: StoreWriter;
  freshness: Freshness;
  clock: Clock;
  log: (line: string) => void;
  /** Told of what became of tickets that may be half of a pair. */
  pairs: Pick<Pairs, 'moved' | 'gone'>;
}

/** Tickets looked at again at one time. */
const mostAtOnce = 50;
const parallel = 2;
/** What is in no scope any more, and not done with, is looked at so often. */
const aside = 24 * 60 * 60 * 1000;

/**
 * Finds what left a scope without a trace (reassigned, moved, merged, deleted, no longer visible), by comparing what is
 * in it with what the store has; and what came into it without one.
 */
export class Sweep {
  readonly #deps: SweepDeps;
  readonly #accountId: string;
  /** Told of tickets whose timeline is to be fetched. */
  readonly #want: (ticketId: string) => void;
  /** Ids of tickets to be looked at. */
  readonly #suspects = new Set<string>();
  /** Those of which the ticket itself may be there, but its timeline was not found. */
  readonly #unread = new Set<string>();
  /** Why tickets could not be read, by their ids. */
  readonly #leftOut = new Map<string, string>();
  #compared = false;
  /** What the last comparison found both in a scope and in the store. */
  #present: string[] = [];
  /** When a ticket in no scope was last looked at. */
  readonly #seenAside = new Map<string, Instant>();

  constructor(deps: SweepDeps, accountId: string, want: (ticketId: string) => void) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#want = want;
  }

  /** Its timeline was not found. */
  suspect(ticketId: string): void {
    this.#suspects.add(ticketId);
    this.#unread.add(ticketId);
  }

  /** Why tickets that are in a scope are not in the store, a sentence each; nothing before they were looked at. */
  leftOut(): string[] | undefined {
    if (!this.#compared || this.#suspects.size > 0) return undefined;
    const { reader } = this.#deps;
    return [...this.#leftOut].flatMap(([id, why]) => (reader.ticket(this.#ref(id)) ? [] : why));
  }

  /** What the user no longer follows leaves the store, unless it is still in a scope or in use. */
  async forgetOthers(scopes: readonly Scope[]): Promise<void> {
    const { reader, writer, log } = this.#deps;
    const wanted = new Set(scopes.map(scopeKey));
    if (reader.scopes(this.#accountId).every((key) => wanted.has(key))) return;
    const written = await writer.run('keepScopes', { accountId: this.#accountId, scopes });
    if (!written.ok) return;
    const kept = new Set(scopes.flatMap((scope) => this.#stored(filterOf(scope))));
    const inUse = this.#inUse();
    const others = this.#stored({ mine: false }).filter((id) => !kept.has(id) && !inUse.has(id));
    log(`${others.length} tickets are no longer followed`);
    await writer.run(
      'dropTickets',
      others.map((id) => this.#ref(id)),
    );
  }

  /** Finds out what has to be looked at; gives what kept it from asking for all scopes. */
  async compare(
    backend: Backend,
    scopes: readonly Scope[],
    signal: AbortSignal,
  ): Promise<DeskError | undefined> {
    const { writer } = this.#deps;
    const inSome = new Set<string>();
    let complete = true;
    this.#present = [];
    for (const scope of scopes) {
      const present = await collect(pagesOf(backend.members(scope, signal)));
      if (!present.ok) {
        if (isAccountWide(present.error.reason)) return present.error;
        for (const id of this.#stored(filterOf(scope))) inSome.add(id);
        complete = false;
        continue;
      }
      const stored = new Set(this.#stored(openIn(scope)));
      for (const id of present.value) {
        inSome.add(id);
        if (stored.has(id)) this.#present.push(id);
        else this.#suspects.add(id);
      }
      const ids = new Set(present.value);
      for (const id of stored) if (!ids.has(id)) this.#suspects.add(id);
      if (scope.kind !== 'query') continue;
      const members = { accountId: this.#accountId, query: scope.query, ticketIds: present.value };
      const written = await writer.run('putMembers', members);
      if (!written.ok) return written.error;
    }
    this.#lookAside(inSome);
    if (complete) for (const id of this.#leftOut.keys()) if (!inSome.has(id)) this.#leftOut.delete(id);
    this.#compared = true;
    return undefined;
  }

  /** Looks at some of what has to be looked at. */
  async look(backend: Backend, signal: AbortSignal): Promise<void> {
    const gone: string[] = [];
    let found = 0;
    await atMost(parallel, [...this.#suspects].slice(0, mostAtOnce), async (id) => {
      const watch = this.#deps.freshness.watch();
      const answer = await answerOf(() => backend.ticket(id, signal));
      const overtaken = watch.overtaken(this.#ref(id));
      watch.end();
      if (!answer.ok && isAccountWide(answer.error.reason)) return answer.error;
      this.#suspects.delete(id);
      this.#leftOut.delete(id);
      if (answer.ok) {
        found += 1;
        if (!overtaken) await this.#take(this.#ref(id), answer.value);
      } else if (answer.error.reason === 'not-found' || answer.error.reason === 'forbidden') {
        gone.push(id);
        this.#unread.delete(id);
      } else this.#leftOut.set(id, answer.error.message);
      return undefined;
    });
    if (found > 0 || gone.length < 3 || (await this.#isWell(backend, gone, signal))) await this.#drop(gone);
    else this.#deps.log(`${gone.length} tickets were not found, and none was: kept as they are`);
  }

  /** Nothing brings news of an open ticket that was given away: it is asked for now and then, until it is done. */
  #lookAside(inSome: ReadonlySet<string>): void {
    const now = this.#deps.clock.now();
    const outside = this.#stored({ active: true, mine: false }).filter((id) => !inSome.has(id));
    for (const id of outside) {
      const seen = this.#seenAside.get(id) ?? now;
      this.#seenAside.set(id, seen);
      if (elapsed(seen, now) < aside) continue;
      this.#seenAside.set(id, now);
      this.#suspects.add(id);
    }
  }

  async #take(ref: TicketRef, ticket: Ticket): Promise<void> {
    const { reader, writer, freshness, log, pairs } = this.#deps;
    const before = reader.ticket(ref);
    if (!sameTicket(ref, ticket)) {
      log(`${before?.key ?? ref.id} was merged into ${ticket.key}`);
      await pairs.moved(ref, ticket);
      await writer.run('dropTickets', [ref]);
      if (ticket.mine) this.#want(ticket.id);
    }
    if (this.#unread.delete(ticket.id)) this.#want(ticket.id);
    if (reader.ticket(ticket)?.revision === ticket.revision) return;
    if (before?.mine === true && !ticket.mine) {
      log(`${ticket.key} is no longer mine: ${ticket.assignee?.name ?? 'nobody'} has it`);
    } else if (before?.team !== undefined && before.team !== ticket.team) {
      log(`${ticket.key} was moved from ${before.team} to ${ticket.team ?? 'no team'}`);
    }
    freshness.wrote(ticket);
    await writer.run('putTicket', ticket);
    if (ticket.mine) this.#want(ticket.id);
  }

  /** A server that suddenly knows none of several tickets is more likely ill than emptied, unless it knows another. */
  async #isWell(backend: Backend, gone: readonly string[], signal: AbortSignal): Promise<boolean> {
    const other = this.#present.find((id) => !gone.includes(id));
    return other !== undefined && (await answerOf(() => backend.ticket(other, signal))).ok;
  }

  async #drop(gone: readonly string[]): Promise<void> {
    const { reader, writer, log, pairs } = this.#deps;
    const inUse = this.#inUse();
    const dropped = gone.filter((id) => !inUse.has(id)).map((id) => this.#ref(id));
    if (dropped.length === 0) return;
    for (const ref of dropped) {
      log(`${reader.ticket(ref)?.key ?? ref.id} was deleted or is no longer visible`);
    }
    await pairs.gone(dropped);
    await writer.run('dropTickets', dropped);
  }

  /** The user is about to do something with them. */
  #inUse(): Set<string | undefined> {
    const { reader } = this.#deps;
    const ours = [...reader.outbox(), ...reader.drafts()].filter(
      ({ accountId }) => accountId === this.#accountId,
    );
    return new Set(ours.map(({ ticketId }) => ticketId));
  }

  #stored(filter: TicketFilter): string[] {
    return this.#deps.reader.ticketIds({ ...filter, accountIds: [this.#accountId] }).map(({ id }) => id);
  }

  #ref(id: string): TicketRef {
    return { accountId: this.#accountId, id };
  }
}

/** What the store has of a scope. */
function filterOf(scope: Scope): TicketFilter {
  switch (scope.kind) {
    case 'mine':
      return { mine: true };
    case 'team':
      return { teams: [scope.team] };
    case 'query':
      return { query: scope.query };
  }
}

/** The same, as far as the backend's members tell of it for certain. */
function openIn(scope: Scope): TicketFilter {
  return scope.kind === 'query' ? filterOf(scope) : { ...filterOf(scope), active: true };
}

async function collect(pages: AsyncIterable<Result<string[]>>): Promise<Result<string[]>> {
  const ids: string[] = [];
  for await (const page of pages) {
    if (!page.ok) return fail(page.error);
    ids.push(...page.value);
  }
  return ok(ids);
}
