import { css } from 'lit';

export const menuStyles = css`
  :host {
    position: relative;
    display: inline-flex;
  }
  .opener {
    display: grid;
    place-items: center;
    width: 26px;
    height: 26px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }
  .opener:hover,
  .opener[aria-expanded='true'] {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .menu {
    position: absolute;
    z-index: 3;
    top: calc(100% + 2px);
    inset-inline-end: 0;
    min-width: 220px;
    padding: 4px;
    border: 1px solid var(--vscode-menu-border, var(--line));
    border-radius: 5px;
    background: var(--vscode-menu-background);
    color: var(--vscode-menu-foreground);
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    padding: 3px 8px;
    border: 1px solid transparent;
    border-radius: 3px;
    background: none;
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }
  .menu button:hover,
  .menu button:focus {
    outline: none;
    border-color: var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
    background: var(--vscode-menu-selectionBackground);
    color: var(--vscode-menu-selectionForeground);
  }
`;
