import { html, type TemplateResult } from 'lit';
import glyphs from '../glyphs.json' with { type: 'json' };

export type IconName = keyof typeof glyphs;

/** A codicon. Always decoration: what it says is also said in words beside it or in the label of its control. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${glyphs[name]}</span>`;
}
