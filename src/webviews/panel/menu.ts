import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.ts';
import { baseStyles } from './styles/base.ts';
import { menuStyles } from './styles/menu.ts';

export interface MenuItem {
  label: string;
  icon: IconName;
  run: () => void;
}

/** A button with a menu, by the keyboard's rules for menus: arrows, Home, End, Escape, Tab. */
export class DesksideMenu extends LitElement {
  static override styles = [baseStyles, menuStyles];
  static override properties = { label: {}, items: { attribute: false }, open: { state: true } };
  declare label: string;
  declare items: MenuItem[];
  declare open: boolean;

  constructor() {
    super();
    this.items = [];
    this.open = false;
    this.addEventListener('focusout', (event) => {
      const next = event.relatedTarget;
      if (!(next instanceof Node && this.contains(next)) && !this.#holds(next)) this.open = false;
    });
  }

  protected override render(): TemplateResult {
    return html`<button
        class="opener"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${this.label}
        title=${this.label}
        @click=${() => void this.#toggle()}
        @keydown=${this.#onOpenerKey}
      >
        ${icon('ellipsis')}
      </button>
      ${
        this.open
          ? html`<div class="menu" role="menu" aria-label=${this.label} @keydown=${this.#onKey}>
              ${this.items.map(
                (item) =>
                  html`<button role="menuitem" tabindex="-1" @click=${() => this.#choose(item)}>
                    ${icon(item.icon)}<span>${item.label}</span>
                  </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  #holds(target: EventTarget | null): boolean {
    return target instanceof Node && this.renderRoot.contains(target);
  }

  get #entries(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('[role=menuitem]')];
  }

  async #toggle(): Promise<void> {
    this.open = !this.open;
    await this.updateComplete;
    this.#entries[0]?.focus();
  }

  #close(): void {
    this.renderRoot.querySelector<HTMLButtonElement>('.opener')?.focus();
    this.open = false;
  }

  #choose(item: MenuItem): void {
    this.#close();
    item.run();
  }

  #onOpenerKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || this.open) return;
    event.preventDefault();
    void this.#toggle();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Tab') {
      this.#close();
      return;
    }
    const entries = this.#entries;
    const at = entries.findIndex((entry) => entry.matches(':focus'));
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: entries.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) entries.at(to % entries.length)?.focus();
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }
}

customElements.define('deskside-menu', DesksideMenu);
