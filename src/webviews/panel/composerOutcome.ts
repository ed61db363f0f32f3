import { html, nothing, type TemplateResult } from 'lit';
import type { Waits } from '../../desk/waits.ts';
import type { ComposerVisibility } from '../messages.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

/** What became of what was last asked of the composer. */
export interface Outcome {
  visibility: ComposerVisibility;
  error: boolean;
  words: string;
  /** The extension does not answer. */
  unanswered?: true;
}

/** The line that says it: always there, so that a screen reader tells when it changes. */
export function outcomeLine(outcome: Outcome | undefined): TemplateResult {
  return html`<p
    class="outcome"
    role="status"
    ?data-said=${outcome !== undefined}
    ?data-error=${outcome?.error === true}
  >
    ${outcome === undefined ? nothing : html`${icon(outcome.error ? 'error' : 'check')}${outcome.words}`}
  </p>`;
}

/** Where something is that was just queued: on its way, or in the outbox until what. */
export function whereItIs(waits: Waits | undefined): string {
  switch (waits) {
    case undefined:
      return t('It is on its way.');
    case 'by-choice':
      return t('It waits in the outbox until you go online.');
    case 'signed-out':
      return t('It waits in the outbox until you sign in.');
    case 'unreachable':
      return t('It waits in the outbox until the system can be reached.');
  }
}
