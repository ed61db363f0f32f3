import * as vscode from 'vscode';
import type { Entry } from '../../desk/entry.ts';
import type { HandOffSection } from '../../desk/handOff.ts';
import { plainText } from '../../desk/htmlText.ts';
import type { Ticket } from '../../desk/ticket.ts';

/** How much of an earlier entry is quoted for the writer, in characters. */
const quotedLength = 4000;

/** What the customer and the desk last said to each other. */
export function lastPublicEntry(entries: readonly Entry[]): string {
  const entry = entries.findLast(({ visibility, body }) => visibility === 'public' && body !== undefined);
  if (!entry) return '';
  const when = new Date(entry.at).toLocaleString(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
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

/** What the hand-off can know already, from the ticket and its timeline. */
export function handOffFacts(ticket: Ticket, entries: readonly Entry[]): Record<HandOffSection, string> {
  const described = entries.find(({ fromRequester, body }) => fromRequester && body !== undefined);
  const tried = entries.filter(
    ({ kind, visibility, body }) =>
      body !== undefined && (visibility === 'internal' || kind === 'log' || kind === 'run'),
  );
  const facts = [
    ticket.requester && vscode.l10n.t('Requester: {0}', ticket.requester.name),
    vscode.l10n.t(
      'Priority: {0}; {1} since {2}',
      ticket.priority.name,
      ticket.status.name,
      day(ticket.createdAt),
    ),
    ticket.assets.length > 0 && vscode.l10n.t('Assets: {0}', ticket.assets.join(', ')),
    ticket.reopenings > 0 && vscode.l10n.t('Reopened: {0} times', ticket.reopenings),
  ];
  return {
    situation: [ticket.subject, described ? quote(textOf(described)) : ''].filter(Boolean).join('\n\n'),
    tried: tried
      .map((entry) => `- ${day(entry.at)}, ${entry.author.name}: ${firstLines(textOf(entry))}`)
      .join('\n'),
    hypothesis: '',
    impact: facts
      .filter(Boolean)
      .map((fact) => `- ${String(fact)}`)
      .join('\n'),
    verifyFirst: '',
  };
}

function textOf(entry: Entry): string {
  return entry.body ? plainText(entry.body) : '';
}

/** Without the signature: nobody needs it, and in Markdown its `--` would make a heading of the line above. */
function quote(text: string): string {
  return text
    .split(/^-- ?$/m, 1)
    .join('')
    .trimEnd()
    .slice(0, 1500)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function firstLines(text: string): string {
  return text
    .replace(/^#+ .*\n/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

/** In UTC and saying so: who takes over may be in another time zone. */
function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
