import { elapsed } from '../desk/elapsed.ts';
import { ok, type Result } from '../desk/errors.ts';
import type { NewTicket, Operation, Step } from '../desk/operation.ts';
import { linkedName, passedAt, type Side, type TicketPair } from '../desk/pair.ts';
import { sameTicket, type Instant, type Ticket, type TicketRef } from '../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import { operationFor } from './request.ts';

/** A ticket that is escalated to another account. */
export interface AcrossRequest {
  /** The one here, as it was in front of the user. */
  ticket: Ticket;
  baseRevision?: string;
  seenUntil?: Instant;
  /** What happens here once the other ticket is there: `linkedPlace` stands for its name. */
  steps: Step[];
  there: { accountId: string; ticket: NewTicket };
  /** What is said in public on either ticket reaches the other one, as an internal note. */
  notes: boolean;
}

export interface PairDeps {
  reader: StoreReader;
  writer: StoreWriter;
  now: () => Instant;
  nextId: () => string;
  log: (line: string) => void;
  /** Something waits to be sent. */
  kick: (accountId: string) => void;
}

/** The clocks of ticketing systems count in seconds. */
const resolution = 1_000;
/** Not every change of a ticket is in its timeline: so long one is waited for. */
const patience = 120_000;

/** Makes pairs of tickets, and keeps both in step. All it does goes through the outbox. */
export class Pairs {
  readonly #deps: PairDeps;
  #passing: Promise<void> | undefined;
  #again = false;
  /** When a ticket was first seen to be newer than its timeline. */
  readonly #ahead = new Map<string, Instant>();

  constructor(deps: PairDeps) {
    this.#deps = deps;
  }

