import { css } from 'lit';

/**
 * The layout. Narrow: one page that scrolls, with the ticket's identity and the composer kept in sight. From 600
 * pixels: the timeline scrolls between header and composer. From 900: documents and properties stand beside it. Below
 * 480 pixels of height all of it scrolls as one page.
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
    padding-top: 10px;
    padding-bottom: 6px;
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
  deskside-find {
    position: fixed;
  }
  @media (min-height: 480px) {
    .identity,
    deskside-composer {
      position: sticky;
      z-index: 2;
    }
    .identity {
      top: 0;
    }
    deskside-composer {
      bottom: 0;
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
    deskside-find {
      position: absolute;
      grid-row: 3;
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
    deskside-find {
      grid-area: timeline;
    }
  }
`;
