import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Body, Entry } from '../../desk/entry.ts';
import { sameTicket, ticketRef, type Person, type TicketRef } from '../../desk/ticket.ts';
import type { ComposerVisibility, PanelMemory, PanelState, ToPanel } from '../messages.ts';
import { parseToPanel } from '../validate.ts';
import { showPreview } from './attachment.ts';
import './body.ts';
import './clock.ts';
import './composer.ts';
import './find.ts';
import type { DesksideComposer, FromHost } from './composer.ts';
import type { DesksideFind } from './find.ts';
import { EntryList } from './entryList.ts';
import type { Choice } from './choices.ts';
import { handOffCard } from './handOff.ts';
import { details, identity } from './header.ts';
import { firstMessages, post, remember, remembered } from './host.ts';
import { setLanguage, t } from './l10n.ts';
import './menu.ts';
import type { KnownChoices } from './properties.ts';
import { Scroll } from './scroll.ts';
import { side } from './side.ts';
import { baseStyles } from './styles/base.ts';
import { entryStyles } from './styles/entry.ts';
import { handOffStyles } from './styles/handOff.ts';
import { headerStyles } from './styles/header.ts';
import { panelStyles } from './styles/panel.ts';
import { sideStyles } from './styles/side.ts';
import { now, setClock } from './time.ts';
import { problem, timeline } from './timeline.ts';
import { intentName } from './words.ts';

/** The ticket panel: shows the state that the extension sends, and tells it what the user does. */
export class DesksidePanel extends LitElement {
  static override styles = [baseStyles, panelStyles, headerStyles, handOffStyles, sideStyles, entryStyles];
  static override properties = {
    shown: { state: true },
    gone: { state: true },
    wide: { state: true },
    visibility: { state: true },
    finding: { state: true },
    known: { state: true },
  };
  declare shown: PanelState | undefined;
  declare gone: string | undefined;
  declare wide: boolean;
  declare visibility: ComposerVisibility;
  declare finding: boolean;
  declare known: KnownChoices;

