import type { DraftState } from '../messages.ts';

const pause = 300;

/**
 * One draft's text as the user sees it while typing. What is typed goes to the extension after a short pause. What the
 * extension says the draft is (changed in its document, in another window) is taken over, but never over text that it
 * has not heard of yet.
 */
export class DraftText {
  #current = '';
  #turn = 0;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #tell: (draft: DraftState) => void;

  constructor(tell: (draft: DraftState) => void) {
    this.#tell = tell;
  }

  get current(): string {
    return this.#current;
  }

  /** The user typed. */
  write(text: string): void {
    this.#current = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  /** The extension says what the draft is, as of the last turn it heard of. */
  receive(draft: DraftState): void {
    if (this.#held || this.#timer !== undefined || draft.turn < this.#turn) return;
    this.#current = draft.text;
  }

  /** Tells the extension at once what has not been told yet. */
  flush(): void {
    if (this.#timer === undefined) return;
    this.#stopTimer();
    this.#turn += 1;
    this.#tell({ text: this.#current, turn: this.#turn });
  }

  /** The text is being sent: nothing is told or taken over until that is settled. */
  hold(): void {
    this.#stopTimer();
    this.#held = true;
  }

  /** The text was not sent: it goes on being a draft. */
  resume(): void {
    this.#held = false;
    this.write(this.#current);
  }

  /** The text was sent: the draft is done with. */
  clear(): void {
    this.#stopTimer();
    this.#held = false;
    this.#current = '';
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
