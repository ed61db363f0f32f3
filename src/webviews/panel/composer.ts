import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DraftFile } from '../../desk/draft.ts';
import type { Capabilities } from '../../desk/capabilities.ts';
import type { TicketRef } from '../../desk/ticket.ts';
import {
  composerVisibilities,
  type ComposerRequest,
  type ComposerState,
  type ComposerVisibility,
  type FromPanel,
  type ToPanel,
} from '../messages.ts';
import {
  explained,
  fieldName,
  noFiles,
  noSuchRight,
  placeholder,
  sendLabel,
  visibilityName,
} from './composerWords.ts';
import { fileChips, readFile } from './composerFiles.ts';
import { outcomeLine, whereItIs, type Outcome } from './composerOutcome.ts';
import { DraftText } from './draftText.ts';
import { FileDrop } from './fileDrop.ts';
import { post } from './host.ts';
import { icon, type IconName } from './icon.ts';
import { insertText } from './insertText.ts';
import { t } from './l10n.ts';
import { baseStyles } from './styles/base.ts';
import { composerStyles } from './styles/composer.ts';
import { Suggester } from './suggester.ts';
import { visibleText } from './visibleText.ts';
import { audience } from './words.ts';

/** What the extension tells the composer alone. */
export type FromHost = Extract<ToPanel, { type: 'suggestions' | 'insert' | 'composer-problem' | 'ask-for' }>;

/** Longer than the extension ever takes to answer, in milliseconds. */
const silence = 15_000;

/**
 * Where quick replies and notes are written. Each visibility has a text field and a draft of its own, and what is in
 * one never gets into the other: choosing only shows the other field.
 */
export class DesksideComposer extends LitElement {
  static override styles = [baseStyles, composerStyles];
  static override properties = {
    drafts: { attribute: false },
    capabilities: { attribute: false },
    ticket: { attribute: false },
    requester: {},
    visibility: { reflect: true },
    sending: { state: true },
    outcome: { state: true },
  };
  declare drafts: ComposerState | undefined;
  declare capabilities: Capabilities | undefined;
  /** What is written here is for this ticket, whatever the panel shows by then. */
  declare ticket: TicketRef;
  /** The requester's name. */
  declare requester: string;
  declare visibility: ComposerVisibility;
  declare sending: ComposerVisibility | undefined;
  declare outcome: Outcome | undefined;

