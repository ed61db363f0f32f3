import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { fieldProblem, type FieldDefinition, type FieldProblem } from '../../desk/fieldDefinition.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import './choices.ts';
import type { Choice } from './choices.ts';
import { baseStyles } from './styles/base.ts';
import { propertyStyles } from './styles/property.ts';
import { fieldStyles } from './styles/field.ts';
import { visibleText } from './visibleText.ts';

/** How a property is edited. */
export interface Editing {
  type: FieldDefinition['type'];
  /** As they are now. */
  values: readonly string[];
  /** Absent while they are being asked for. */
  choices?: readonly Choice[];
  /** Other values than the choices can be written. */
  free?: boolean;
  /** What is typed is looked for by the extension. */
  searched?: boolean;
  /** What was typed when the choices were found. */
  answers?: string;
  required?: boolean;
  /** Why the choices may be out of date. */
  hint?: string;
}

/**
 * A property that is edited where it stands: Enter or a click begins, Enter takes the new value, Escape leaves the old
 * one; the focus is back on it afterwards.
 */
export class DesksideProperty extends LitElement {
  static override styles = [baseStyles, fieldStyles, propertyStyles];
  static override properties = {
    label: {},
    text: {},
    editing: { attribute: false },
    open: { type: Boolean, reflect: true },
    problem: { state: true },
  };
  declare label: string;
  declare text: string;
  declare editing: Editing;
  declare open: boolean;
  declare problem: FieldProblem | undefined;

  constructor() {
    super();
    this.open = false;
  }

  protected override render(): TemplateResult {
    if (!this.open) return this.#value();
    return html`<div class="editor" @keydown=${this.#onKey}>
      ${this.#isText ? this.#textEditor() : this.#choiceEditor()}
      ${
        this.problem === undefined
          ? nothing
          : html`<p class="problem" id="problem" role="alert">
              ${icon('error')}<span>${explained(this.problem)}</span>
            </p>`
      }
    </div>`;
  }

  #value(): TemplateResult {
    const text = this.text === '' ? t('none') : visibleText(this.text);
    return html`<button
      class="value"
      aria-label=${t('{0}: {1}. Change', this.label, text)}
      title=${t('Change')}
      @click=${() => void this.#begin()}
    >
      <bdi class=${this.text === '' ? 'none' : ''}>${text}</bdi>${icon('edit')}
    </button>`;
  }

  #textEditor(): TemplateResult {
    const { type, values } = this.editing;
    const value = values[0] ?? '';
    const described = this.problem === undefined ? nothing : 'problem';
    return html`${
        type === 'long-text'
          ? html`<textarea
              class="field"
              rows="4"
              dir="auto"
              aria-label=${this.label}
              aria-describedby=${described}
              .value=${value}
            ></textarea>`
          : html`<input
              class="field"
              dir="auto"
              type=${type === 'date' ? 'date' : 'text'}
              inputmode=${type === 'number' ? 'decimal' : nothing}
              placeholder=${type === 'date-time' ? '2026-01-31 09:30' : nothing}
              aria-label=${this.label}
              aria-describedby=${described}
              .value=${value}
            />`
      }
      <div class="buttons">
        <button class="small" @click=${() => this.#save([this.#field?.value ?? ''])}>${t('Save')}</button>
        <button class="small" @click=${() => void this.#end()}>${t('Cancel')}</button>
      </div>`;
  }

  #choiceEditor(): TemplateResult {
    const { type, values, choices, free, searched, answers, hint } = this.editing;
    return html`<deskside-choices
        .label=${this.label}
        .many=${type === 'choices'}
        .chosen=${[...values]}
        .choices=${choices}
        .free=${free ?? false}
        .searched=${searched ?? false}
        .answers=${answers}
        @picked=${(event: CustomEvent<string[]>) => this.#save(event.detail)}
        @left=${(event: CustomEvent<boolean>) => void this.#end(event.detail)}
      ></deskside-choices>
      ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}`;
  }

  get #isText(): boolean {
    return this.editing.type !== 'choice' && this.editing.type !== 'choices';
  }

  get #field(): HTMLInputElement | HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>('.field');
  }

  async #begin(): Promise<void> {
    this.open = true;
    this.problem = undefined;
    this.dispatchEvent(new CustomEvent('begin'));
    await this.updateComplete;
    if (this.#isText) {
      this.#field?.focus();
      this.#field?.select();
    } else await this.renderRoot.querySelector('deskside-choices')?.begin();
  }

  async #end(focus = true): Promise<void> {
    this.open = false;
    await this.updateComplete;
    if (focus) this.renderRoot.querySelector<HTMLButtonElement>('.value')?.focus();
  }

  #save(given: readonly string[]): void {
    const values = given.map((value) => value.trim()).filter((value) => value !== '');
    const { type, choices, free, required } = this.editing;
    const allowed = free === true ? undefined : choices?.map(({ value }) => value);
    this.problem = fieldProblem(
      { id: '', name: this.label, type, ...(allowed && { choices: allowed }), ...(required && { required }) },
      values,
    );
    if (this.problem !== undefined) return;
    const same =
      values.length === this.editing.values.length &&
      values.every((one) => this.editing.values.includes(one));
    if (!same) this.dispatchEvent(new CustomEvent<string[]>('save', { detail: values }));
    void this.#end();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') void this.#end();
    else if (event.key === 'Enter' && this.#isText && this.#takes(event))
      this.#save([this.#field?.value ?? '']);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** In a text of several lines Enter is a line; on a button it is that button's. */
  #takes(event: KeyboardEvent): boolean {
    const target = event.composedPath()[0];
    if (target instanceof HTMLTextAreaElement) return event.ctrlKey || event.metaKey;
    return target instanceof HTMLInputElement;
  }
}

function explained(problem: FieldProblem): string {
  switch (problem) {
    case 'required':
      return t('It can\u2019t be left empty.');
    case 'one-value':
      return t('It takes one value.');
    case 'number':
      return t('A number is needed.');
    case 'date':
      return t('A date is needed, such as 2026-01-31.');
    case 'date-time':
      return t('A date and a time are needed, such as 2026-01-31 09:30.');
    case 'choice':
      return t('It takes only what is in the list.');
  }
}

customElements.define('deskside-property', DesksideProperty);

declare global {
  interface HTMLElementTagNameMap {
    'deskside-property': DesksideProperty;
  }
}
