import { html, nothing, render, type TemplateResult } from 'lit';
import type { Entry } from '../../desk/entry.ts';
import type { Instant } from '../../desk/ticket.ts';
import { entryArticle } from './entry.ts';
import { dayName } from './format.ts';
import { t } from './l10n.ts';
import { now } from './time.ts';
import { timelineDays, type TimelineDay, type TimelineItem } from './timelineItems.ts';
import { visibleText } from './visibleText.ts';

/** How many items are made at once: what the eye gets first, then what fits between two keystrokes. */
const atFirst = 30;
/** Milliseconds of work before the browser gets its turn. */
const slice = 8;

export interface TimelineContent {
  entries: readonly Entry[];
  cut: Readonly<Record<string, number>>;
  firstNew: string | undefined;
}

/**
 * The timeline's entries as elements. They are made around the place where the panel opens first, all others in small
 * steps while nothing else happens: in the end all are there, to be searched and read aloud.
 */
export class EntryList {
  readonly element = document.createElement('div');
  readonly #drawn = new Map<string, { element: HTMLLIElement; item: TimelineItem; mark: string }>();
  readonly #days = new Map<string, HTMLElement>();
  #content: TimelineContent = { entries: [], cut: {}, firstNew: undefined };
  #plan: TimelineDay[] = [];
  #items: TimelineItem[] = [];
  #waiting: number | undefined;
  /** The items from `from` to before `to` are drawn. */
  #from = 0;
  #to = 0;
  #grown: () => void;

  /** `grown` is called after each step. */
  constructor(grown: () => void) {
    this.element.className = 'entries';
    this.#grown = grown;
  }

  /** Is every entry there? */
  get complete(): boolean {
    return this.#from === 0 && this.#to === this.#items.length;
  }

  get content(): TimelineContent {
    return this.#content;
  }

