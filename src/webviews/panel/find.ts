import { html, LitElement, type TemplateResult } from 'lit';
import { findText, mostMatches, reveal } from './findText.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { baseStyles } from './styles/base.ts';
import { findStyles } from './styles/find.ts';

/** Finds text in the timeline: Enter and Shift+Enter go from match to match, Escape ends it. */
export class DesksideFind extends LitElement {
  static override styles = [baseStyles, findStyles];
  static override properties = {
    within: { attribute: false },
    found: { state: true },
    at: { state: true },
  };
  /** What is searched, made complete before. */
  declare within: () => Element;
  declare found: Range[];
  declare at: number;
  #query = '';

  constructor() {
    super();
    this.found = [];
    this.at = 0;
  }

  /** Begins (again), with what was looked for before selected. */
  async begin(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.select();
    this.#search();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    CSS.highlights.clear();
  }

  protected override render(): TemplateResult {
    return html`<div class="find" role="search" aria-label=${t('Find in timeline')} @keydown=${this.#onKey}>
      <input
        type="text"
        aria-label=${t('Find in timeline')}
        placeholder=${t('Find')}
        @input=${(event: InputEvent) => this.#onInput(event)}
      />
      <span class="count" role="status">${this.#count()}</span>
      ${this.#button('arrow-up', t('Previous match'), () => this.#go(-1))}
      ${this.#button('arrow-down', t('Next match'), () => this.#go(1))}
      ${this.#button('close', t('Close'), () => this.#close())}
    </div>`;
  }

  #button(name: 'arrow-up' | 'arrow-down' | 'close', label: string, run: () => void): TemplateResult {
    return html`<button aria-label=${label} title=${label} @click=${run}>${icon(name)}</button>`;
  }

  #count(): string {
    const { length } = this.found;
    if (this.#query === '') return '';
    if (length === 0) return t('No results');
    return length === mostMatches
      ? t('{0} of more than {1}', this.at + 1, length)
      : t('{0} of {1}', this.at + 1, length);
  }

  #onInput(event: InputEvent): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#query = event.target.value;
    this.#search();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.#close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      this.#go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  #search(): void {
    this.found = findText(this.within(), this.#query);
    this.at = 0;
    this.requestUpdate();
    this.#show();
  }

  #go(step: 1 | -1): void {
    const { length } = this.found;
    if (length === 0) return;
    this.at = (this.at + step + length) % length;
    this.#show();
  }

  #show(): void {
    CSS.highlights.set('deskside-find', new Highlight(...this.found));
    const current = this.found[this.at];
    CSS.highlights.delete('deskside-found');
    if (current === undefined) return;
    const highlight = new Highlight(current);
    highlight.priority = 1;
    CSS.highlights.set('deskside-found', highlight);
    reveal(current);
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('closed'));
  }
}

customElements.define('deskside-find', DesksideFind);
