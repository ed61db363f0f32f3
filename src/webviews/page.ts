import { documentStyles } from './panel/styles/document.ts';

/**
 * Puts this element into the page, which has nothing else to wait for: the font of the icons comes by itself, as no
 * style sheet of the page names it. Only while the page's own script runs for the first time.
 */
export function fillPage(element: string): void {
  const font = document.currentScript?.dataset.font;
  if (font !== undefined) document.fonts.add(new FontFace('codicon', `url(${JSON.stringify(font)})`));
  document.adoptedStyleSheets.push(documentStyles);
  document.body.append(document.createElement(element));
}
