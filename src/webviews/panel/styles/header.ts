import { css } from 'lit';

export const headerStyles = css`
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .key {
    font-weight: 600;
    color: var(--muted);
  }
  h1 {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    margin-top: 2px;
    font-size: 1.3em;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .turn {
    display: inline-flex;
    margin-inline-start: auto;
  }
  .turn button {
    padding: 2px 4px;
    border: 0;
    border-radius: 3px;
    background: none;
    cursor: pointer;
  }
  .turn button:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .pill .icon {
    font-size: 12px;
  }
  .pill[data-category='new'],
  .pill[data-category='open'] {
    border-color: var(--public);
  }
  .pill[data-category='resolved'] {
    border-color: var(--good);
  }
  .pill[data-rank='1'] {
    border-color: var(--bad);
  }
  .details {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 24px;
    padding-bottom: 10px;
    border-bottom: 1px solid var(--line);
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    color: var(--muted);
  }
  .meta li {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  .meta .icon {
    font-size: 14px;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
  }
  .toolbar .icon {
    font-size: 14px;
  }
  .problem {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    align-items: center;
    margin: 8px 16px;
    padding: 6px 10px;
    border: 1px solid var(--vscode-inputValidation-warningBorder);
    border-radius: 4px;
    background: var(--vscode-inputValidation-warningBackground);
    color: var(--vscode-inputValidation-warningForeground, inherit);
  }
  .problem span:not(.icon) {
    flex: 1 1 20ch;
  }
  @media (max-width: 599px) {
    .toolbar .more .label {
      display: none;
    }
    .toolbar vscode-button::part(base) {
      padding: 0 4px;
    }
  }
`;
