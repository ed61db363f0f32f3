import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerVisibility } from '../messages.ts';
import { icon } from './icon.ts';

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
