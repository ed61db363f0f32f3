import { documentStyles } from './panel/styles/document.ts';

/**
 * Puts this element into the page. VS Code shows a page once it is loaded, and a font that is asked for before is a part
 * of that: the one of the icons is asked for afterwards. Only while the page's own script runs for the first time.
 */
export function fillPage(element: string): void {
  const font = document.currentScript?.dataset.font;
  if (font !== undefined) {
    const face = new FontFace('codicon', `url(${JSON.stringify(font)})`);
    addEventListener('load', () => document.fonts.add(face));
  }
  document.adoptedStyleSheets.push(documentStyles);
  document.body.append(document.createElement(element));
}
