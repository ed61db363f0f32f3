import type { TicketRef } from '../desk/ticket.ts';

/** Notices that a ticket was written to the store between a question to its backend and the answer. */
export interface Watch {
  /** The answer on this ticket may be older than what the store has. */
  overtaken(ref: TicketRef): boolean;
  end(): void;
}

/** Keeps a slow answer from replacing a newer one: answers of one backend can cross each other. */
export class Freshness {
  readonly #open = new Set<Set<string>>();

  /** Begins before the question is asked. */
  watch(): Watch {
    const written = new Set<string>();
    this.#open.add(written);
    return {
      overtaken: (ref) => written.has(nameOf(ref)),
      end: () => void this.#open.delete(written),
    };
  }

  wrote(ref: TicketRef): void {
    for (const written of this.#open) written.add(nameOf(ref));
  }
}

function nameOf(ref: TicketRef): string {
  return `${ref.accountId}\n${ref.id}`;
}
