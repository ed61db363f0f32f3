import type { Backend } from '../backends/backend.ts';
import type { Account } from '../desk/account.ts';
import { elapsed } from '../desk/elapsed.ts';
import type { DeskError } from '../desk/errors.ts';
import { sameTicket, type Instant } from '../desk/ticket.ts';
import { scopeKinds, scopesOf, type ScopeKind } from '../desk/scope.ts';
import { compareUrgency } from '../desk/urgency.ts';
import { fetchTimeline } from './fetch.ts';
import { fateOf, isAccountWide } from './outbox.ts';
import { atMost } from './parallel.ts';
import type { Pulled } from './pull.ts';
import { Sweep, type SweepDeps } from './sweep.ts';

export interface UpkeepDeps extends SweepDeps {
  account: (accountId: string) => Account | undefined;
  sweepMs: number;
}

/** Timelines fetched after one pull. */
const mostAtOnce = 50;
const parallel = 2;
/** So many of the latest tickets of mine are completed with timelines, at the beginning and with each sweep. */
const latest = 200;
const defaultSolvedTimelines = 100;

/**
 * What an incremental pull can't see or leaves out, for one account: the timelines of what is mine, so that they can be
 * read offline, and of what my teams solved, so that similar tickets are found; and what left a scope without a trace.
 */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #accountId: string;
  readonly #sweep: Sweep;
  /** Ids of tickets whose timeline is to be fetched. */
  readonly #wanted = new Set<string>();
  /** Those of them that could not be had when they were asked for, the longest ago first: all others go before them. */
  readonly #delayed = new Set<string>();
  #begun = false;
  /** When the scopes were last compared. */
  #swept: Instant;

  constructor(deps: UpkeepDeps, accountId: string) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#sweep = new Sweep(deps, accountId, (ticketId) => this.#wanted.add(ticketId));
    this.#swept = deps.clock.now();
  }

  /** Not found when asked for: the next to be looked at. */
  suspect(ticketId: string): void {
    this.#sweep.suspect(ticketId);
  }

  /** Why tickets that are in a scope are not in the store, a sentence each; nothing before they were looked at. */
  leftOut(): string[] | undefined {
    return this.#sweep.leftOut();
  }

  /** Something was left out: it is looked for as soon as possible. */
  doubt(): void {
    this.#swept = -Infinity;
  }

  /** A pull went through. */
  note({ changed }: Pulled): void {
    for (const { id } of changed) this.#wanted.add(id);
    this.#wantPaired();
    if (this.#begun) return;
    this.#begun = true;
    if (this.#deps.reader.accountState(this.#accountId)?.leftOut?.length) this.doubt();
    this.#wantMissing();
  }

  /** Does a bounded part of the work; what is left, and what met an error of the account, waits for the next time. */
  async run(backend: Backend, kinds: readonly ScopeKind[], signal: AbortSignal): Promise<void> {
    const { account, clock, sweepMs } = this.#deps;
    const followed = account(this.#accountId);
    if (!followed) return;
    await this.#sweep.forgetOthers(scopesOf(followed, scopeKinds));
    const obstacle = await this.#fetchTimelines(backend, signal);
    if (obstacle || signal.aborted) return;
    const now = clock.now();
    if (elapsed(this.#swept, now) >= sweepMs) {
      const incomplete = await this.#sweep.compare(backend, scopesOf(followed, kinds), signal);
      if (incomplete) return;
      this.#swept = now;
      this.#wantMissing();
    }
    await this.#sweep.look(backend, signal);
  }

  /** A ticket that was escalated from another account is in no scope: nothing else brings news of it. */
  #wantPaired(): void {
    const { reader } = this.#deps;
    for (const { from, to } of reader.pairs()) {
      for (const ref of [from, to]) if (ref?.accountId === this.#accountId) this.#wanted.add(ref.id);
    }
  }

  /** The timelines that are to be there and are not: new to a scope, or refused when they were asked for. */
  #wantMissing(): void {
    const { account, reader } = this.#deps;
    const { teams = [], solvedTimelines = defaultSolvedTimelines } = account(this.#accountId) ?? {};
    const accountIds = [this.#accountId];
    const kept = [
      { accountIds, mine: true, active: true, limit: latest },
      ...teams.map((team) => ({ accountIds, teams: [team], active: false, limit: solvedTimelines })),
    ];
    for (const ticket of kept.flatMap((filter) => reader.tickets(filter))) {
      if (!reader.hasTimeline(ticket)) this.#wanted.add(ticket.id);
    }
  }

  async #fetchTimelines(backend: Backend, signal: AbortSignal): Promise<DeskError | undefined> {
    const { reader } = this.#deps;
    const fresh = [...this.#wanted].filter((id) => !this.#delayed.has(id));
    const known = fresh.map((id) => ({ id, ticket: reader.ticket({ accountId: this.#accountId, id }) }));
    const inOrder = known.toSorted((a, b) =>
      a.ticket && b.ticket ? compareUrgency(a.ticket, b.ticket) : Number(!!a.ticket) - Number(!!b.ticket),
    );
    const order = [...inOrder.map(({ id }) => id), ...this.#delayed];
    return atMost(parallel, order.slice(0, mostAtOnce), async (id) => {
      const ref = { accountId: this.#accountId, id };
      const fetched = await fetchTimeline(this.#deps, backend, ref, signal);
      if (!fetched.ok && isAccountWide(fetched.error.reason)) return fetched.error;
      this.#delayed.delete(id);
      if (!fetched.ok && fateOf(fetched.error.reason, false) === 'again') {
        this.#delayed.add(id);
        return undefined;
      }
      this.#wanted.delete(id);
      if (fetched.ok && !sameTicket(fetched.value.ticket, ref)) {
        await this.#deps.pairs.moved(ref, fetched.value.ticket);
      }
      if (!fetched.ok && fetched.error.reason === 'not-found') this.suspect(id);
      return undefined;
    });
  }
}
