/** The page around the panel. */
export const documentStyles = new CSSStyleSheet();
documentStyles.replaceSync(`
  html, body { height: 100%; }
  body { margin: 0; padding: 0; overflow: hidden; }
`);
