/**
 * Does one thing again and again, never twice at the same time. What it is asked for while a turn is under way gets a
 * turn of its own afterwards, because the one under way may have looked already.
 */
export class Turns {
  readonly #act: () => Promise<void>;
  readonly #gatherMs: number;
  #gathering: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** What comes within `gatherMs` is done in one turn. */
  constructor(act: () => Promise<void>, gatherMs: number) {
    this.#act = act;
    this.#gatherMs = gatherMs;
  }

  soon(): void {
    this.#gathering ??= setTimeout(() => void this.now(), this.#gatherMs);
  }

  /** Waits for nothing but the turn under way. */
  now(): Promise<void> {
    this.dispose();
    this.#next ??= this.#turn
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#turn = this.#act();
        return this.#turn;
      });
    return this.#next;
  }

  dispose(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
  }
}
