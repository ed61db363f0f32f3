/** The page around the panel. */
export const documentStyles = new CSSStyleSheet();
documentStyles.replaceSync(`
  html, body { height: 100%; }
  body { margin: 0; padding: 0; overflow: hidden; color-scheme: light; }
  body:is(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark; }
`);
