import * as vscode from 'vscode';
import type { Entry } from '../../desk/entry.ts';
import { plainText } from '../../desk/htmlText.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { dateTime } from '../dates.ts';

/** How much of an earlier entry is quoted for the writer, in characters. */
const quotedLength = 4000;

/** What the customer and the desk last said to each other. */
export function lastPublicEntry(entries: readonly Entry[]): string {
  const entry = entries.findLast(({ visibility, body }) => visibility === 'public' && body !== undefined);
  if (!entry) return '';
  const when = dateTime(entry.at);
  return (
    vscode.l10n.t('{0} wrote on {1}:', entry.author.name, when) +
    `\n\n${textOf(entry).slice(0, quotedLength)}`
  );
}

/** A one-line reminder at the top of a draft of who will read it. */
export function readerHint(ticket: Ticket, visibility: 'public' | 'internal'): string {
  const requester = ticket.requester?.name ?? vscode.l10n.t('the requester');
  return visibility === 'public'
    ? vscode.l10n.t('{0} will read what you write above.', requester)
    : vscode.l10n.t('Only colleagues will read what you write above; {0} will not.', requester);
}

function textOf(entry: Entry): string {
  return entry.body ? plainText(entry.body) : '';
}
