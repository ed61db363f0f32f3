import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Body } from '../../desk/entry.ts';
import { byteSize } from './format.ts';
import { post } from './host.ts';
import { t } from './l10n.ts';
import { renderBody } from './renderBody.ts';
import { linkTarget } from './sanitize.ts';
import { bodyStyles } from './styles/body.ts';

/** Longer bodies are laid out only where they are looked at. */
const longBody = 100_000;
/** How long it is said that something was copied, in milliseconds. */
const copiedFor = 2_000;

/** The text of one entry, made safe. */
export class DesksideBody extends LitElement {
  static override styles = bodyStyles;
  static override properties = {
    body: { attribute: false },
    entryId: { attribute: false },
    fullLength: { attribute: false },
  };
  declare body: Body;
  declare entryId: string;
  /** How long the body really is, where it was cut. */
  declare fullLength: number | undefined;

  readonly #content = document.createElement('div');
  #shown: Body | undefined;

  constructor() {
    super();
    this.#content.className = 'content';
    this.#content.addEventListener('click', (event) => this.#follow(event));
    this.#content.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#follow(event);
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    const same = this.#shown?.text === this.body.text && this.#shown.format === this.body.format;
    if (!changed.has('body') || same) return;
    this.#shown = this.body;
    this.#content.classList.toggle('long', this.body.text.length > longBody);
    this.#content.replaceChildren(renderBody(this.body));
  }

  protected override render(): TemplateResult {
    return html`${this.#content}${
      this.fullLength === undefined
        ? nothing
        : html`<p class="cut">
            ${t('This text is long; only its beginning is shown.')}
            <button class="show-all" @click=${() => post({ type: 'show-all', entryId: this.entryId })}>
              ${t('Show all ({0})', byteSize(this.fullLength))}
            </button>
          </p>`
    }`;
  }

  #follow(event: Event): void {
    if (event.type === 'click' && event.target instanceof HTMLButtonElement) {
      void this.#copy(event.target);
      return;
    }
    const url = linkTarget(event.target);
    if (url === undefined) return;
    event.preventDefault();
    post({ type: 'open-link', url });
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const code = button.parentElement?.querySelector('pre')?.textContent ?? '';
    await navigator.clipboard.writeText(code.trimEnd());
    button.textContent = t('Copied');
    setTimeout(() => (button.textContent = t('Copy')), copiedFor);
  }
}

customElements.define('deskside-body', DesksideBody);
