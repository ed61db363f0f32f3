import type { Ticket } from '../../desk/ticket.ts';
import { KeyFinder, ticketsMeant, type KeyPattern } from '../../runbooks/ticketKeys.ts';
import type { StoreReader } from '../../store/api.ts';

export interface NamedTicket {
  /** More than one where several accounts write their keys alike. */
  tickets: Ticket[];
  start: number;
  end: number;
}

export interface NamedTicketsOptions {
  reader: Pick<StoreReader, 'ticketsByKey'>;
  keyPatterns: () => readonly KeyPattern[];
}

/** Finds the tickets that a line of text names. A key that is no ticket of ours names nothing. */
export class NamedTickets {
  readonly #options: NamedTicketsOptions;
  #patterns = '';
  #finder = new KeyFinder([]);

  constructor(options: NamedTicketsOptions) {
    this.#options = options;
  }

  in(line: string): NamedTicket[] {
    const patterns = this.#options.keyPatterns();
    const state = JSON.stringify(patterns);
    if (state !== this.#patterns) {
      this.#patterns = state;
      this.#finder = new KeyFinder(patterns);
    }
    return this.#finder.find(line).flatMap((occurrence) => {
      const tickets = ticketsMeant(occurrence, (key) => this.#options.reader.ticketsByKey(key));
      return tickets.length === 0 ? [] : [{ tickets, ...occurrence.range }];
    });
  }
}
