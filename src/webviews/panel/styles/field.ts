import { css } from 'lit';

/** Fields and small buttons of what is edited in place. */
export const fieldStyles = css`
  .field {
    width: 100%;
    padding: 2px 6px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 3px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
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
`;
