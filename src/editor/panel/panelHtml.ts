import type { ToPanel } from '../../webviews/messages.ts';

/** What the page of the ticket panel is made of. */
export interface PanelPage {
  script: string;
  /** New for each page. */
  nonce: string;
  /** What a new panel is told first: it can be painted before the page has asked for anything. */
  begin?: readonly ToPanel[];
}

/**
 * The ticket panel's page. The policy is the second wall behind the sanitizer: no script but ours, no style sheet, font,
 * picture, frame, form or request to anywhere.
 */
export function panelHtml({ script, nonce, begin = [] }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width" />
    <title>Ticket</title>
  </head>
  <body>
    <script type="application/json" id="begin">${JSON.stringify(begin).replaceAll('<', '\\u003c')}</script>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
