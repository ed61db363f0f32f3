import { html, LitElement, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Body } from '../../desk/entry.ts';
import { ticketRef } from '../../desk/ticket.ts';
import type { ComposerVisibility, PanelMemory, PanelState, ToPanel } from '../messages.ts';
import { parseToPanel } from '../validate.ts';
import './body.ts';
import './clock.ts';
import './composer.ts';
import type { DesksideComposer } from './composer.ts';
import { details, identity } from './header.ts';
import { post, remember, remembered } from './host.ts';
import './menu.ts';
import { Scroll } from './scroll.ts';
import { side } from './side.ts';
import { baseStyles } from './styles/base.ts';
import { entryStyles } from './styles/entry.ts';
import { headerStyles } from './styles/header.ts';
import { panelStyles } from './styles/panel.ts';
import { sideStyles } from './styles/side.ts';
import { now, setClock } from './time.ts';
import { problem, timeline } from './timeline.ts';
import { intentName } from './words.ts';

const timesGrowOld = 30_000;

/** The ticket panel: shows the state that the extension sends, and tells it what the user does. */
export class DesksidePanel extends LitElement {
  static override styles = [baseStyles, panelStyles, headerStyles, sideStyles, entryStyles];
  static override properties = {
    shown: { state: true },
    gone: { state: true },
    wide: { state: true },
    visibility: { state: true },
  };
  declare shown: PanelState | undefined;
  declare gone: string | undefined;
  declare wide: boolean;
  declare visibility: ComposerVisibility;

  readonly #composer = createRef<DesksideComposer>();
  readonly #whole = new Map<string, Body>();
  readonly #scroll = new Scroll(
    () => this.renderRoot,
    (scrollTop) => this.#remember({ scrollTop }),
  );
  #memory: PanelMemory | undefined = remembered();

  constructor() {
    super();
    const wideEnough = matchMedia('(min-width: 900px)');
    this.wide = wideEnough.matches;
    this.visibility = this.#memory?.visibility ?? 'internal';
    wideEnough.addEventListener('change', () => (this.wide = wideEnough.matches));
    addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = parseToPanel(event.data);
      if (message !== undefined) void this.#receive(message);
    });
    addEventListener('pagehide', () => this.#composer.value?.flush());
    setInterval(() => this.requestUpdate(), timesGrowOld);
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('scroll', this.#scroll.moved, { capture: true, passive: true });
    post({ type: 'ready' });
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    if (this.gone !== undefined) return html`<main class="empty"><p>${this.gone}</p></main>`;
    if (shown === undefined) return html`<main class="empty" aria-busy="true"></main>`;
    return html`<div class="page">
      <header class="top">
        ${identity(shown)} ${details(shown, (visibility) => void this.#composer.value?.focusOn(visibility))}
        ${problem(shown)}
      </header>
      ${side(shown, now(), this.wide)} ${timeline(shown, now())}
      <deskside-composer
        ${ref(this.#composer)}
        .drafts=${shown.composer}
        .capabilities=${shown.capabilities}
        .requester=${shown.ticket.requester?.name ?? ''}
        .visibility=${this.visibility}
        @visibility-chosen=${(event: CustomEvent<ComposerVisibility>) => this.#chosen(event.detail)}
      ></deskside-composer>
    </div>`;
  }

  async #receive(message: ToPanel): Promise<void> {
    switch (message.type) {
      case 'state':
        await this.#show(message.state);
        break;
      case 'gone':
        this.gone = message.reason;
        break;
      case 'body':
        this.#whole.set(message.entryId, message.body);
        if (this.shown !== undefined) this.shown = this.#withWholeBodies(this.shown);
        break;
      case 'sent':
        this.#composer.value?.settled(message.visibility, message.error);
        break;
      case 'arrived':
        this.#composer.value?.arrived(`${intentName(message)} sent.`);
        break;
      case 'focus-composer':
        await this.updateComplete;
        await this.#composer.value?.focusOn(message.visibility);
        break;
    }
  }

  async #show(state: PanelState): Promise<void> {
    setClock(state.now);
    const opening = this.shown?.entries === undefined;
    this.gone = undefined;
    this.shown = this.#withWholeBodies(state);
    this.#remember({ ref: ticketRef(state.ticket) });
    await this.updateComplete;
    await document.fonts.ready;
    if (opening) this.#scroll.open(this.#memory?.scrollTop);
    else this.#scroll.follow();
  }

  /** With the bodies that the user asked to see whole. */
  #withWholeBodies(state: PanelState): PanelState {
    const entries = state.entries?.map((entry) => ({
      ...entry,
      body: this.#whole.get(entry.id) ?? entry.body,
    }));
    const cut = Object.entries(state.cut).filter(([entryId]) => !this.#whole.has(entryId));
    return { ...state, entries, cut: Object.fromEntries(cut) };
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

customElements.define('deskside-panel', DesksidePanel);
