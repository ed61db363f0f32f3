import icons from '@vscode/codicons/dist/codicon.ttf';
import { documentStyles } from './panel/styles/document.ts';

/**
 * Puts this element into the page. The icons come with the script: VS Code shows a page once all is loaded that it asked
 * for, and draws it anew when a font comes later.
 */
export function fillPage(element: string): void {
  document.fonts.add(new FontFace('codicon', icons));
  document.adoptedStyleSheets.push(documentStyles);
  document.body.append(document.createElement(element));
}