  readonly #texts: Record<ComposerVisibility, DraftText> = {
    public: new DraftText((draft) =>
      this.#tell({ type: 'draft', ref: this.ticket, visibility: 'public', ...draft }),
    ),
    internal: new DraftText((draft) =>
      this.#tell({ type: 'draft', ref: this.ticket, visibility: 'internal', ...draft }),
    ),
  };
  #waiting: ReturnType<typeof setTimeout> | undefined;
  readonly #suggester = new Suggester(this, (question) =>
    post({ type: 'suggest', ref: this.ticket, visibility: this.visibility, ...question }),
  );

  readonly #drop = new FileDrop(this, (files) => void this.#attach(files));

  constructor() {
    super();
    this.requester = '';
    this.visibility = 'internal';
    this.addEventListener('focusout', () => {
      this.flush();
      this.#suggester.close();
    });
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.flush();
    clearTimeout(this.#waiting);
  }

  /** What became of a send. */
  settled({ visibility, error, kept, waits }: Extract<ToPanel, { type: 'sent' }>): void {
    this.#answered();
    this.sending = undefined;
    if (kept === true) {
      this.#texts[visibility].resume();
      return;
    }
    const name = visibilityName(visibility);
    const queued = `${t('{0} queued.', name)} ${whereItIs(waits)}`;
    if (error === undefined) this.#texts[visibility].clear();
    else this.#texts[visibility].resume();
    this.outcome =
      error === undefined
        ? { visibility, error: false, words: queued }
        : { visibility, error: true, words: t('{0} not queued: {1} Your text is kept.', name, error) };
  }

  /** What was said about what is being written. */
  told(message: FromHost): void {
    switch (message.type) {
      case 'suggestions':
        this.#suggester.answered(message.turn, message.suggestions);
        break;
      case 'insert':
        void this.focusOn(message.visibility).then(() => {
          const field = this.#field(message.visibility);
          if (field && !field.readOnly) insertText(field, message.text);
        });
        break;
      case 'composer-problem':
        this.#answered();
        this.#problem(message.visibility, message.words);
        break;
      case 'ask-for':
        if (message.what === 'attach' && !this.#mayAttach()) this.#problem(this.visibility, noFiles());
        else post({ type: message.what, ref: this.ticket, visibility: this.visibility });
        break;
    }
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
    const readers = audience(visibility);
    const refused = this.#mayWrite(visibility) ? undefined : noSuchRight(visibility);
    const files = this.#files(visibility);
    const unsendable = this.#isBlank(visibility) || refused !== undefined || this.sending !== undefined;
    return html`<section
      class="composer"
      aria-label=${t('Write')}
      ?data-dropping=${this.#drop.isOver}
      @keydown=${this.#onKey}
      @paste=${this.#drop.onPaste}
      @dragover=${this.#drop.onDragOver}
      @dragleave=${this.#drop.onDragLeave}
      @drop=${this.#drop.onDrop}
    >
      <div class="choice" role="radiogroup" aria-label=${t('Who can read what you write')}>
        ${composerVisibilities.map((one) => this.#option(one))}
      </div>
      <p class="readers" id="readers">
        ${icon(readers.icon)}<span>${refused ?? explained(visibility, this.requester)}</span>
      </p>
      <div class="field">
        ${this.#suggester.render()}
        ${composerVisibilities.map((one) => this.#textarea(one, visibility, refused !== undefined))}
      </div>
      ${fileChips(files, (file) => this.#detach(file))} ${this.#openPlaceholders()}
      <div class="bar">
        ${outcomeLine(this.outcome?.visibility === visibility ? this.outcome : undefined)}
        ${refused === undefined ? this.#tools() : nothing}
        <vscode-button
          secondary
          class="open"
          title=${t('Open in editor')}
          aria-label=${t('Open in editor')}
          @click=${() => this.#openInEditor()}
          >${icon('go-to-file')}<span class="label">${t('Open in editor')}</span></vscode-button
        >
        <vscode-button
          class="send"
          ?disabled=${unsendable}
          aria-disabled=${unsendable ? 'true' : 'false'}
          title=${t('{0} (Ctrl+Enter)', sendLabel(visibility, this.requester))}
          @click=${() => this.#send()}
          >${icon(visibility === 'public' ? 'send' : 'lock')}<span
            >${sendLabel(visibility, this.requester)}</span
          ></vscode-button
        >
      </div>
    </section>`;
  }

  #tools(): TemplateResult {
    const tool = (name: IconName, label: string, what: ComposerRequest) =>
      html`<vscode-button
        secondary
        class="tool"
        title=${label}
        aria-label=${label}
        @click=${() => post({ type: what, ref: this.ticket, visibility: this.visibility })}
        >${icon(name)}</vscode-button
      >`;
    return html`${tool('zap', t('Insert macro\u2026'), 'insert-macro')}
    ${this.#mayAttach() ? tool('attach', t('Attach files\u2026'), 'attach') : nothing}
    ${this.visibility === 'public' ? this.#preview() : nothing}`;
  }

  #preview(): TemplateResult {
    const label = t('Preview as the customer will see it');
    return html`<vscode-button
      secondary
      class="tool"
      title=${label}
      aria-label=${label}
      ?disabled=${this.#isBlank('public')}
      @click=${() => {
        this.flush();
        post({ type: 'action', action: 'previewReply' });
      }}
      >${icon('open-preview')}</vscode-button
    >`;
  }

  #openPlaceholders(): TemplateResult | typeof nothing {
    const open = this.drafts?.[this.visibility].open ?? [];
    if (open.length === 0) return nothing;
    return html`<p class="unfilled">
      ${icon('warning')}<span>${t('Not filled in: {0}', visibleText(open.join(', ')))}</span>
    </p>`;
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
      ${icon(audience(one).icon)}<span>${visibilityName(one)}</span>
      ${left ? html`<span class="has-draft" title=${t('A draft is kept here')}>${t('draft')}</span>` : nothing}
    </label>`;
  }

  #textarea(one: ComposerVisibility, chosen: ComposerVisibility, refused: boolean): TemplateResult {
    return html`<textarea
      id=${one}
      data-visibility=${one}
      ?hidden=${one !== chosen}
      ?readonly=${refused || this.sending === one}
      rows="2"
      spellcheck="true"
      dir="auto"
      aria-label=${fieldName(one, this.requester)}
      aria-describedby="readers"
      aria-autocomplete="list"
      aria-controls=${ifDefined(this.#suggester.open ? 'suggestions' : undefined)}
      aria-activedescendant=${ifDefined(one === chosen ? this.#suggester.activeId : undefined)}
      placeholder=${placeholder(one, this.requester)}
      .value=${this.#texts[one].current}
      @input=${(event: InputEvent) => this.#onInput(one, event)}
    ></textarea>`;
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
    this.#suggester.typed(event.target);
    this.requestUpdate();
  }

  #files(visibility: ComposerVisibility): readonly DraftFile[] {
    return this.drafts?.[visibility].files ?? [];
  }

  #isBlank(visibility: ComposerVisibility): boolean {
    return this.#texts[visibility].current.trim() === '' && this.#files(visibility).length === 0;
  }

  /** A system that shows every file to everybody has none for a note. */
  #mayAttach(): boolean {
    const attach = this.capabilities?.attach ?? true;
    return attach === 'public' ? this.visibility === 'public' : attach;
  }

  async #attach(files: readonly File[]): Promise<void> {
    const { visibility, ticket } = this;
    if (!this.#mayAttach()) {
      this.#problem(visibility, noFiles());
      return;
    }
    this.outcome = undefined;
    for (const file of files) {
      const bytes = await readFile(file);
      if (typeof bytes === 'string') this.#problem(visibility, bytes);
      else this.#tell({ type: 'attach-bytes', ref: ticket, visibility, name: file.name, bytes });
    }
  }

  #detach(file: DraftFile): void {
    this.#tell({ type: 'detach', ref: this.ticket, visibility: this.visibility, fileId: file.id });
    this.#field(this.visibility)?.focus();
  }

  #problem(visibility: ComposerVisibility, words: string): void {
    this.outcome = { visibility, error: true, words };
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#suggester.key(event)) return;
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
    if (this.#isBlank(visibility) || this.sending !== undefined || !this.#mayWrite(visibility)) return;
    this.#texts[visibility].hold();
    this.sending = visibility;
    this.outcome = undefined;
    this.#tell({ type: 'send', ref: this.ticket, visibility, text });
  }

  /** Says something that is answered: where VS Code restarted the extension, nobody listens to this page any more. */
  #tell(message: FromPanel): void {
    post(message);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.outcome = {
        visibility: this.visibility,
        error: true,
        words: t(
          'Deskside does not answer. If it was restarted, copy your text, close this panel and open the ticket again.',
        ),
        unanswered: true,
      };
    }, silence);
  }

  #answered(): void {
    clearTimeout(this.#waiting);
    if (this.outcome?.unanswered === true) this.outcome = undefined;
  }
}

customElements.define('deskside-composer', DesksideComposer);
