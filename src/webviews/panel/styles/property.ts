import { css } from 'lit';

export const propertyStyles = css`
  :host {
    display: block;
  }
  .value {
    display: flex;
    align-items: baseline;
    gap: 6px;
    width: calc(100% + 8px);
    margin: -1px -5px;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 3px;
    background: none;
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .value .icon {
    align-self: center;
    margin-inline-start: auto;
    font-size: 14px;
    opacity: 0;
  }
  .value:hover,
  .value:focus-visible {
    border-color: var(--vscode-input-border, var(--line));
    background: var(--vscode-toolbar-hoverBackground);
  }
  .value:hover .icon,
  .value:focus-visible .icon {
    opacity: 1;
  }
  .none,
  .hint {
    color: var(--muted);
  }
  .field {
    width: 100%;
    padding: 2px 6px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 3px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    color-scheme: light dark;
  }
  .buttons {
    display: flex;
    gap: 6px;
    margin-top: 4px;
  }
  .small {
    padding: 1px 8px;
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    background: var(--vscode-button-secondaryBackground, transparent);
    color: var(--vscode-button-secondaryForeground, inherit);
    cursor: pointer;
  }
  .problem {
    display: flex;
    gap: 4px;
    color: var(--vscode-errorForeground);
  }
`;
