import type { Anchor } from '../messages.ts';

const nearEnd = 8;

/**
 * Where the user is looking. Opens at what is new, or at the end, or where it was left; stays at the end when something
 * is added there, and nowhere else moves by itself.
 */
export class Scroll {
  readonly #root: () => ParentNode;
  readonly #save: (anchor: Anchor | undefined) => void;
  /** A growing composer takes room from the timeline. */
  readonly #room = new ResizeObserver(() => this.follow());
  #atEnd = true;
  #frame = 0;

  constructor(root: () => ParentNode, save: (anchor: Anchor | undefined) => void) {
    this.#root = root;
    this.#save = save;
  }

  /** Goes to where the panel opens. */
  open(anchor: Anchor | undefined): void {
    const left = anchor && this.#root().querySelector(`[data-entry="${CSS.escape(anchor.entryId)}"]`);
    const mark = this.#root().querySelector('.new-mark');
    if (anchor && left) this.#scroller?.scrollBy({ top: this.#offsetOf(left) - anchor.offset });
    else if (mark !== null) this.#toMark(mark);
    else this.#toEnd();
    this.#look();
    const timeline = this.#root().querySelector('.timeline');
    if (timeline !== null) this.#room.observe(timeline);
  }

  /** Goes to an entry. */
  to(entryId: string): void {
    const entry = this.#root().querySelector(`[data-entry="${CSS.escape(entryId)}"]`);
    if (entry !== null) this.#toMark(entry);
    this.#look();
  }

  /** After a change of what is shown. */
  follow(): void {
    if (this.#atEnd) this.#toEnd();
  }

  /** The user scrolled. */
  readonly moved = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#look();
      this.#save(this.#atEnd ? undefined : this.#anchor());
    });
  };

  /** The timeline where it scrolls by itself, the whole page where room is short. */
  get #scroller(): Element | null {
    const page = this.#root().querySelector('.page');
    if (page !== null && getComputedStyle(page).overflowY === 'auto') return page;
    return this.#root().querySelector('.timeline');
  }

  #look(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    this.#atEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < nearEnd;
  }

  /** The first entry that is in sight. */
  #anchor(): Anchor | undefined {
    for (const item of this.#root().querySelectorAll<HTMLElement>('[data-entry]')) {
      const offset = this.#offsetOf(item);
      if (offset + item.offsetHeight > 0) return { entryId: item.dataset.entry ?? '', offset };
    }
    return undefined;
  }

  /** How far below the top of what scrolls. */
  #offsetOf(element: Element): number {
    const top = this.#scroller?.getBoundingClientRect().top ?? 0;
    return Math.round(element.getBoundingClientRect().top - top);
  }

  /** Puts the mark below the top, and below what stays in sight there. */
  #toMark(mark: Element): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const covered = scroller.querySelector('.identity')?.getBoundingClientRect().height ?? 0;
    scroller.scrollBy({ top: this.#offsetOf(mark) - covered - 8 });
  }

  #toEnd(): void {
    const scroller = this.#scroller;
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }
}
