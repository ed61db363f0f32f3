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
  .problem {
    display: flex;
    gap: 4px;
    color: var(--vscode-errorForeground);
  }
`;