  /** Forgets all: another ticket comes. */
  clear(): void {
    cancelIdleCallback(this.#waiting ?? 0);
    this.#drawn.clear();
    this.#days.clear();
    this.element.replaceChildren();
    this.#content = { entries: [], cut: {}, firstNew: undefined };
    [this.#plan, this.#items, this.#from, this.#to] = [[], [], 0, 0];
  }

  /** Shows this; `around` is the entry to begin with (otherwise the newest). */
  show(content: TimelineContent, around: string | undefined): void {
    const [first, last] = [this.#items[this.#from]?.key, this.#items[this.#to - 1]?.key];
    const atEnd = this.#to === this.#items.length;
    this.#content = content;
    this.#plan = timelineDays(content.entries, content.firstNew);
    this.#items = this.#plan.flatMap((day) => day.items);
    if (this.#drawn.size === 0) this.#begin(around);
    else {
      const to = this.#items.findIndex(({ key }) => key === last);
      this.#from = Math.max(
        0,
        this.#items.findIndex(({ key }) => key === first),
      );
      this.#to = atEnd || to === -1 ? this.#items.length : to + 1;
    }
    this.#place();
    this.#goOn();
  }

  /** Makes all that is not there yet, at once. */
  finish(): void {
    if (this.complete) return;
    [this.#from, this.#to] = [0, this.#items.length];
    this.#place();
    this.#grown();
  }

  #begin(around: string | undefined): void {
    const items = this.#items;
    const at = items.findIndex(({ entries }) => entries.some(({ id }) => id === around));
    const middle = at === -1 ? items.length : at;
    this.#from = Math.max(0, Math.min(middle - 5, items.length - atFirst));
    this.#to = Math.min(items.length, Math.max(middle + atFirst - 5, this.#from + atFirst));
  }

  #goOn(): void {
    cancelIdleCallback(this.#waiting ?? 0);
    if (this.complete) return;
    this.#waiting = requestIdleCallback(() => this.#step(), { timeout: 500 });
  }

  #step(): void {
    const until = performance.now() + slice;
    while (!this.complete && performance.now() < until) {
      const next = this.#to < this.#items.length ? this.#to++ : --this.#from;
      const item = this.#items[next];
      if (item !== undefined) this.#draw(item);
    }
    this.#place();
    // By then the bodies have drawn themselves, and nobody has seen it.
    requestAnimationFrame(this.#grown);
    this.#goOn();
  }

  /** Brings the elements into the order of the plan. */
  #place(): void {
    const wanted = new Set<string>();
    const sections: HTMLElement[] = [];
    const seen = new Map<Instant, number>();
    let at = 0;
    for (const day of this.#plan) {
      const start = new Date(day.at).setHours(0, 0, 0, 0);
      // Where a clock was wrong, a day may come again.
      const times = (seen.get(start) ?? 0) + 1;
      seen.set(start, times);
      const items = day.items.slice(Math.max(0, this.#from - at), Math.max(0, this.#to - at));
      at += day.items.length;
      if (items.length === 0) continue;
      const section = this.#section(`${start}/${times}`, day.at);
      sections.push(section);
      const list = section.querySelector('ol');
      if (list === null) continue;
      const elements = items.map((item) => {
        wanted.add(item.key);
        return this.#draw(item);
      });
      arrange(list, elements);
    }
    for (const key of this.#drawn.keys()) if (!wanted.has(key)) this.#drawn.delete(key);
    arrange(this.element, sections);
    this.element.toggleAttribute('aria-busy', !this.complete);
  }

  #section(key: string, at: Instant): HTMLElement {
    const known = this.#days.get(key);
    const section = known ?? document.createElement('section');
    const name = dayName(at, now());
    if (known === undefined) {
      section.className = 'day';
      const heading = document.createElement('h3');
      heading.className = 'day-name';
      heading.append(document.createElement('span'));
      section.append(heading, document.createElement('ol'));
      this.#days.set(key, section);
    }
    const words = section.querySelector('h3 > span');
    if (words !== null && words.textContent !== name) {
      words.textContent = name;
      section.ariaLabel = name;
    }
    return section;
  }

  #draw(item: TimelineItem): HTMLLIElement {
    const { firstNew, cut } = this.#content;
    const known = this.#drawn.get(item.key);
    const [first] = item.entries;
    const isNew = first.id === firstNew;
    const mark = `${isNew} ${item.entries.map(({ id }) => cut[id] ?? '').join()}`;
    if (known?.mark === mark && sameEntries(known.item, item)) return known.element;
    const element = known?.element ?? document.createElement('li');
    element.dataset.entry = first.id;
    render(this.#template(item, isNew), element);
    this.#drawn.set(item.key, { element, item, mark });
    return element;
  }

  #template(item: TimelineItem, isNew: boolean): TemplateResult {
    const { cut } = this.#content;
    const articles = item.entries.map((entry) => entryArticle(entry, cut[entry.id]));
    return html`${
      isNew ? html`<p class="new-mark"><span>${t('New since you last looked')}</span></p>` : nothing
    }${
      item.folded
        ? html`<details class="fold">
            <summary>${foldName(item)}</summary>
            <ol>
              ${articles.map((article) => html`<li>${article}</li>`)}
            </ol>
          </details>`
        : articles
    }`;
  }
}

function sameEntries(a: TimelineItem, b: TimelineItem): boolean {
  return a.entries.length === b.entries.length && a.entries.every((entry, at) => entry === b.entries[at]);
}

/** "4 changes by Alice Berg, Request Tracker" */
function foldName({ entries }: TimelineItem): string {
  const people = [...new Set(entries.map(({ author }) => visibleText(author.name)))];
  return t('{0} changes by {1}', entries.length, people.join(', '));
}

/** Makes `children` the children of `parent`, moving as little as can be. */
function arrange(parent: Element, children: readonly Element[]): void {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  children.forEach((child, at) => {
    const there = parent.children[at];
    if (there !== child) parent.insertBefore(child, there ?? null);
  });
}
