import { css } from 'lit';

/** The hand-off that a ticket came with, above its timeline. */
export const handOffStyles = css`
  .hand-off {
    margin: 6px 16px;
    padding: 6px 10px;
    max-height: 38vh;
    overflow-y: auto;
    flex: none;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-inline-start: 3px solid var(--vscode-list-warningForeground, var(--internal));
    border-radius: 3px;
    background: var(--vscode-editorWidget-background);
    color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
  }
  .hand-off summary {
    display: flex;
    align-items: baseline;
    gap: 6px;
    cursor: pointer;
  }
  .hand-off summary .icon {
    align-self: center;
  }
  .hand-off summary h2 {
    flex: 1;
    font-weight: 600;
  }
  .hand-off h3 {
    margin: 8px 0 4px;
    font-size: inherit;
    font-weight: 600;
  }
  .hand-off .left {
    margin-inline-start: 6px;
    font-weight: normal;
    color: var(--muted);
  }
  .hand-off .reason {
    margin: 6px 0 0;
  }
  .checks li label {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 2px 0;
    cursor: pointer;
  }
  .checks input {
    flex: none;
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  .checks input:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  .hand-off .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
`;
