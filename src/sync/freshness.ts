import type { TicketRef } from '../desk/ticket.ts';

/** Notices that a ticket was written to the store between a question to its backend and the answer. */
export interface Watch {
  /** The answer on this ticket may be older than what the store has. */
  overtaken(ref: TicketRef): boolean;
  end(): void;
}

/** Keeps a slow answer from replacing a newer one: answers of one backend can cross each other. */
export class Freshness {
  /** How many writes there were when each open watch began, the oldest first. */
  readonly #open = new Map<symbol, number>();
  /** The last write of each ticket since the oldest open watch began, in order. */
  readonly #written = new Map<string, number>();
  #writes = 0;

  /** Begins before the question is asked. */
  watch(): Watch {
    const own = Symbol();
    const since = this.#writes;
    this.#open.set(own, since);
    return {
      overtaken: (ref) => (this.#written.get(nameOf(ref)) ?? 0) > since,
      end: () => {
        this.#open.delete(own);
        this.#forget();
      },
    };
  }

  wrote(ref: TicketRef): void {
    if (this.#open.size === 0) return;
    const name = nameOf(ref);
    this.#written.delete(name);
    this.#written.set(name, ++this.#writes);
  }

  #forget(): void {
    const [oldest = Infinity] = this.#open.values();
    for (const [name, write] of this.#written) {
      if (write > oldest) return;
      this.#written.delete(name);
    }
  }
}

function nameOf(ref: TicketRef): string {
  return `${ref.accountId}\n${ref.id}`;
}
