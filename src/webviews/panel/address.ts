import { html, type TemplateResult } from 'lit';
import { visibleText } from './visibleText.ts';

/** A mail address that is broken, where it must be, before its \@ and its dots. */
export function address(email: string): TemplateResult {
  const [first, ...others] = visibleText(email).split(/(?=[@.]\S)/);
  return html`${first}${others.map((part) => html`<wbr />${part}`)}`;
}
