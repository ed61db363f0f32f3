import * as vscode from 'vscode';
import { openPlaceholders } from '../../replies/placeholders.ts';

/** Asks whether a text goes out with placeholders that nobody filled in; true where there are none. */
export async function confirmOpen(body: string): Promise<boolean> {
  const open = [...new Set(openPlaceholders(body).map(({ text }) => text))];
  if (open.length === 0) return true;
  const send = vscode.l10n.t('Send as It Stands');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Not filled in: {0}', open.join(', ')),
    {
      modal: true,
      detail: vscode.l10n.t(
        'A macro left this to be filled in. Whoever reads your text will see the braces.',
      ),
    },
    send,
  );
  return answer === send;
}
