import type { PullPage } from '../backends/backend.ts';
import { ok, type Result } from '../desk/errors.ts';
import type { Scope } from '../desk/scope.ts';
import { isActive, ticketRef, type Ticket, type TicketRef } from '../desk/ticket.ts';
import type { StoreWriter } from '../store/api.ts';
import type { Freshness, Watch } from './freshness.ts';

export interface IntakeDeps {
  writer: Pick<StoreWriter, 'run'>;
  freshness: Freshness;
}

/** Tickets that came and wait to be written; with more, no further page is asked for. */
const mostWaiting = 2_000;

/**
 * Writes pages in the order in which they came, while further ones come: those that came while the writer was at it
 * together, with the last of their cursors, in one transaction.
 */
export class Intake {
  readonly changed: TicketRef[] = [];
  readonly #deps: IntakeDeps;
  readonly #accountId: string;
  readonly #scope: Scope;
  #waiting: { page: PullPage; asked: Watch }[] = [];
  #tickets = 0;
  #begun = false;
  #writing: Promise<Result<void>> | undefined;
  #failed: Result<void> | undefined;

  constructor(deps: IntakeDeps, accountId: string, scope: Scope) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#scope = scope;
  }

  /** `asked`: since when the page could be overtaken by what was read of one of its tickets. */
  async take(page: PullPage, asked: Watch): Promise<Result<void>> {
    this.#waiting.push({ page, asked });
    this.#tickets += page.tickets.length;
    if (this.#tickets >= mostWaiting) await this.#writing;
    if (this.#failed) return this.#failed;
    this.#write();
    return ok();
  }

  /** When all that came is written. */
  async finish(): Promise<Result<void>> {
    while (this.#writing) await this.#writing;
    for (const { asked } of this.#waiting) asked.end();
    return this.#failed ?? ok();
  }

  #write(): void {
    if (this.#writing || this.#failed || this.#waiting.length === 0) return;
    const pages = this.#waiting.map(({ page }) => page);
    const tickets = this.#waiting.flatMap((one) => this.#freshOf(one));
    const last = pages.at(-1);
    this.#waiting = [];
    this.#tickets = 0;
    this.#writing = this.#deps.writer
      .run('putPage', {
        accountId: this.#accountId,
        scope: this.#scope,
        tickets,
        timelines: pages.flatMap(({ timelines = [] }) => timelines),
        unchanged: pages.flatMap(({ unchanged = [] }) => unchanged),
        cursor: last?.cursor ?? '',
        index: this.#begun ? 'later' : 'now',
      })
      .then((written) => {
        this.#writing = undefined;
        if (!written.ok) this.#failed = written;
        this.#write();
        return written;
      });
    this.#begun = true;
  }

  /** Without those that the store learnt something newer of meanwhile. */
  #freshOf({ page, asked }: { page: PullPage; asked: Watch }): Ticket[] {
    const complete = new Set(page.timelines?.map(({ ticketId }) => ticketId));
    const fresh: Ticket[] = [];
    for (const ticket of page.tickets) {
      const overtaken = asked.overtaken(ticket);
      if (!overtaken) fresh.push(ticket);
      if (overtaken || (!complete.has(ticket.id) && ticket.mine && isActive(ticket))) {
        this.changed.push(ticketRef(ticket));
      }
    }
    asked.end();
    for (const ticket of fresh) this.#deps.freshness.wrote(ticket);
    return fresh;
  }
}
