/** Changes that come in a row, as while syncing, are drawn together. */
const soon = 250;
/** Reading again and again, as while very many tickets come in, takes this part of the time at most. */
const share = 20;

/** How long to wait before the tickets are read again. */
export class ReadRhythm {
  #restUntil = 0;

  /** A reading took so long, and has just ended. */
  read(began: number, ended: number): void {
    this.#restUntil = ended + (ended - began) * (share - 1);
  }

  pause(now: number): number {
    return Math.max(soon, this.#restUntil - now);
  }

  /** Nothing more comes in at the moment. */
  rested(): void {
    this.#restUntil = 0;
  }
}
