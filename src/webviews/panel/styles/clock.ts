import { css } from 'lit';

export const clockStyles = css`
  :host {
    display: inline-flex;
    --tone: var(--vscode-foreground);
  }
  :host([look='soon']) {
    --tone: var(--vscode-editorWarning-foreground);
  }
  :host([look='breached']) {
    --tone: var(--vscode-charts-red);
  }
  :host([look='met']),
  :host([look='paused']) {
    --tone: var(--vscode-descriptionForeground);
  }
  .clock {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    font-variant-numeric: tabular-nums;
  }
  .icon {
    font: 14px/1 codicon;
    width: 1em;
    height: 1em;
    color: var(--tone);
    user-select: none;
  }
  .target {
    color: var(--vscode-descriptionForeground);
  }
  :host([look='breached']) .time {
    color: var(--tone);
  }
  :host([look='soon']) .time,
  :host([look='breached']) .time {
    font-weight: 600;
  }
`;
