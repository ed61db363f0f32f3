import { html, nothing, type TemplateResult } from 'lit';
import type { Instant } from '../../desk/ticket.ts';
import type { PanelRun } from '../messages.ts';
import { dateTime, since } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';
import { runStateName } from './words.ts';

/** Runbooks that were followed; a click shows what is known of each step. */
export function runs(all: readonly PanelRun[], now: Instant): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<section>
    <h2>${t('Runs')}</h2>
    <ul class="documents">
      ${all.map(
        (run) =>
          html`<li>
            <button class="text-button" @click=${() => post({ type: 'open-run', runId: run.id })}>
              ${icon('terminal')}<bdi>${visibleText(run.title)}</bdi>
            </button>
            <span class="about">
              <span>${runStateName(run.state)}, ${t('{0} of {1} steps', run.settled, run.steps)}</span>
              <span title=${dateTime(run.startedAt)}
                >${visibleText(run.by)}, ${since(run.startedAt, now)}</span
              >
            </span>
          </li>`,
      )}
    </ul>
  </section>`;
}
