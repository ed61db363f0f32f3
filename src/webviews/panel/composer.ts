import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Capabilities } from '../../desk/capabilities.ts';
import {
  composerVisibilities,
  type ComposerState,
  type ComposerVisibility,
  type FromPanel,
} from '../messages.ts';
import { DraftText } from './draftText.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { baseStyles } from './styles/base.ts';
import { composerStyles } from './styles/composer.ts';
import { visibleText } from './visibleText.ts';
import { audience } from './words.ts';

const noSuchRight: Record<ComposerVisibility, string> = {
  public: 'You can\u2019t write public replies here.',
  internal: 'This ticketing system can\u2019t keep a note internal, so none can be written here.',
};

/** Longer than the extension ever takes to answer, in milliseconds. */
const silence = 15_000;

const unanswered =
  'Deskside does not answer. If it was restarted, copy your text, close this panel and open the ticket again.';

/**
 * Where quick replies and notes are written. Each visibility has a text field and a draft of its own, and what is in
 * one never gets into the other: choosing only shows the other field.
 */
export class DesksideComposer extends LitElement {
  static override styles = [baseStyles, composerStyles];
  static override properties = {
    drafts: { attribute: false },
    capabilities: { attribute: false },
    requester: {},
    visibility: { reflect: true },
    sending: { state: true },
    outcome: { state: true },
  };
  declare drafts: ComposerState | undefined;
  declare capabilities: Capabilities | undefined;
  /** The requester's name. */
  declare requester: string;
  declare visibility: ComposerVisibility;
  declare sending: ComposerVisibility | undefined;
  declare outcome: { visibility: ComposerVisibility; error: boolean; words: string } | undefined;

  readonly #texts: Record<ComposerVisibility, DraftText> = {
    public: new DraftText((draft) => this.#tell({ type: 'draft', visibility: 'public', ...draft })),
    internal: new DraftText((draft) => this.#tell({ type: 'draft', visibility: 'internal', ...draft })),
  };
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.requester = '';
    this.visibility = 'internal';
    this.addEventListener('focusout', () => this.flush());
  }

  /** Brings the user to the field of this visibility. */
  async focusOn(visibility: ComposerVisibility): Promise<void> {
    this.#choose(visibility);
    await this.updateComplete;
    this.#field(visibility)?.focus();
  }

  /** Tells the extension at once what was typed. */
  flush(): void {
    for (const visibility of composerVisibilities) this.#texts[visibility].flush();
  }

  /** What became of a send. */
  settled(visibility: ComposerVisibility, error: string | undefined): void {
    this.#answered();
    this.sending = undefined;
    const name = visibility === 'public' ? 'Public reply' : 'Internal note';
    if (error === undefined) this.#texts[visibility].clear();
    else this.#texts[visibility].resume();
    this.outcome =
      error === undefined
        ? { visibility, error: false, words: `${name} queued. It is on its way.` }
        : { visibility, error: true, words: `${name} not queued: ${error} Your text is kept.` };
  }

