import { css } from 'lit';

/** How a body may look: close to the editor's own Markdown preview, whatever the sender's mail program wanted. */
export const bodyStyles = css`
  :host {
    display: block;
    overflow-wrap: anywhere;
  }
  .content {
    max-width: 90ch;
    overflow-x: auto;
    unicode-bidi: isolate;
  }
  .content.long > * {
    content-visibility: auto;
    contain-intrinsic-size: auto 2em;
  }
  .content > :first-child {
    margin-top: 0;
  }
  .content > :last-child {
    margin-bottom: 0;
  }
  .text {
    white-space: pre-wrap;
  }

  p,
  ul,
  ol,
  pre,
  table,
  dl,
  details,
  blockquote {
    margin: 0.6em 0;
  }
  ul,
  ol {
    padding-inline-start: 2em;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: 0.9em 0 0.4em;
    font-size: 1.05em;
    font-weight: 600;
  }
  .with-task {
    list-style: none;
  }
  .task {
    display: inline-block;
    width: 1.4em;
    margin-inline-start: -1.4em;
  }
  blockquote {
    margin-inline: 0;
    padding: 2px 12px;
    border-inline-start: 3px solid var(--vscode-textBlockQuote-border);
    color: var(--vscode-descriptionForeground);
  }
  summary {
    width: fit-content;
    color: var(--vscode-descriptionForeground);
    cursor: pointer;
  }
  code,
  kbd,
  samp,
  tt,
  pre {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
  }
  code {
    padding: 1px 3px;
    border-radius: 3px;
    background: var(--vscode-textPreformat-background);
    color: var(--vscode-textPreformat-foreground);
  }
  pre {
    padding: 8px 10px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    background: var(--vscode-textCodeBlock-background);
    overflow-x: auto;
    overflow-wrap: normal;
  }
  .code {
    position: relative;
  }
  .copy {
    position: absolute;
    top: 4px;
    inset-inline-end: 4px;
    padding: 0 6px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, #8884));
    border-radius: 3px;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
    font: inherit;
    font-size: 0.9em;
    opacity: 0;
    cursor: pointer;
  }
  .code:hover .copy,
  .copy:focus {
    opacity: 1;
  }
  pre code {
    padding: 0;
    background: none;
    color: inherit;
  }
  table {
    border-collapse: collapse;
  }
  th,
  td {
    padding: 3px 8px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, #8884));
    text-align: start;
    vertical-align: top;
  }
  hr {
    height: 0;
    border: 0;
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, #8884));
  }
  .link {
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
  }
  .real-host {
    font-weight: 600;
  }
  .picture {
    display: inline-block;
    padding: 1px 8px;
    border: 1px dashed var(--vscode-contrastBorder, var(--vscode-descriptionForeground));
    border-radius: 3px;
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
  }
  .cut {
    color: var(--vscode-descriptionForeground);
  }
  .show-all {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    cursor: pointer;
  }
  .show-all:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  ::highlight(deskside-find) {
    background-color: var(--vscode-editor-findMatchHighlightBackground);
  }
  ::highlight(deskside-found) {
    background-color: var(--vscode-editor-findMatchBackground);
    color: var(--vscode-editor-findMatchForeground, inherit);
    text-decoration: underline;
  }
`;
