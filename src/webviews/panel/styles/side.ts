import { css } from 'lit';

/** Service levels, documents and properties. */
export const sideStyles = css`
  .side h2 {
    margin: 14px 0 6px;
    color: var(--muted);
    font-weight: 600;
  }
  .side details {
    padding: 6px 0;
    border-bottom: 1px solid var(--line);
  }
  .side summary {
    color: var(--muted);
    cursor: pointer;
  }
  .none {
    color: var(--muted);
  }
  dl > div {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    gap: 2px 10px;
    padding: 1.5px 0;
  }
  dt {
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  dd {
    overflow-wrap: anywhere;
  }
  dd:has(> deskside-property[open]) {
    grid-column: 1 / -1;
  }
  dd time {
    white-space: normal;
  }
  .mail {
    display: block;
    color: var(--muted);
    overflow-wrap: break-word;
  }
  .ties {
    display: grid;
    gap: 4px;
  }
  .ties li {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  .role {
    color: var(--muted);
  }
  .remove {
    flex: none;
    padding: 0 4px;
    border: 0;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }
  .remove:hover,
  .remove:focus-visible {
    color: var(--vscode-foreground);
    text-decoration: underline;
  }
  .timer {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 12px;
    font-variant-numeric: tabular-nums;
  }
  .clocks {
    display: grid;
    gap: 4px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
  }
  .chips li {
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 3px;
    font-size: 0.92em;
  }
  .documents {
    display: grid;
    gap: 8px;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    padding-inline-start: 20px;
    color: var(--muted);
  }
  .outcome {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .outcome .icon {
    font-size: 14px;
  }
  .outcome[data-outcome='solved'] .icon,
  .outcome[data-outcome='solved-with-changes'] .icon {
    color: var(--good);
  }
  .outcome[data-outcome='did-not-help'] .icon {
    color: var(--bad);
  }
`;
