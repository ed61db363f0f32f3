import type { Entry } from '../../desk/entry.ts';
import type { TicketRef } from '../../desk/ticket.ts';
import type { ToPanel } from '../../webviews/messages.ts';

/** How many entries come at first, and with each message after that. */
const atFirst = 40;
const aStep = 250;

/** Gives a page the timeline of its ticket: the newest entries at once, then the older ones; later only what changed. */
export class TimelineFeed {
  readonly #post: (message: ToPanel) => void;
  /** What the page has or will have, entry by entry. */
  #told: string[] = [];
  #entries: readonly Entry[] = [];
  /** The page has all from here on; nothing before its first part. */
  #from: number | undefined;
  #next: NodeJS.Immediate | undefined;

  constructor(post: (message: ToPanel) => void) {
    this.#post = post;
  }

  /** The page knows nothing (any more). */
  begin(): void {
    clearImmediate(this.#next);
    this.#told = [];
    this.#entries = [];
    this.#from = undefined;
  }

  /** The timeline is this now; `places` are entries that the page is going to open at. */
  tell(ref: TicketRef, entries: readonly Entry[], places: readonly (string | undefined)[]): void {
    const told = entries.map((entry) => JSON.stringify(entry));
    const before = this.#told;
    [this.#told, this.#entries] = [told, entries];
    if (this.#from === undefined) {
      if (entries.length === 0) return;
      const opening = places.flatMap((id) => {
        const at = id === undefined ? -1 : entries.findIndex((entry) => entry.id === id);
        return at === -1 ? [] : [at - 10];
      });
      this.#from = Math.max(0, Math.min(entries.length - atFirst, ...opening));
      this.#part(ref, this.#from, entries.length);
    } else {
      const same = told.findIndex((text, at) => text !== before[at]);
      const changed = same === -1 ? told.length : same;
      if (changed === told.length && told.length === before.length) return;
      this.#from = Math.min(this.#from, told.length);
      this.#part(ref, Math.max(changed, this.#from), told.length);
    }
    this.#goOn(ref);
  }

  #goOn(ref: TicketRef): void {
    clearImmediate(this.#next);
    if (this.#from === undefined || this.#from === 0) return;
    this.#next = setImmediate(() => {
      const to = this.#from ?? 0;
      this.#from = Math.max(0, to - aStep);
      this.#part(ref, this.#from, to);
      this.#goOn(ref);
    });
  }

  #part(ref: TicketRef, from: number, to: number): void {
    this.#post({
      type: 'entries',
      ref,
      at: from,
      total: this.#entries.length,
      entries: this.#entries.slice(from, to),
    });
  }
}
