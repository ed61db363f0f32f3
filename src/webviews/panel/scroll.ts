import type { Anchor } from '../messages.ts';

const nearEnd = 8;

interface Place extends Anchor {
  /** Of the entry: another width makes it longer or shorter. */
  height: number;
}

/**
 * Where the user is looking. Opens at what is new, or at the end, or where it was left; stays at the end when something
 * is added there, and at what is read when there is more or less room for it.
 */
export class Scroll {
  readonly #root: () => ParentNode;
  readonly #save: (anchor: Anchor | undefined) => void;
  readonly #sizes = new ResizeObserver(() => this.#stay());
  #atTop = false;
  #atEnd = true;
  #place: Place | undefined;
  /** The room for which these hold. */
  #room: string | undefined;
  #frame = 0;

  constructor(root: () => ParentNode, save: (anchor: Anchor | undefined) => void) {
    this.#root = root;
    this.#save = save;
  }

  /** Goes to where the panel opens. */
  open(anchor: Anchor | undefined): void {
    const left = anchor && this.#entry(anchor.entryId);
    const mark = this.#root().querySelector('.new-mark');
    if (anchor && left) this.#scroller?.scrollBy({ top: this.#offsetOf(left) - anchor.offset });
    else if (mark !== null) this.#toMark(mark);
    else this.#toEnd();
    this.#look();
    this.#sizes.disconnect();
    const all = this.#root().querySelectorAll('.page, .identity, .timeline, deskside-composer');
    for (const one of all) this.#sizes.observe(one);
  }

  /** Goes to an entry. */
  to(entryId: string): void {
    const entry = this.#entry(entryId);
    if (entry !== null) this.#toMark(entry);
    this.#look();
  }

  /** After a change of what is shown. */
  follow(): void {
    this.#uncover();
    if (this.#atEnd) this.#toEnd();
  }

  /** The user scrolled, or less room did. */
  readonly moved = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.#room !== this.#roomNow()) {
        this.#stay();
        return;
      }
      this.#look();
      const place = this.#place;
      this.#save(place && { entryId: place.entryId, offset: place.offset });
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
    this.#atTop = scroller.scrollTop === 0;
    this.#atEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < nearEnd;
    this.#place = this.#atEnd ? undefined : this.#firstInSight();
    this.#room = this.#roomNow();
  }

  /** What was in sight stays there. */
  #stay(): void {
    const scroller = this.#scroller;
    // A page that is not shown has no height.
    if (scroller === null || scroller.clientHeight === 0) return;
    const room = this.#roomNow();
    const changed = this.#room !== room;
    this.#room = room;
    this.#uncover();
    if (this.#atEnd) this.#toEnd();
    else if (changed && this.#atTop) scroller.scrollTo({ top: 0 });
    else if (changed) this.#back();
  }

  #back(): void {
    const place = this.#place;
    const entry = place && this.#entry(place.entryId);
    if (!place || !entry) return;
    const longer = place.offset < 0 ? entry.offsetHeight / place.height : 1;
    this.#scroller?.scrollBy({ top: this.#offsetOf(entry) - place.offset * longer });
  }

  #entry(id: string): HTMLElement | null {
    return this.#root().querySelector<HTMLElement>(`[data-entry="${CSS.escape(id)}"]`);
  }

  /** What scrolls, and how much of it can be seen. */
  #roomNow(): string {
    const scroller = this.#scroller;
    if (scroller === null) return '';
    const { className, clientWidth, clientHeight } = scroller;
    const covers = ['.identity', 'deskside-composer'].map((cover) => this.#coveredBy(cover));
    return [className, clientWidth, clientHeight, ...covers].join(' ');
  }

  #firstInSight(): Place | undefined {
    const items = [...this.#root().querySelectorAll<HTMLElement>('[data-entry]')];
    const top = this.#top;
    const item = items.find((one) => one.getBoundingClientRect().bottom > top);
    return (
      item && { entryId: item.dataset.entry ?? '', offset: this.#offsetOf(item), height: item.offsetHeight }
    );
  }

  /** Where what can be read begins. */
  get #top(): number {
    return (this.#scroller?.getBoundingClientRect().top ?? 0) + this.#coveredBy('.identity');
  }

  #offsetOf(element: Element): number {
    return Math.round(element.getBoundingClientRect().top - this.#top);
  }

  /** How much of what scrolls lies under this. */
  #coveredBy(selector: string): number {
    const cover = this.#scroller?.querySelector(selector);
    if (!cover || getComputedStyle(cover).position !== 'sticky') return 0;
    return cover.getBoundingClientRect().height;
  }

  /** What comes into sight by itself, such as what has the focus, comes to where nothing lies over it. */
  #uncover(): void {
    const page = this.#root().querySelector<HTMLElement>('.page');
    if (page === null || page !== this.#scroller) return;
    const [top, bottom] = ['.identity', 'deskside-composer'].map((cover) => this.#coveredBy(cover));
    page.style.scrollPaddingBlock = `${top}px ${bottom}px`;
  }

  #toMark(mark: Element): void {
    this.#scroller?.scrollBy({ top: this.#offsetOf(mark) - 8 });
  }

  #toEnd(): void {
    const scroller = this.#scroller;
    this.#even();
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }

  /** Makes the entries as high as whole pixels, by which is scrolled: else their end trembles while more come above. */
  #even(): void {
    const entries = this.#root().querySelector<HTMLElement>('.entries');
    if (entries === null) return;
    const height =
      entries.getBoundingClientRect().height - Number.parseFloat(entries.style.paddingTop || '0');
    const whole = Math.ceil(height * devicePixelRatio) / devicePixelRatio;
    entries.style.paddingTop = `${whole - height}px`;
  }
}
