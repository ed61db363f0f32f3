import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
    background: var(--vscode-editor-background);
  }
  .composer {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 6px 14px;
    align-items: center;
    padding: 8px 16px 10px;
    border-top: 1px solid var(--line);
  }
  :host([visibility='public']) .composer {
    border-top: 2px solid var(--public);
  }
  :host([visibility='internal']) .composer {
    border-top: 2px dashed var(--internal);
    background: color-mix(in srgb, var(--internal) 5%, transparent);
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .option {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 4px;
    cursor: pointer;
  }
  .option:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .option input {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  .option .icon {
    font-size: 14px;
  }
  .option:has(:checked) {
    border: 1px solid var(--public);
    font-weight: 600;
  }
  .option[data-visibility='internal']:has(:checked) {
    border: 1px dashed var(--internal);
  }
  .option:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .option input:focus-visible {
    outline: none;
  }
  .has-draft {
    color: var(--muted);
    font-weight: normal;
    font-style: italic;
  }
  .readers {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--muted);
  }
  .readers .icon {
    font-size: 14px;
  }
  .composer[data-dropping] {
    outline: 2px dashed var(--vscode-focusBorder);
    outline-offset: -4px;
  }
  .field {
    grid-column: 1 / -1;
    position: relative;
    display: grid;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .suggestions {
    position: absolute;
    z-index: 3;
    bottom: calc(100% + 2px);
    inset-inline: 0;
    max-width: 560px;
    margin: 0;
    padding: 4px;
    list-style: none;
    border: 1px solid var(--vscode-editorSuggestWidget-border, var(--line));
    border-radius: 4px;
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }
  .suggestions li {
    display: flex;
    gap: 10px;
    padding: 2px 8px;
    border: 1px solid transparent;
    border-radius: 3px;
    cursor: pointer;
    white-space: nowrap;
  }
  .suggestions li[aria-selected='true'] {
    border-color: var(--vscode-contrastActiveBorder, transparent);
    background: var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-hoverBackground));
    color: var(--vscode-editorSuggestWidget-selectedForeground, inherit);
  }
  .suggestions .detail {
    overflow: hidden;
    text-overflow: ellipsis;
    opacity: 0.85;
  }
  .files {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .file {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-width: 100%;
    padding-inline-start: 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }
  .file .icon {
    font-size: 14px;
  }
  .file .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .file .size {
    color: var(--muted);
    white-space: nowrap;
  }
  .remove {
    display: inline-flex;
    padding: 4px;
    border: 0;
    border-radius: 3px;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .remove:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .remove:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .unfilled {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .unfilled .icon {
    color: var(--warn, var(--vscode-editorWarning-foreground));
    font-size: 14px;
  }
  textarea {
    width: 100%;
    min-height: calc(2lh + 10px);
    max-height: 40vh;
    padding: 4px 8px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    line-height: 1.5;
    field-sizing: content;
    resize: none;
  }
  textarea::placeholder {
    color: var(--vscode-input-placeholderForeground);
    opacity: 1;
  }
  textarea:focus {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
    border-color: var(--vscode-focusBorder);
  }
  .bar {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 6px;
  }
  .outcome {
    flex: 1 1 0;
    color: var(--muted);
  }
  .outcome[data-error] {
    color: var(--vscode-foreground);
  }
  .outcome .icon {
    margin-inline-end: 6px;
    font-size: 14px;
  }
  .outcome[data-error] .icon {
    color: var(--bad);
  }
  vscode-button .icon {
    font-size: 14px;
  }
  .send {
    max-width: 100%;
  }
  .send::part(base) {
    padding-block: 3px;
    line-height: 18px;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  @media (max-width: 599px) {
    .composer {
      grid-template-columns: minmax(0, 1fr);
    }
    .readers,
    .open .label {
      display: none;
    }
    .outcome[data-said] {
      flex-basis: 100%;
    }
    .open::part(base) {
      padding: 0 6px;
    }
  }
`;