  /** Says that what was queued has arrived. */
  arrived(words: string): void {
    this.outcome = { visibility: this.visibility, error: false, words };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('drafts') || this.drafts === undefined) return;
    if (this.sending === undefined) this.#answered();
    for (const visibility of composerVisibilities) this.#texts[visibility].receive(this.drafts[visibility]);
  }

  protected override render(): TemplateResult {
    const { visibility } = this;
    const readers = audience[visibility];
    const refused = this.#mayWrite(visibility) ? undefined : noSuchRight[visibility];
    const blank = this.#texts[visibility].current.trim() === '';
    const unsendable = blank || refused !== undefined || this.sending !== undefined;
    return html`<section class="composer" aria-label="Write" @keydown=${this.#onKey}>
      <div class="choice" role="radiogroup" aria-label="Who can read what you write">
        ${composerVisibilities.map((one) => this.#option(one))}
      </div>
      <p class="readers" id="readers">
        ${icon(readers.icon)}<span>${refused ?? this.#explain(visibility)}</span>
      </p>
      ${composerVisibilities.map((one) => this.#textarea(one, visibility, refused !== undefined))}
      <div class="bar">
        <p
          class="outcome"
          role="status"
          ?data-said=${this.outcome !== undefined}
          ?data-error=${this.outcome?.error === true}
        >
          ${
            this.outcome === undefined
              ? nothing
              : html`${icon(this.outcome.error ? 'error' : 'check')}${this.outcome.words}`
          }
        </p>
        <vscode-button
          secondary
          class="open"
          title="Open in editor"
          aria-label="Open in editor"
          @click=${() => this.#openInEditor()}
          >${icon('go-to-file')}<span class="label">Open in editor</span></vscode-button
        >
        <vscode-button
          class="send"
          ?disabled=${unsendable}
          aria-disabled=${unsendable ? 'true' : 'false'}
          title=${`${this.#sendLabel(visibility)} (Ctrl+Enter)`}
          @click=${() => this.#send()}
          >${icon(visibility === 'public' ? 'send' : 'lock')}<span
            >${this.#sendLabel(visibility)}</span
          ></vscode-button
        >
      </div>
    </section>`;
  }

  #option(one: ComposerVisibility): TemplateResult {
    const left = one !== this.visibility && this.#texts[one].current.trim() !== '';
    return html`<label class="option" data-visibility=${one}>
      <input
        type="radio"
        name="visibility"
        .value=${one}
        .checked=${this.visibility === one}
        ?disabled=${this.sending !== undefined}
        @change=${() => this.#choose(one)}
      />
      ${icon(audience[one].icon)}<span>${one === 'public' ? 'Public reply' : 'Internal note'}</span>
      ${left ? html`<span class="has-draft" title="A draft is kept here">draft</span>` : nothing}
    </label>`;
  }

  #textarea(one: ComposerVisibility, chosen: ComposerVisibility, refused: boolean): TemplateResult {
    const label = one === 'public' ? `Public reply${this.#to()}` : 'Internal note';
    return html`<textarea
      id=${one}
      data-visibility=${one}
      ?hidden=${one !== chosen}
      ?readonly=${refused || this.sending === one}
      rows="2"
      spellcheck="true"
      dir="auto"
      aria-label=${label}
      aria-describedby="readers"
      placeholder=${one === 'public' ? `Write a reply${this.#to()}\u2026` : 'Write a note for your colleagues\u2026'}
      .value=${this.#texts[one].current}
      @input=${(event: InputEvent) => this.#onInput(one, event)}
    ></textarea>`;
  }

  #to(): string {
    return this.requester === '' ? '' : ` to ${visibleText(this.requester)}`;
  }

  #explain(visibility: ComposerVisibility): string {
    if (visibility === 'internal') return 'Only colleagues can read this.';
    return `${this.requester === '' ? 'The requester' : visibleText(this.requester)} will read this.`;
  }

  #sendLabel(visibility: ComposerVisibility): string {
    return visibility === 'public' ? `Send public reply${this.#to()}` : 'Add internal note';
  }

  #mayWrite(visibility: ComposerVisibility): boolean {
    const right = visibility === 'public' ? 'publicReply' : 'internalNote';
    return this.capabilities === undefined || this.capabilities[right];
  }

  #field(visibility: ComposerVisibility): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>(`#${visibility}`);
  }

  #choose(visibility: ComposerVisibility): void {
    if (this.sending !== undefined || this.visibility === visibility) return;
    this.visibility = visibility;
    this.dispatchEvent(new CustomEvent('visibility-chosen', { detail: visibility }));
  }

  #onInput(visibility: ComposerVisibility, event: InputEvent): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#texts[visibility].write(event.target.value);
    this.outcome = undefined;
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #openInEditor(): void {
    this.flush();
    post({ type: 'action', action: this.visibility === 'public' ? 'reply' : 'addNote' });
  }

  #send(): void {
    const { visibility } = this;
    const text = this.#texts[visibility].current;
    if (text.trim() === '' || this.sending !== undefined || !this.#mayWrite(visibility)) return;
    this.#texts[visibility].hold();
    this.sending = visibility;
    this.outcome = undefined;
    this.#tell({ type: 'send', visibility, text });
  }

  /** Says something that is answered: where VS Code restarted the extension, nobody listens to this page any more. */
  #tell(message: FromPanel): void {
    post(message);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.outcome = { visibility: this.visibility, error: true, words: unanswered };
    }, silence);
  }

  #answered(): void {
    clearTimeout(this.#waiting);
    if (this.outcome?.words === unanswered) this.outcome = undefined;
  }
}

customElements.define('deskside-composer', DesksideComposer);