  /** On disk when it resolves: the ticket to be made there, what follows here, and that they belong together. */
  async make(request: AcrossRequest): Promise<Result<Operation>> {
    const { reader, writer, kick } = this.#deps;
    const { ticket, there, steps, notes } = request;
    const { accountId } = there;
    const first = this.#operation({
      accountId,
      label: there.ticket.subject,
      intent: 'escalate',
      steps: [{ type: 'create', ticket: there.ticket }],
    });
    if (!first.ok) return first;
    const second = this.#operation({
      accountId: ticket.accountId,
      ticket,
      ...(request.baseRevision !== undefined && { baseRevision: request.baseRevision }),
      ...(request.seenUntil !== undefined && { seenUntil: request.seenUntil }),
      label: ticket.key,
      intent: 'escalate',
      steps,
    });
    if (!second.ok) return second;
    const status = steps.find((step) => step.type === 'update')?.fields.status;
    const pair: TicketPair = {
      id: first.value.id,
      from: { accountId: ticket.accountId, id: ticket.id },
      notes,
      ...(status !== undefined && { waiting: { status, before: ticket.status.name } }),
      passed: { from: passedAt({ ticket, entries: reader.entries(ticket) }) },
    };
    const waiting = { ...second.value, after: first.value.id };
    const queued = await writer.run('queuePair', { pair, first: first.value, second: waiting });
    if (!queued.ok) return queued;
    kick(accountId);
    return first;
  }

  /** Passes on what is new on either side of every pair. */
  check(): Promise<void> {
    this.#again = this.#passing !== undefined;
    this.#passing ??= this.#checkAll().finally(() => {
      this.#passing = undefined;
      if (this.#again) void this.check();
    });
    return this.#passing;
  }

  /** A ticket was merged into another: a pair that it is in goes on with that one. */
  async moved(ref: TicketRef, { accountId, id }: TicketRef): Promise<void> {
    for (const pair of this.#pairsWith(ref)) {
      const side = sameTicket(pair.from, ref) ? 'from' : 'to';
      const moved = { ...pair, [side]: { accountId, id } };
      await this.#deps.writer.run('passOn', { was: pair, pair: moved, operations: [] });
    }
  }

  /** Tickets leave the store, because they are not found any more: each one's other is told, and goes on alone. */
  async gone(refs: readonly TicketRef[]): Promise<void> {
    for (const ref of refs) for (const pair of this.#pairsWith(ref)) await this.#part(pair, ref);
  }

  async #part(pair: TicketPair, ref: TicketRef): Promise<void> {
    const { reader, writer, kick } = this.#deps;
    const lost = reader.ticket(ref);
    const otherRef = sameTicket(pair.from, ref) ? pair.to : pair.from;
    const other = otherRef && reader.ticket(otherRef);
    const { newsOfLoss } = await import('../desk/pairNews.ts');
    const operations = other
      ? this.#notesOn(other, newsOfLoss(pair, lost ? linkedName(lost) : ref.id, other))
      : [];
    await writer.run('passOn', { was: pair, operations });
    for (const { accountId } of operations) kick(accountId);
  }

  #pairsWith(ref: TicketRef): TicketPair[] {
    const isSide = (side: TicketRef | undefined) => side !== undefined && sameTicket(side, ref);
    return this.#deps.reader.pairs().filter((pair) => isSide(pair.from) || isSide(pair.to));
  }

  async #checkAll(): Promise<void> {
    for (const pair of this.#deps.reader.pairs()) {
      try {
        await this.#passOn(pair);
      } catch (thrown) {
        this.#deps.log(`linked tickets: ${String(thrown)}`);
      }
    }
  }

  async #passOn(pair: TicketPair): Promise<void> {
    const { writer, log, kick } = this.#deps;
    const from = this.#side(pair.from);
    const to = pair.to && this.#side(pair.to);
    if (!from || !to || this.#isBeingMade(pair)) return;
    // What makes plain text of HTML is large, and most desks have no pairs.
    const { newsOf } = await import('../desk/pairNews.ts');
    const news = newsOf(pair, from, to);
    if (!news) return;
    const operations = [...this.#notesOn(from.ticket, news.from), ...this.#notesOn(to.ticket, news.to)];
    const passed = await writer.run('passOn', {
      was: pair,
      ...(!news.over && { pair: news.pair }),
      operations,
    });
    if (!passed.ok || !passed.value) return;
    if (operations.length > 0) log(`${from.ticket.key} and ${to.ticket.key}: news passed on`);
    for (const { accountId } of operations) kick(accountId);
  }

  /** What was queued when the pair was made comes first: it is what the news would answer. */
  #isBeingMade({ id: made, from }: TicketPair): boolean {
    return this.#deps.reader.outbox().some(({ id, after, accountId, ticketId, intent }) => {
      const handsOn = intent === 'escalate' && accountId === from.accountId && ticketId === from.id;
      return id === made || after === made || handsOn;
    });
  }

  /** Nothing for an account that can keep nothing internal: it would be public there. */
  #notesOn(ticket: Ticket, steps: Step[]): Operation[] {
    const { accountId } = ticket;
    const canKeep = this.#deps.reader.accountState(accountId)?.capabilities?.internalNote !== false;
    const sent = canKeep ? steps : steps.filter(({ type }) => type !== 'post');
    if (sent.length === 0) return [];
    const intent = sent.some(({ type }) => type === 'update') ? 'status' : 'note';
    const operation = this.#operation({ accountId, ticket, label: ticket.key, intent, steps: sent });
    return operation.ok ? [operation.value] : [];
  }

  #operation(request: Parameters<typeof operationFor>[0]): Result<Operation> {
    const { reader, now, nextId } = this.#deps;
    const made = operationFor(request, { id: nextId(), now: now(), reader });
    return made.ok ? ok(made.value) : made;
  }

  /** Nothing while the timeline is known to be older than the ticket: what happened is told whole, in one note. */
  #side(ref: TicketRef): Side | undefined {
    const { reader, now } = this.#deps;
    const ticket = reader.ticket(ref);
    if (!ticket || !reader.hasTimeline(ref)) return undefined;
    const entries = reader.entries(ref);
    if ((entries.at(-1)?.at ?? 0) + resolution >= ticket.updatedAt) return { ticket, entries };
    const name = `${ref.accountId} ${ref.id} ${ticket.revision}`;
    const since = this.#ahead.get(name) ?? now();
    this.#ahead.set(name, since);
    return elapsed(since, now()) < patience ? undefined : { ticket, entries };
  }
}
