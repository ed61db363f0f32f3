import * as vscode from 'vscode';
import type { Ticket } from '../desk/ticket.ts';

/** A public text for one of several tickets. */
export interface PublicText {
  ticket: Ticket;
  body: string;
}

/** So many tickets are named in the question. */
const mostNamed = 8;

/** Asks whether several requesters may read this: always, because many read it, and nobody looks at each text. */
export async function confirmPublicMany(
  question: string,
  texts: readonly PublicText[],
  leftOut: readonly string[] = [],
): Promise<boolean> {
  const named = texts
    .slice(0, mostNamed)
    .map(({ ticket }) => `${ticket.key} · ${ticket.requester?.name ?? vscode.l10n.t('the requester')}`);
  const unnamed = texts.length - named.length;
  const detail = [
    vscode.l10n.t('It is public: the requesters and everyone who can see the tickets will read it.'),
    '',
    ...named,
    ...(unnamed > 0 ? [vscode.l10n.t('and {0} more', unnamed)] : []),
    ...(leftOut.length > 0 ? ['', ...leftOut] : []),
    '',
    vscode.l10n.t('For {0} it reads:', texts[0]?.ticket.key ?? ''),
    texts[0]?.body ?? '',
  ].join('\n');
  const send =
    texts.length === 1
      ? vscode.l10n.t('Send 1 Public Reply')
      : vscode.l10n.t('Send {0} Public Replies', texts.length);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}
