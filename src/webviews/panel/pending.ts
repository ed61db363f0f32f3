import { html, nothing, type TemplateResult } from 'lit';
import { isPublic, type Operation, type Step } from '../../desk/operation.ts';
import type { Instant } from '../../desk/ticket.ts';
import { plural, since } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { visibleText } from './visibleText.ts';
import { audience, intentName, operationLooks } from './words.ts';

/** What was done here and has not reached the ticketing system yet. */
export function pendingSection(pending: readonly Operation[], now: Instant): TemplateResult | typeof nothing {
  if (pending.length === 0) return nothing;
  return html`<section class="pending" aria-labelledby="pending-heading">
    <h3 id="pending-heading" class="day-name">
      <span>Waiting to be sent</span>
    </h3>
    <ol>
      ${pending.map((operation) => html`<li>${pendingItem(operation, now)}</li>`)}
    </ol>
    <p class="to-outbox">
      <button class="text-button" @click=${() => post({ type: 'action', action: 'showOutbox' })}>
        ${icon('cloud-upload')}Show ${plural(pending.length, 'change')} in the outbox
      </button>
    </p>
  </section>`;
}

function pendingItem(operation: Operation, now: Instant): TemplateResult {
  const look = operationLooks[operation.state];
  const visibility = isPublic(operation) ? 'public' : 'internal';
  const readers = audience[visibility];
  const text = operation.steps.map(stepText).find((words) => words !== undefined);
  return html`<article
    class="entry waiting"
    data-visibility=${visibility}
    data-state=${operation.state}
    aria-label=${`${intentName(operation)}: ${look.label}`}
  >
    <header>
      <span class="author">${intentName(operation)}</span>
      <span class="audience" title=${readers.explained}>${icon(readers.icon)}${readers.label}</span>
      <span class="state">${icon(look.icon)}${look.label}</span>
      <time datetime=${new Date(operation.createdAt).toISOString()}>${since(operation.createdAt, now)}</time>
    </header>
    ${text === undefined ? nothing : html`<p class="excerpt" dir="auto">${visibleText(text)}</p>`}
    ${operation.error === undefined ? nothing : why(operation.error.message)}
    ${
      operation.state === 'conflict'
        ? why('Someone else changed this ticket meanwhile. Compare both sides in the outbox.')
        : nothing
    }
  </article>`;
}

function why(sentence: string): TemplateResult {
  return html`<p class="why">${icon('error')}<span>${sentence}</span></p>`;
}

function stepText(step: Step): string | undefined {
  switch (step.type) {
    case 'post':
      return step.body;
    case 'attach':
      return step.name;
    case 'time':
      return `${step.minutes} min${step.note === undefined ? '' : `: ${step.note}`}`;
    case 'update':
      return Object.entries(step.fields)
        .map(([field, value]) => `${field}: ${Array.isArray(value) ? value.join(', ') : (value ?? 'nobody')}`)
        .join(', ');
    case 'create':
      return step.ticket.subject;
  }
}
