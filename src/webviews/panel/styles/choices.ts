import { css } from 'lit';

export const choicesStyles = css`
  :host {
    display: block;
    scroll-margin-block: 8px;
  }
  ul {
    max-height: 220px;
    margin-top: 3px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: 3px;
    background: var(--vscode-dropdown-background, var(--vscode-editor-background));
    color: var(--vscode-dropdown-foreground, inherit);
  }
  ul:empty {
    display: none;
  }
  li {
    display: flex;
    align-items: baseline;
    gap: 6px;
    padding: 2px 6px;
    border: 1px solid transparent;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  li:hover {
    background: var(--vscode-list-hoverBackground);
  }
  li.active {
    border-color: var(--vscode-contrastActiveBorder, transparent);
    background: var(--vscode-list-activeSelectionBackground, var(--vscode-menu-selectionBackground));
    color: var(--vscode-list-activeSelectionForeground, var(--vscode-menu-selectionForeground));
  }
  .mark {
    flex: 0 0 16px;
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
    min-width: 0;
  }
  .note {
    opacity: 0.85;
    font-size: 0.92em;
  }
  .about {
    color: var(--muted);
  }
  .about:empty {
    display: none;
  }
`;
