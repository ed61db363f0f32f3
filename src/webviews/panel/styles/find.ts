import { css } from 'lit';

export const findStyles = css`
  :host {
    position: absolute;
    z-index: 3;
    top: 4px;
    inset-inline-end: 20px;
    max-width: calc(100% - 24px);
  }
  .find {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 4px 6px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--line)));
    border-radius: 4px;
    background: var(--vscode-editorWidget-background);
    color: var(--vscode-editorWidget-foreground);
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }
  input {
    width: 20ch;
    min-width: 0;
    padding: 1px 6px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 3px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }
  .count {
    min-width: 8ch;
    white-space: nowrap;
  }
  button {
    padding: 2px 4px;
    border: 0;
    border-radius: 3px;
    background: none;
    cursor: pointer;
  }
  button:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
`;
