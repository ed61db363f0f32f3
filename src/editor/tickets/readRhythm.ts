/** In milliseconds: changes that come in a row, as while syncing, are read together. */
const soon = 250;
/** Reading again and again, as while very many tickets come in, takes this part of the time at most. */
const share = 20;

/** Has something read again when there are changes, as often as what is read allows. */
export class ReadRhythm {
  readonly #read: () => void;
  #restUntil = 0;
  #waiting: NodeJS.Timeout | undefined;

  constructor(read: () => void) {
    this.#read = read;
  }

  /** There is something new. */
  changed(): void {
    this.#waiting ??= setTimeout(
      () => {
        this.#waiting = undefined;
        this.#read();
      },
      Math.max(soon, this.#restUntil - performance.now()),
    );
  }

  /** A reading has just ended that began at this time of `performance.now()`. */
  took(began: number): void {
    const ended = performance.now();
    this.#restUntil = ended + (ended - began) * (share - 1);
  }

  /** Nothing more comes in at the moment: no waiting for the rest of it. */
  rested(): void {
    this.#restUntil = 0;
    if (this.#waiting === undefined) return;
    this.dispose();
    this.changed();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
