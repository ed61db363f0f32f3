import type { PullPage } from '../backends/backend.ts';
import { ok, type Result } from '../desk/errors.ts';
import type { Scope } from '../desk/scope.ts';
import { isActive, ticketRef, type TicketRef } from '../desk/ticket.ts';
import type { StoreWriter } from '../store/api.ts';
import { TicketPacker } from '../store/page.ts';
import type { Disposable } from './api.ts';
import type { Clock } from './clock.ts';
import type { Freshness, Watch } from './freshness.ts';

export interface IntakeDeps {
  writer: Pick<StoreWriter, 'run'>;
  freshness: Freshness;
  clock: Pick<Clock, 'after'>;
}

interface WaitingPage {
  tickets: { ref: TicketRef; packed: number; timelineMissing: boolean }[];
  unchanged: string[];
  cursor: string;
  asked: Watch;
}

/** Pages that come so soon after a write began are written together: a transaction of many costs less than many. */
const gatherMs = 100;
/** Tickets that came and wait to be written; with more, no further page is asked for. */
const mostWaiting = 2_000;

/**
 * Writes pages in the order in which they came, while further ones come: the first one at once, and those that came
 * meanwhile together, with the last of their cursors, in one transaction.
 */
export class Intake {
  readonly changed: TicketRef[] = [];
  readonly #deps: IntakeDeps;
  readonly #accountId: string;
  readonly #scope: Scope;
  #packer = new TicketPacker();
  #waiting: WaitingPage[] = [];
  #gathering: Disposable | undefined;
  #writing: Promise<Result<void>> | undefined;
  #failed: Result<void> | undefined;

  constructor(deps: IntakeDeps, accountId: string, scope: Scope) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#scope = scope;
  }

  /** `asked`: since when the page could be overtaken by what was read of one of its tickets. */
  async take(page: PullPage, asked: Watch): Promise<Result<void>> {
    const { tickets, timelines = [], unchanged = [], cursor } = page;
    const entriesOf = new Map(timelines.map(({ ticketId, entries }) => [ticketId, entries]));
    const packed = tickets.map((ticket) => {
      const entries = entriesOf.get(ticket.id);
      return {
        ref: ticketRef(ticket),
        packed: this.#packer.add(ticket, entries),
        timelineMissing: !entries && ticket.mine && isActive(ticket),
      };
    });
    this.#waiting.push({ tickets: packed, unchanged, cursor, asked });
    if (this.#isFull) await this.#writing;
    if (this.#failed) return this.#failed;
    this.#writeInTime();
    return ok();
  }

  /** When all that came is written. */
  async finish(): Promise<Result<void>> {
    this.#gathered();
    while (this.#writing) {
      await this.#writing;
      this.#write();
    }
    for (const { asked } of this.#waiting) asked.end();
    return this.#failed ?? ok();
  }

  get #isFull(): boolean {
    return this.#packer.count >= mostWaiting;
  }

  #writeInTime(): void {
    if (!this.#gathering || this.#isFull) this.#write();
  }

  #gathered(): void {
    this.#gathering?.dispose();
    this.#gathering = undefined;
    this.#write();
  }

  #write(): void {
    const pages = this.#waiting;
    const last = pages.at(-1);
    if (this.#writing || this.#failed || !last) return;
    for (const page of pages) this.#dropOvertaken(page);
    const packed = this.#packer.pack(this.#accountId);
    this.#waiting = [];
    this.#packer = new TicketPacker();
    this.#gathering ??= this.#deps.clock.after(gatherMs, () => this.#gathered());
    this.#writing = this.#deps.writer
      .run('putPage', {
        ...packed,
        scope: this.#scope,
        unchanged: pages.flatMap(({ unchanged }) => unchanged),
        cursor: last.cursor,
      })
      .then((written) => {
        this.#writing = undefined;
        if (!written.ok) this.#failed = written;
        this.#writeInTime();
        return written;
      });
  }

  /** The store learnt something newer of them meanwhile. */
  #dropOvertaken({ tickets, asked }: WaitingPage): void {
    const overtaken = tickets.filter(({ ref }) => asked.overtaken(ref));
    asked.end();
    for (const { packed } of overtaken) this.#packer.drop(packed);
    const left = new Set(overtaken);
    for (const one of tickets) {
      if (left.has(one) || one.timelineMissing) this.changed.push(one.ref);
      if (!left.has(one)) this.#deps.freshness.wrote(one.ref);
    }
  }
}
