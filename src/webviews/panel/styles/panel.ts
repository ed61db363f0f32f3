import { css } from 'lit';

/**
 * The layout. Narrow: one page that scrolls, with the ticket's identity and the composer kept in sight. From 600
 * pixels: the timeline scrolls between header and composer. From 900: documents and properties stand beside it.
 */
export const panelStyles = css`
  :host {
    display: block;
    height: 100vh;
  }
  .page {
    height: 100%;
    position: relative;
    overflow-y: auto;
    display: flex;
    flex-direction: column;
  }
  .top {
    display: contents;
  }
  .identity,
  .details {
    padding-inline: 16px;
    background: var(--vscode-editor-background);
  }
  .identity {
    position: sticky;
    top: 0;
    z-index: 2;
    padding-top: 10px;
    padding-bottom: 6px;
  }
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
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    line-height: 18px;
    white-space: nowrap;
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
  .timeline {
    position: relative;
    flex: 1;
    padding: 4px 16px 16px;
  }
  .timeline:focus-visible {
    outline-offset: -1px;
  }
  .side {
    position: relative;
    padding: 0 16px;
  }
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
    gap: 10px;
    padding: 1.5px 0;
  }
  dt {
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  dd {
    overflow-wrap: anywhere;
  }
  .mail {
    display: block;
    color: var(--muted);
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
  deskside-composer {
    position: sticky;
    bottom: 0;
    z-index: 2;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    max-width: 46ch;
    margin: 12vh auto;
    padding: 0 16px;
    color: var(--muted);
    text-align: center;
  }
  .empty .icon {
    font-size: 28px;
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
      padding: 0 6px;
    }
  }
  @media (min-width: 600px) and (min-height: 480px) {
    .page {
      display: grid;
      grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
      overflow: hidden;
    }
    .top {
      display: block;
    }
    .side[tabindex],
    .side details[open],
    .timeline {
      overflow-y: auto;
    }
    .side details[open] {
      max-height: 40vh;
    }
  }
  @media (min-width: 900px) {
    .side {
      border-inline-start: 1px solid var(--line);
      background: var(--vscode-sideBar-background);
    }
  }
  @media (min-width: 900px) and (min-height: 480px) {
    .page {
      grid-template:
        'top top' auto
        'timeline side' minmax(0, 1fr)
        'composer side' auto / minmax(0, 1fr) clamp(260px, 26vw, 340px);
    }
    .top {
      grid-area: top;
    }
    .side {
      grid-area: side;
      padding-bottom: 16px;
    }
    .timeline {
      grid-area: timeline;
    }
    deskside-composer {
      grid-area: composer;
    }
  }
`;
