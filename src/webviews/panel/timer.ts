import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { elapsedAt } from '../../desk/workTime.ts';
import type { PanelState, PanelTimer } from '../messages.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { baseStyles } from './styles/base.ts';
import { now } from './time.ts';

/** Time worked on this ticket: counted here, logged with the ticketing system. */
export function timer({ capabilities, ticket, timer: counted }: PanelState): TemplateResult | typeof nothing {
  if (capabilities?.logTime !== true || ticket.mergedInto !== undefined) return nothing;
  const running = counted?.startedAt !== undefined;
  const act = (action: 'startTimer' | 'pauseTimer' | 'logTime') => () => post({ type: 'action', action });
  const start = counted === undefined ? t('Start the timer') : t('Go on');
  return html`<section>
    <h2>${t('Time worked')}</h2>
    <div class="timer">
      ${counted === undefined ? nothing : html`<deskside-timer .counted=${counted}></deskside-timer>`}
      <button class="text-button" @click=${running ? act('pauseTimer') : act('startTimer')}>
        ${icon(running ? 'debug-pause' : 'clock')}${running ? t('Pause') : start}
      </button>
      <button class="text-button" @click=${act('logTime')}>${t('Log time\u2026')}</button>
    </div>
  </section>`;
}

/** The time counted so far, each second while it runs. */
export class DesksideTimer extends LitElement {
  static override styles = [baseStyles];
  static override properties = { counted: { attribute: false } };
  declare counted: PanelTimer;
  #tick: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.counted.startedAt !== undefined && this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  protected override render(): TemplateResult {
    const seconds = Math.floor(elapsedAt(this.counted, now()) / 1000);
    const two = (part: number) => String(part).padStart(2, '0');
    const text = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return html`<span role="timer" aria-label=${t('Time worked')}>${text}</span>`;
  }
}

customElements.define('deskside-timer', DesksideTimer);
