import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import '../panel/body.ts';
import { byteSize } from '../panel/format.ts';
import { post } from '../panel/host.ts';
import { icon } from '../panel/icon.ts';
import { setLanguage, t } from '../panel/l10n.ts';
import { baseStyles } from '../panel/styles/base.ts';
import { visibleText } from '../panel/visibleText.ts';
import { parsePreview, type PreviewOf } from './messages.ts';

const styles = css`
  :host {
    display: block;
    height: 100vh;
    overflow: auto;
    background: var(--vscode-editor-background);
  }
  main {
    max-width: 78ch;
    margin: 0 auto;
    padding: 16px 20px;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0 0 12px;
  }
  dt {
    color: var(--muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  article {
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--public);
    border-radius: 4px;
  }
  ul {
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
  }
  .said {
    margin-top: 12px;
    color: var(--muted);
  }
  .empty {
    color: var(--muted);
    font-style: italic;
  }
`;

/** A reply as whoever it is for will see it. */
export class DesksidePreview extends LitElement {
  static override styles = [baseStyles, styles];
  static override properties = { shown: { state: true } };
  declare shown: PreviewOf | undefined;

  constructor() {
    super();
    addEventListener('message', (event: MessageEvent<unknown>) => {
      const shown = parsePreview(event.data);
      if (shown === undefined) return;
      setLanguage(shown.language, shown.words);
      document.documentElement.lang = shown.language;
      this.shown = shown;
    });
  }

  protected override firstUpdated(): void {
    post({ type: 'ready' });
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    if (shown === undefined) return html`<main aria-busy="true"></main>`;
    const { to, subject, body, files, open } = shown;
    return html`<main>
      <dl>
        <dt>${t('To')}</dt>
        <dd>${visibleText(to)}</dd>
        <dt>${t('About')}</dt>
        <dd>${visibleText(subject)}</dd>
      </dl>
      <article aria-label=${t('Public reply')}>
        ${
          body.text === ''
            ? html`<p class="empty">${t('Nothing is written yet.')}</p>`
            : html`<deskside-body .body=${body} .entryId=${''}></deskside-body>`
        }
        ${
          files.length === 0
            ? nothing
            : html`<ul aria-label=${t('Attached files')}>
                ${files.map(
                  ({ name, size }) =>
                    html`<li>${icon('attach')} ${visibleText(name)} (${byteSize(size)})</li>`,
                )}
              </ul>`
        }
      </article>
      ${
        open.length === 0
          ? nothing
          : html`<p class="said">
              ${icon('warning')} ${t('Not filled in: {0}', visibleText(open.join(', ')))}
            </p>`
      }
      <p class="said">
        ${
          body.format === 'text'
            ? t('This ticketing system sends what you type as plain text.')
            : t('This ticketing system lays out Markdown.')
        }
        ${t('Its own greeting, signature or quotation may come on top.')}
      </p>
    </main>`;
  }
}

customElements.define('deskside-preview', DesksidePreview);
