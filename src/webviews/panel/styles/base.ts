import { css } from 'lit';

/**
 * What all parts share. Colours are the editor's own. High contrast themes define `contrastBorder`, which then
 * replaces every soft line.
 */
export const baseStyles = css`
  :host {
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border, #8884)));
    --muted: var(--vscode-descriptionForeground);
    --public: var(--vscode-charts-blue);
    --internal: var(--vscode-editorWarning-foreground);
    --good: var(--vscode-charts-green);
    --bad: var(--vscode-charts-red);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    font-weight: var(--vscode-font-weight);
    line-height: 1.5;
    color: var(--vscode-foreground);
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  [hidden] {
    display: none !important;
  }
  .icon {
    font: 16px/1 codicon;
    display: inline-block;
    width: 1em;
    height: 1em;
    flex: none;
    vertical-align: -3px;
    user-select: none;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  vscode-button > * {
    margin: 0;
  }
  vscode-button > .icon + span {
    margin-inline-start: 6px;
  }
  vscode-button::part(base) {
    min-height: 26px;
    padding: 0 10px;
  }
  vscode-button[secondary]::part(base) {
    border-color: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
    background: var(--vscode-button-secondaryBackground, transparent);
    color: var(--vscode-button-secondaryForeground, inherit);
  }
  vscode-button[secondary]:hover::part(base) {
    background: var(
      --vscode-button-secondaryHoverBackground,
      var(--vscode-toolbar-hoverBackground, transparent)
    );
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  .text-button {
    display: inline-flex;
    align-items: baseline;
    gap: 4px;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .text-button:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .text-button .icon {
    align-self: center;
  }
`;
