import { html, LitElement, type TemplateResult } from 'lit';
import { slaStateAt, type SlaClock } from '../../desk/sla.ts';
import { dateTime, duration, untilNextTick } from './format.ts';
import { icon, type IconName } from './icon.ts';
import { t } from './l10n.ts';
import { now } from './time.ts';
import { clockStyles } from './styles/clock.ts';

type Look = 'running' | 'soon' | 'paused' | 'met' | 'breached';

const icons: Record<Look, IconName> = {
  running: 'clock',
  soon: 'warning',
  paused: 'debug-pause',
  met: 'check',
  breached: 'error',
};
const soon = 60 * 60 * 1_000;

/** One SLA clock, counting by itself. */
export class DesksideClock extends LitElement {
  static override styles = clockStyles;
  static override properties = { clock: { attribute: false }, look: { reflect: true } };
  declare clock: SlaClock;
  declare look: Look;

  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override willUpdate(): void {
    this.look = this.#lookNow();
  }

  protected override render(): TemplateResult {
    const { clock } = this;
    const due = clock.dueAt === undefined ? '' : t('due {0}', dateTime(clock.dueAt));
    const source = clock.source === 'policy' ? t('by your own policy') : '';
    const title = [due, source].filter((part) => part !== '').join(', ');
    return html`<span class="clock" title=${title}
      >${icon(icons[this.look])}<span class="target"
        >${clock.target === 'first-response' ? t('First response') : t('Resolution')}</span
      >
      <span class="time">${this.#words()}</span></span
    >`;
  }

  protected override updated(): void {
    clearTimeout(this.#timer);
    const { dueAt, stoppedAt } = this.clock;
    const counting = this.look === 'running' || this.look === 'soon' || this.look === 'breached';
    if (!this.isConnected || !counting || dueAt === undefined || stoppedAt !== undefined) return;
    this.#timer = setTimeout(() => this.requestUpdate(), untilNextTick(dueAt - now()));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #lookNow(): Look {
    const state = slaStateAt(this.clock, now());
    if (state !== 'running' || this.clock.dueAt === undefined) return state;
    return this.clock.dueAt - now() < soon ? 'soon' : 'running';
  }

  #words(): string {
    const { dueAt, stoppedAt } = this.clock;
    switch (this.look) {
      case 'met':
        return t('met');
      case 'paused':
        return t('paused');
      case 'breached':
        if (dueAt === undefined) return t('overdue');
        if (stoppedAt === undefined) return t('overdue by {0}', duration(now() - dueAt));
        return stoppedAt - dueAt < 1_000 ? t('just missed') : t('missed by {0}', duration(stoppedAt - dueAt));
      case 'running':
      case 'soon':
        return dueAt === undefined ? t('running') : t('{0} left', duration(dueAt - now()));
    }
  }
}

customElements.define('deskside-clock', DesksideClock);
