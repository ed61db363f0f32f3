import * as vscode from 'vscode';
import type { DocumentRef, ResolutionLink } from '../../desk/links.ts';
import { formatResolution } from '../../desk/resolutionNote.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { isNoted, keepLink, noteLink } from './keepLink.ts';

/** Ties a document to the ticket it was written from, and offers to tell colleagues. `said` is what was done. */
export async function linkWrittenFrom(
  deps: CommandDeps,
  ticket: Ticket,
  document: DocumentRef,
  said: string,
): Promise<void> {
  const link: ResolutionLink = { document, outcome: 'written-from' };
  const stored = await keepLink(deps, ticket, link);
  if (!stored.ok)
    void tell(stored.error, vscode.l10n.t('The runbook is written, but not linked to the ticket.'));
  await offerNote(deps, ticket, link, said);
}

async function offerNote(
  deps: CommandDeps,
  ticket: Ticket,
  link: ResolutionLink,
  said: string,
): Promise<void> {
  const note = vscode.l10n.t('Tell Colleagues in a Note');
  const offered = isNoted(deps, ticket) ? [note] : [];
  const answer = await vscode.window.showInformationMessage(said, ...offered);
  if (answer !== note) return;
  const queued = await noteLink(deps, ticket, formatResolution('', link));
  if (!queued.ok) void tell(queued.error, vscode.l10n.t('The note was not added.'));
}
