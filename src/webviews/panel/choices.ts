import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { address } from './address.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { baseStyles } from './styles/base.ts';
import { choicesStyles } from './styles/choices.ts';
import { fieldStyles } from './styles/field.ts';
import { visibleText } from './visibleText.ts';

export interface Choice {
  value: string;
  label: string;
  about?: string;
  /** Of a list that is searched: always there, and not among what was found. */
  fixed?: boolean;
}

/** So many are shown; typing finds the others. */
const most = 60;
const quiet = 250;

/**
 * A list to choose from, one or many, with a field that finds in it: arrows move, Enter picks, in a list of many Enter
 * marks and Ctrl+Enter takes what is marked, Escape leaves.
 */
export class DesksideChoices extends LitElement {
  static override styles = [baseStyles, fieldStyles, choicesStyles];
  static override properties = {
    label: {},
    many: { type: Boolean },
    free: { type: Boolean },
    searched: { type: Boolean },
    answers: { attribute: false },
    chosen: { attribute: false },
    choices: { attribute: false },
    typed: { state: true },
    at: { state: true },
  };
  declare label: string;
  declare many: boolean;
  declare free: boolean;
  declare searched: boolean;
  declare answers: string | undefined;
  declare chosen: string[];
  declare choices: readonly Choice[] | undefined;
  declare typed: string;
  declare at: number;
  #marked: string[] = [];
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.typed = '';
    this.at = 0;
  }

  /** Puts the cursor into the field, and the list on what is chosen. */
  async begin(): Promise<void> {
    this.#marked = [...this.chosen];
    await this.updateComplete;
    this.#toChosen();
    this.renderRoot.querySelector('input')?.focus();
    this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#asking);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('choices') && changed.get('choices') === undefined) this.#toChosen();
    this.at = Math.max(0, Math.min(this.at, this.#shown().length - 1));
  }

  /** All of it is in sight, with what takes the choice at its end. */
  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('choices')) this.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    return html`<div class="choices" @focusout=${this.#onFocusOut}>
      <input
        class="field"
        role="combobox"
        aria-label=${this.label}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="list"
        aria-activedescendant=${shown.length === 0 ? nothing : `choice-${this.at}`}
        placeholder=${this.many ? t('Type to find; Enter marks') : t('Type to find')}
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        .value=${this.typed}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      />
      <ul
        id="list"
        role="listbox"
        aria-label=${this.label}
        aria-multiselectable=${this.many ? 'true' : nothing}
      >
        ${shown.map((choice, index) => this.#option(choice, index))}
      </ul>
      <p class="about" role="status">${this.#about(shown.length)}</p>
      ${
        this.many
          ? html`<div class="buttons">
              <button class="small" @click=${() => this.#take(this.#marked)}>${t('Save')}</button>
              <button class="small" @click=${() => this.#leave(true)}>${t('Cancel')}</button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #option(choice: Choice, index: number): TemplateResult {
    const marked = this.#isChosen(choice.value);
    return html`<li
      id=${`choice-${index}`}
      role="option"
      aria-selected=${marked ? 'true' : 'false'}
      class=${index === this.at ? 'active' : ''}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#pick(choice.value)}
    >
      <span class="mark">${marked ? icon('check') : nothing}</span>
      <span class="words"
        ><bdi>${visibleText(choice.label)}</bdi>
        ${choice.about === undefined ? nothing : html`<span class="note">${address(choice.about)}</span>`}</span
      >
    </li>`;
  }

  #about(count: number): string {
    if (this.choices === undefined) return t('Asking what can be chosen\u2026');
    return count === 0 ? t('Nothing fits.') : '';
  }

  #isChosen(value: string): boolean {
    return this.many ? this.#marked.includes(value) : this.chosen.includes(value);
  }

  #shown(): Choice[] {
    const known = this.choices ?? [];
    const extra = this.many ? this.#marked.filter((value) => !known.some((one) => one.value === value)) : [];
    const all = [...extra.map((value): Choice => ({ value, label: value })), ...known];
    const isFound = (choice: Choice) => (this.searched && choice.fixed !== true) || this.#fits(choice);
    const found = all.filter(isFound).slice(0, most);
    const typed = this.typed.trim().toLowerCase();
    const isNew = typed !== '' && !all.some(({ label }) => label.toLowerCase() === typed);
    if (this.free && isNew) {
      found.push({ value: this.typed.trim(), label: this.typed.trim(), about: t('new') });
    }
    return found;
  }

  #fits({ label, about = '' }: Choice): boolean {
    return `${label} ${about}`.toLowerCase().includes(this.typed.trim().toLowerCase());
  }

  /** Before the search for what is typed has answered, whoever is in front may be somebody else. */
  #mayTake(choice: Choice): boolean {
    return !this.searched || this.answers === this.typed || this.#fits(choice);
  }

  #toChosen(): void {
    const at = this.#shown().findIndex(({ value }) => this.chosen.includes(value));
    this.at = at === -1 ? 0 : at;
  }

  readonly #onInput = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.typed = event.target.value;
    this.at = 0;
    if (!this.searched) return;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#ask(), quiet);
  };

  #ask(): void {
    if (this.searched)
      this.dispatchEvent(new CustomEvent('search', { detail: this.typed, bubbles: true, composed: true }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // Enter and the arrows are the input method's while it writes a word.
    if (event.isComposing) return;
    const shown = this.#shown();
    const moves: Record<string, number> = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1 + shown.length,
    };
    const to = moves[event.key];
    if (to !== undefined && shown.length > 0) {
      this.at = to % shown.length;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter' && this.many && (event.ctrlKey || event.metaKey))
      this.#take(this.#marked);
    else if (event.key === 'Enter') {
      const choice = shown[this.at];
      if (choice !== undefined && this.#mayTake(choice)) this.#pick(choice.value);
    } else if (event.key === 'Tab' && !this.many) {
      this.#leave(true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #pick(value: string): void {
    if (!this.many) {
      this.#take([value]);
      return;
    }
    this.#marked = this.#marked.includes(value)
      ? this.#marked.filter((one) => one !== value)
      : [...this.#marked, value];
    this.typed = '';
    this.requestUpdate();
  }

  #take(values: readonly string[]): void {
    this.dispatchEvent(new CustomEvent<string[]>('picked', { detail: [...values] }));
  }

  #leave(focus: boolean): void {
    this.dispatchEvent(new CustomEvent<boolean>('left', { detail: focus }));
  }

  /** Who goes elsewhere leaves the value as it is, unless several were marked: those are not thrown away unasked. */
  readonly #onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (next instanceof Node && this.renderRoot.contains(next)) return;
    if (!this.many && next !== null) this.#leave(false);
  };
}

customElements.define('deskside-choices', DesksideChoices);

declare global {
  interface HTMLElementTagNameMap {
    'deskside-choices': DesksideChoices;
  }
}
