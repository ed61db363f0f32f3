import * as vscode from 'vscode';
import { outcomes, type Outcome, type ResolutionLink } from '../../desk/links.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { comment } from '../../replies/passages.ts';
import { vocabularyOf } from '../commands/knownValues.ts';
import { readerHint } from './context.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { findDocument } from './documents.ts';
import { keepLink, type LinkDeps } from './keepLink.ts';
import { addTicketToDocument, pickDocument } from './linkDocument.ts';
import { openChosen } from './write.ts';
import { tell } from '../errors.ts';

/** Asks what solved the ticket and whether it helped, then opens the resolution note. */
export async function resolveWithNote(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const status = await resolvedStatus(deps, ticket);
  if (status === undefined) return;
  const picked = await pickDocument(deps, ticket, {
    title: vscode.l10n.t('Resolve {0} (1/2): what solved it?', ticket.key),
    withoutDocument: vscode.l10n.t('No document'),
  });
  if (!picked) return;
  const outcome = picked.document ? await pickOutcome(ticket) : '';
  if (outcome === undefined) return;
  const fields = {
    status,
    document: picked.document && `${picked.document.ref.path}${picked.heading ? `#${picked.heading}` : ''}`,
    outcome: outcome === '' ? undefined : outcome,
    visibility: 'internal',
    minutes: undefined,
  };
  const hint = [
    readerHint(ticket, 'internal'),
    vscode.l10n.t('visibility: internal or public. outcome: {0}.', outcomes.join(', ')),
  ].join('\n');
  const text = formatDraft(fields, '');
  await openChosen(deps, ticket, 'resolution', {
    label: vscode.l10n.t('Resolution of {0}', ticket.key),
    text: `${text}\n\n${comment(hint)}\n`,
    cursor: text.length,
  });
}

/** What follows when a resolution that names a document is on its way: the link is kept on our side too. */
export async function afterResolving(deps: LinkDeps, ticket: Ticket, link: ResolutionLink): Promise<void> {
  const stored = await keepLink(deps, ticket, link);
  if (!stored.ok)
    void tell(stored.error, vscode.l10n.t('The note was queued, but the link was not kept here.'));
  const document = await findDocument(link.document);
  if (document) await addTicketToDocument(ticket, document.uri);
}

/** The status that resolves the ticket; asked for where the backend has several. */
async function resolvedStatus(deps: CommandDeps, ticket: Ticket): Promise<string | undefined> {
  const known = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking what {0} can become…', ticket.key),
    },
    () => vocabularyOf(deps, ticket, AbortSignal.timeout(10_000)),
  );
  const names = known.value.statuses
    .filter(({ category }) => category === 'resolved')
    .map(({ name }) => name);
  if (names.length === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} can not be resolved from its present status with your rights.', ticket.key),
    );
  }
  return names.length < 2
    ? names[0]
    : vscode.window.showQuickPick(names, { title: vscode.l10n.t('Resolve {0}: as what?', ticket.key) });
}

async function pickOutcome(ticket: Ticket): Promise<Outcome | undefined> {
  const labels: Record<Outcome, string> = {
    solved: vscode.l10n.t('It solved the ticket'),
    'solved-with-changes': vscode.l10n.t('It solved the ticket, with changes'),
    'did-not-help': vscode.l10n.t('It did not help'),
    'written-from': vscode.l10n.t('It was written from this ticket'),
  };
  const picked = await vscode.window.showQuickPick(
    outcomes.map((outcome) => ({ label: labels[outcome], description: outcome, outcome })),
    { title: vscode.l10n.t('Resolve {0} (2/2): did the document help?', ticket.key) },
  );
  return picked?.outcome;
}