  readonly #find = createRef<DesksideFind>();
  readonly #composer = createRef<DesksideComposer>();
  readonly #whole = new Map<string, Body>();
  readonly #scroll = new Scroll(
    () => this.renderRoot,
    (anchor) => this.#remember({ anchor }),
  );
  readonly #entries = new EntryList(() => this.#scroll.follow());
  /** The newest part of the timeline, up to its end; the beginning may still be on its way. */
  #timeline: Entry[] = [];
  #total = 0;
  #opened = false;
  readonly #withBodies = new WeakMap<Entry, Entry>();
  #memory: PanelMemory | undefined = remembered();
  readonly #first = firstMessages();

  constructor() {
    super();
    const wideEnough = matchMedia('(min-width: 900px)');
    this.wide = wideEnough.matches;
    this.finding = false;
    this.known = {};
    this.visibility = this.#memory?.visibility ?? 'internal';
    wideEnough.addEventListener('change', () => (this.wide = wideEnough.matches));
    addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = parseToPanel(event.data);
      if (message !== undefined) void this.#receive(message);
    });
    addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
    addEventListener('pagehide', () => this.#composer.value?.flush());
    for (const message of this.#first) void this.#receive(message);
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('scroll', this.#scroll.moved, { capture: true, passive: true });
    if (this.#first.length === 0) post({ type: 'ready', anchor: this.#memory?.anchor?.entryId });
    // What else there is can wait until this is painted; what is out of sight is not.
    else if (document.hidden) post({ type: 'ready', begun: true });
    else requestAnimationFrame(() => setTimeout(() => post({ type: 'ready', begun: true })));
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    if (this.gone !== undefined) return html`<main class="empty"><p>${this.gone}</p></main>`;
    if (shown === undefined) return html`<main class="empty" aria-busy="true"></main>`;
    return html`<div class="page">
      <header class="top">
        ${identity(shown)} ${details(shown, (visibility) => void this.#composer.value?.focusOn(visibility))}
        ${problem(shown)} ${handOffCard(shown, (entryId) => this.#readAll(entryId))}
      </header>
      ${side(shown, now(), this.wide, this.known, (entryId) => this.#readAll(entryId))}
      ${timeline(shown, this.#entries)} ${this.finding ? this.#findBar() : nothing}
      ${keyed(`${shown.ticket.accountId}/${shown.ticket.id}`, this.#write(shown))}
    </div>`;
  }

  #findBar(): TemplateResult {
    return html`<deskside-find
      ${ref(this.#find)}
      .within=${() => {
        this.#entries.finish();
        return this.#entries.element;
      }}
      @closed=${() => this.#endFind()}
    ></deskside-find>`;
  }

  #readAll(entryId: string): void {
    this.#entries.finish();
    this.#scroll.to(entryId);
  }

  #onKey(event: KeyboardEvent): void {
    if (
      event.key.toLowerCase() !== 'f' ||
      !(event.ctrlKey || event.metaKey) ||
      event.shiftKey ||
      event.altKey
    )
      return;
    if (this.shown === undefined) return;
    event.preventDefault();
    this.finding = true;
    void this.updateComplete.then(() => this.#find.value?.begin());
  }

  #endFind(): void {
    this.finding = false;
    this.renderRoot.querySelector<HTMLElement>('.timeline')?.focus();
  }

  #write(shown: PanelState): TemplateResult {
    return html`<deskside-composer
      ${ref(this.#composer)}
      .ticket=${ticketRef(shown.ticket)}
      .drafts=${shown.composer}
      .capabilities=${shown.capabilities}
      .requester=${shown.ticket.requester?.name ?? ''}
      .visibility=${this.visibility}
      @visibility-chosen=${(event: CustomEvent<ComposerVisibility>) => this.#chosen(event.detail)}
    ></deskside-composer>`;
  }

  /** What is about another ticket by now is not said. */
  #tellComposer(message: FromHost): void {
    const { ticket } = this.shown ?? {};
    const isIts = !('ref' in message) || (ticket !== undefined && sameTicket(message.ref, ticket));
    if (isIts) this.#composer.value?.told(message);
  }

  async #receive(message: ToPanel): Promise<void> {
    switch (message.type) {
      case 'language':
        setLanguage(message.language, message.words);
        document.documentElement.lang = message.language;
        break;
      case 'state':
        await this.#show(message.state);
        break;
      case 'entries':
        await this.#take(message);
        break;
      case 'suggestions':
      case 'insert':
      case 'composer-problem':
      case 'ask-for':
        this.#tellComposer(message);
        break;
      case 'gone':
        this.gone = message.reason;
        break;
      case 'body':
        this.#whole.set(message.entryId, message.body);
        await this.#drawEntries();
        break;
      case 'preview':
        showPreview(message.attachmentId, message.image);
        break;
      case 'sent':
        if (this.#shows(message.ref)) this.#composer.value?.settled(message);
        break;
      case 'arrived':
        this.#composer.value?.arrived(t('{0} sent.', intentName(message)));
        break;
      case 'choices':
        if (this.#shows(message.ref)) this.known = { ...this.known, choices: message.choices };
        break;
      case 'people':
        if (this.#shows(message.ref)) {
          const { query, people } = message;
          this.known = { ...this.known, people: { query, found: people.map(personChoice) } };
        }
        break;
      case 'focus-composer':
        await this.updateComplete;
        await this.#composer.value?.focusOn(message.visibility);
        break;
    }
  }

  #shows(ticket: TicketRef): boolean {
    return this.shown !== undefined && sameTicket(this.shown.ticket, ticket);
  }

  async #show(state: PanelState): Promise<void> {
    setClock(state.now);
    const other = !this.#shows(state.ticket);
    if (other) this.#begin(state);
    const marked = this.shown?.firstNew !== state.firstNew;
    const cut = JSON.stringify(this.shown?.cut) !== JSON.stringify(state.cut);
    this.gone = undefined;
    this.shown = state;
    this.#remember({ ref: ticketRef(state.ticket) });
    if (marked || cut) await this.#drawEntries();
    await this.updateComplete;
    this.#scroll.follow();
    // Which custom fields can be set, and what they take.
    if (other && state.capabilities?.setCustomFields === true) {
      post({ type: 'ask-choices', ref: ticketRef(state.ticket) });
    }
  }

  /** Another ticket: nothing of the one before stays. */
  #begin({ ticket }: PanelState): void {
    if (this.shown !== undefined) this.#memory = { ref: ticketRef(ticket), visibility: this.visibility };
    this.known = {};
    this.#timeline = [];
    this.#whole.clear();
    this.#entries.clear();
    this.#opened = false;
  }

  /** A part of the timeline has come. */
  async #take({ ref, at, total, entries }: Extract<ToPanel, { type: 'entries' }>): Promise<void> {
    if (!this.#shows(ref)) return;
    const known = this.#timeline;
    const start = this.#total - known.length;
    const before = at < start ? [] : known.slice(0, at - start);
    const after = known.slice(Math.max(0, at + entries.length - start));
    this.#timeline = [...before, ...entries, ...(this.#total === total ? after : [])];
    this.#total = total;
    await this.#drawEntries();
  }

  async #drawEntries(): Promise<void> {
    const { shown } = this;
    if (shown === undefined) return;
    const entries = this.#timeline.map((entry) => this.#withWholeBody(entry));
    const cut = Object.fromEntries(Object.entries(shown.cut).filter(([id]) => !this.#whole.has(id)));
    const anchor = this.#memory?.anchor;
    this.#entries.show({ entries, cut, firstNew: shown.firstNew }, anchor?.entryId ?? shown.firstNew);
    await this.updateComplete;
    if (this.#opened || entries.length === 0) this.#scroll.follow();
    else this.#scroll.open(anchor);
    this.#opened ||= entries.length > 0;
  }

  /** As the user asked to see it. The same object as long as it is the same entry: so it is drawn once. */
  #withWholeBody(entry: Entry): Entry {
    const body = this.#whole.get(entry.id);
    if (body === undefined) return entry;
    const known = this.#withBodies.get(entry);
    const whole = known ?? { ...entry, body };
    if (known === undefined) this.#withBodies.set(entry, whole);
    return whole;
  }

  #chosen(visibility: ComposerVisibility): void {
    this.visibility = visibility;
    this.#remember({ visibility });
  }

  #remember(part: Partial<PanelMemory>): void {
    const known = part.ref ?? this.#memory?.ref;
    if (known === undefined) return;
    this.#memory = { ...this.#memory, ...part, ref: known };
    remember(this.#memory);
  }
}

function personChoice({ id, name, email }: Person): Choice {
  return { value: id, label: name, ...(email !== undefined && { about: email }) };
}

customElements.define('deskside-panel', DesksidePanel);
