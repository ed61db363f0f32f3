import { css } from 'lit';

export const attachmentStyles = css`
  :host {
    display: block;
    max-width: 100%;
  }
  .row {
    display: inline-flex;
    gap: 4px;
    max-width: 100%;
  }
  .attachment {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    padding: 2px 8px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }
  .attachment:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .attachment .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .attachment .size {
    color: var(--muted);
    white-space: nowrap;
  }
  .problem {
    color: var(--muted);
  }
  img {
    display: block;
    max-width: 100%;
    max-height: 60vh;
    margin-top: 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }
`;
