import { html, nothing, type TemplateResult } from 'lit';
import { isPublic, type Operation, type Step, type TicketFields } from '../../desk/operation.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { visibleText } from './visibleText.ts';
import { t } from './l10n.ts';
import { time } from './since.ts';
import { audience, intentName, operationLook } from './words.ts';

/** What was done here and has not reached the ticketing system yet. */
export function pendingSection(pending: readonly Operation[]): TemplateResult | typeof nothing {
  if (pending.length === 0) return nothing;
  return html`<section class="pending" aria-labelledby="pending-heading">
    <h3 id="pending-heading" class="day-name">
      <span>${t('Waiting to be sent')}</span>
    </h3>
    <ol>
      ${pending.map((operation) => html`<li>${pendingItem(operation)}</li>`)}
    </ol>
    <p class="to-outbox">
      <button class="text-button" @click=${() => post({ type: 'action', action: 'showOutbox' })}>
        ${icon('cloud-upload')}${
          pending.length === 1
            ? t('Show 1 change in the outbox')
            : t('Show {0} changes in the outbox', pending.length)
        }
      </button>
    </p>
  </section>`;
}

function pendingItem(operation: Operation): TemplateResult {
  const look = operationLook(operation.state);
  const visibility = isPublic(operation) ? 'public' : 'internal';
  const readers = audience(visibility);
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
      ${time(operation.createdAt)}
    </header>
    ${text === undefined ? nothing : html`<p class="excerpt" dir="auto">${visibleText(text)}</p>`}
    ${operation.error === undefined ? nothing : why(operation.error.message)}
    ${
      operation.state === 'conflict'
        ? why(t('Someone else changed this ticket meanwhile. Compare both sides in the outbox.'))
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
      return [step.body, ...(step.files ?? []).map(({ name }) => `\u{1F4CE}\u00A0${name}`)].join('\n');
    case 'attach':
      return step.name;
    case 'time':
      return step.note === undefined
        ? t('{0} min', step.minutes)
        : t('{0} min: {1}', step.minutes, step.note);
    case 'watch':
      return step.watcher.name;
    case 'relate':
      return step.relation.key;
    case 'merge':
      return t('Merge into {0}', step.into.key);
    case 'update':
      return fieldLines(step.fields)
        .map(
          ([field, value]) => `${field}: ${Array.isArray(value) ? value.join(', ') : (value ?? t('nobody'))}`,
        )
        .join(', ');
    case 'create':
      return step.ticket.subject;
  }
}

/** What is set, field by field; custom ones are named where they are shown. */
function fieldLines({ custom, ...fields }: TicketFields): [string, string | number | string[] | null][] {
  return [...Object.entries(fields), ...Object.entries(custom ?? {})];
}
