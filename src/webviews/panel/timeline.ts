import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../../desk/entry.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { PanelState } from '../messages.ts';
import { entryItem } from './entry.ts';
import { dayName, sameDay } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { pendingSection } from './pending.ts';

/** Everything that happened, oldest first, and at the end what is still on its way. */
export function timeline(state: PanelState, now: Instant): TemplateResult {
  return html`<main class="timeline" tabindex="0" aria-labelledby="timeline-heading">
    <h2 id="timeline-heading" class="visually-hidden">Timeline</h2>
    ${entries(state, now)} ${pendingSection(state.pending, now)}
  </main>`;
}

/** Why what is shown may be old. */
export function problem(state: PanelState): TemplateResult | typeof nothing {
  if (state.problem === undefined) return nothing;
  return html`<div class="problem" role="alert">
    ${icon('warning')}<span>${state.problem}</span>
    <button class="text-button" @click=${() => post({ type: 'action', action: 'refresh' })}>Try again</button>
  </div>`;
}

function entries(state: PanelState, now: Instant): TemplateResult | TemplateResult[] {
  if (state.entries === undefined) return notFetched(state);
  if (state.entries.length === 0) {
    return empty('comment', 'Nothing has been written on this ticket yet.');
  }
  return days(state.entries).map(
    (day) =>
      html`<section class="day" aria-label=${dayName(day.at, now)}>
        <h3 class="day-name"><span>${dayName(day.at, now)}</span></h3>
        <ol>
          ${repeat(
            day.entries,
            (entry) => entry.id,
            (entry) => entryItem(entry, state, now, entry.id === state.firstNew),
          )}
        </ol>
      </section>`,
  );
}

function notFetched(state: PanelState): TemplateResult {
  if (state.problem === undefined) {
    return html`<div class="empty" role="status">
      <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
      <p>Fetching the timeline…</p>
    </div>`;
  }
  return empty(
    'history',
    'The timeline of this ticket has not been fetched yet. It will be as soon as the ticketing system answers. What you write here is kept and sent then.',
  );
}

function empty(name: 'comment' | 'history', words: string): TemplateResult {
  return html`<div class="empty">
    ${icon(name)}
    <p>${words}</p>
  </div>`;
}

function days(all: readonly Entry[]): { at: Instant; entries: Entry[] }[] {
  const found: { at: Instant; entries: Entry[] }[] = [];
  for (const entry of all) {
    const day = found.at(-1);
    if (day !== undefined && sameDay(day.at, entry.at)) day.entries.push(entry);
    else found.push({ at: entry.at, entries: [entry] });
  }
  return found;
}
