/** In characters; what is between the first and the last so many of a long output is let go while it runs. */
const mostHead = 20_000;
const mostTail = 50_000;

/** What is left of a long output: without `lostLines` lines between `head` and `tail`. */
export interface Captured {
  head: string;
  tail: string;
  lostLines: number;
}

/**
 * Gathers what a command prints without ever holding more than its record needs. It is cut only between lines: half of
 * one could be half of a secret, which nobody would know for one.
 */
export class Capture {
  #head = '';
  #tail = '';
  #isHeadFull = false;
  #isWithinLost = false;
  #lostLines = 0;

  add(text: string): void {
    if (!this.#isHeadFull) {
      this.#head += text;
      if (this.#head.length <= mostHead) return;
      this.#isHeadFull = true;
      const cut = this.#head.lastIndexOf('\n', mostHead) + 1;
      this.#tail = this.#head.slice(cut);
      this.#head = this.#head.slice(0, cut);
    } else {
      this.#tail += this.#isWithinLost ? this.#afterLost(text) : text;
    }
    if (this.#tail.length > mostTail * 2) this.#shorten();
  }

  get captured(): Captured {
    return { head: this.#head, tail: this.#tail, lostLines: this.#lostLines };
  }

  #shorten(): void {
    const newline = this.#tail.indexOf('\n', this.#tail.length - mostTail);
    this.#isWithinLost = newline === -1;
    const from = newline === -1 ? this.#tail.length : newline + 1;
    this.#lostLines += Math.max(1, this.#tail.slice(0, from).split('\n').length - 1);
    this.#tail = this.#tail.slice(from);
  }

  /** The rest of a line whose beginning was let go goes after it. */
  #afterLost(text: string): string {
    const newline = text.indexOf('\n');
    if (newline === -1) return '';
    this.#isWithinLost = false;
    return text.slice(newline + 1);
  }
}
