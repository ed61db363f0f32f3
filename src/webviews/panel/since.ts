import { html, type TemplateResult } from 'lit';
import type { Instant } from '../../desk/ticket.ts';
import { dateTime, since, timeOfDay } from './format.ts';
import { now } from './time.ts';

const timesGrowOld = 30_000;
const shown = new Set<DesksideSince>();

/** How long ago something was; goes on counting by itself. Light, for there may be thousands. */
export class DesksideSince extends HTMLElement {
  #at: Instant = 0;

  get at(): Instant {
    return this.#at;
  }

  set at(at: Instant) {
    this.#at = at;
    this.refresh();
  }

  connectedCallback(): void {
    shown.add(this);
    this.refresh();
  }

  disconnectedCallback(): void {
    shown.delete(this);
  }

  refresh(): void {
    const words = since(this.#at, now());
    if (this.textContent !== words) this.textContent = words;
  }
}

customElements.define('deskside-since', DesksideSince);
setInterval(() => {
  for (const one of shown) one.refresh();
}, timesGrowOld);

/** When it was: how long ago, and exactly. */
export function time(at: Instant): TemplateResult {
  return html`<time datetime=${new Date(at).toISOString()} title=${dateTime(at)}
    ><deskside-since .at=${at}></deskside-since><span class="exact">${timeOfDay(at)}</span></time
  >`;
}
