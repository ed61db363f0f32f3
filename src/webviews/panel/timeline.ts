import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../messages.ts';
import type { EntryList } from './entryList.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { pendingSection } from './pending.ts';

/** Everything that happened, oldest first, and at the end what is still on its way. */
export function timeline(state: PanelState, entries: EntryList): TemplateResult {
  return html`<main class="timeline" tabindex="0" aria-labelledby="timeline-heading">
    <h2 id="timeline-heading" class="visually-hidden">${t('Timeline')}</h2>
    ${state.entryCount === undefined ? notFetched(state) : nothing}
    ${state.entryCount === 0 ? empty('comment', t('Nothing has been written on this ticket yet.')) : nothing}
    ${entries.element} ${pendingSection(state.pending)}
  </main>`;
}

/** Why what is shown may be old. */
export function problem(state: PanelState): TemplateResult | typeof nothing {
  if (state.problem === undefined) return nothing;
  return html`<div class="problem" role="alert">
    ${icon('warning')}<span>${state.problem}</span>
    <button class="text-button" @click=${() => post({ type: 'action', action: 'refresh' })}>
      ${t('Try again')}
    </button>
  </div>`;
}

function notFetched(state: PanelState): TemplateResult {
  if (state.problem === undefined) {
    return html`<div class="empty" role="status">
      <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
      <p>${t('Fetching the timeline\u2026')}</p>
    </div>`;
  }
  return empty(
    'history',
    t(
      'The timeline of this ticket has not been fetched yet. It will be as soon as the ticketing system answers. What you write here is kept and sent then.',
    ),
  );
}

function empty(name: 'comment' | 'history', words: string): TemplateResult {
  return html`<div class="empty">
    ${icon(name)}
    <p>${words}</p>
  </div>`;
}
