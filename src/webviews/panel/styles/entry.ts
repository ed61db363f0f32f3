import { css } from 'lit';

/**
 * Public and internal differ in position, border, background, icon and word, so that none of them alone has to be seen:
 * public entries stand at the edge with a solid line, internal ones are set in, in a dashed frame.
 */
export const entryStyles = css`
  .day-name {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 14px 0 8px;
    color: var(--muted);
  }
  .day-name::before,
  .day-name::after {
    content: '';
    flex: 1;
    border-top: 1px solid var(--line);
  }
  .day-name::before {
    flex: 0 0 16px;
  }
  .day > ol > li {
    contain: content;
  }
  .fold summary {
    width: fit-content;
    padding-inline: 6px;
    color: var(--muted);
    cursor: pointer;
  }
  .fold ol {
    margin-top: 8px;
  }
  .day ol,
  .pending ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .entry {
    padding: 8px 12px 10px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }
  .entry[data-visibility='public'] {
    border-inline-start: 4px solid var(--public);
  }
  .entry[data-visibility='internal'] {
    margin-inline-start: clamp(14px, 4vw, 32px);
    border: 1px dashed var(--internal);
    background: color-mix(in srgb, var(--internal) 5%, transparent);
  }
  .entry > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    margin-bottom: 4px;
  }
  .author {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .requester,
  .kind,
  .minutes,
  .state {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    color: var(--muted);
    white-space: nowrap;
  }
  .entry:is([data-kind='resolution'], [data-kind='hand-off']) .kind {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
  .entry[data-kind='resolution'] .kind .icon {
    color: var(--good);
  }
  .requester {
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 9px;
    line-height: 16px;
  }
  .requester .icon,
  .kind .icon,
  .state .icon,
  .audience .icon {
    font-size: 14px;
  }
  .audience {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-weight: 600;
    white-space: nowrap;
  }
  .audience .icon {
    color: var(--public);
  }
  [data-visibility='internal'] .audience .icon {
    color: var(--internal);
  }
  time {
    display: inline-flex;
    gap: 8px;
    margin-inline-start: auto;
    color: var(--muted);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .system {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: baseline;
    padding-inline: 6px 12px;
    color: var(--muted);
  }
  .system .words {
    display: flex;
    flex-wrap: wrap;
    flex: 1 1 10ch;
    gap: 0 8px;
    min-width: 0;
  }
  .system .author {
    font-weight: inherit;
  }
  .system > .icon {
    align-self: flex-start;
    margin-top: 3px;
    font-size: 14px;
  }
  .changes {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
  }
  .changes .field {
    display: inline-block;
    margin-inline-end: 4px;
  }
  .changes .field::first-letter {
    text-transform: uppercase;
  }
  .changes .icon {
    margin: 0 4px;
    font-size: 12px;
    vertical-align: -2px;
  }
  .changes .to {
    color: var(--vscode-foreground);
  }
  .with-changes {
    margin-top: 6px;
    color: var(--muted);
  }
  .resolution {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    align-items: center;
    margin-top: 8px;
    padding-top: 6px;
    border-top: 1px solid var(--line);
  }
  .attachments {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
  .attachments li {
    max-width: 100%;
  }
  .new-mark {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-bottom: 10px;
    color: var(--vscode-textLink-foreground);
    font-weight: 600;
  }
  .new-mark::after {
    content: '';
    flex: 1;
    border-top: 1px solid currentColor;
  }
  .waiting {
    opacity: 0.95;
  }
  .waiting .author {
    font-weight: 600;
  }
  .waiting[data-state='failed'] .state,
  .waiting[data-state='conflict'] .state,
  .waiting[data-state='unknown'] .state {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
  .waiting[data-state='failed'] .state .icon,
  .waiting[data-state='conflict'] .state .icon {
    color: var(--bad);
  }
  .excerpt {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .why {
    display: flex;
    gap: 6px;
    margin-top: 6px;
  }
  .why .icon {
    margin-top: 2px;
    color: var(--bad);
  }
  .to-outbox {
    margin-top: 8px;
  }
  ::highlight(deskside-find) {
    background-color: var(--vscode-editor-findMatchHighlightBackground);
  }
  ::highlight(deskside-found) {
    background-color: var(--vscode-editor-findMatchBackground);
    color: var(--vscode-editor-findMatchForeground, inherit);
    text-decoration: underline;
  }
`;
