import { convert } from 'html-to-text';
import type { Body } from './entry.ts';

/** A body as a person would read it aloud: without markup, scripts, styles or images. */
export function plainText(body: Body): string {
  if (body.format !== 'html') return body.text;
  return convert(body.text, {
    wordwrap: false,
    limits: { maxDepth: 100 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  }).trim();
}
