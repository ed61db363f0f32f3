import * as vscode from 'vscode';
import type { DocumentRef, Outcome, ResolutionLink } from '../../desk/links.ts';
import { formatResolution } from '../../desk/resolutionNote.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { findDocument, readDocument } from './documents.ts';
import { permalinkTo } from './git.ts';
import { isNoted, keepLink, noteLink, notKept } from './keepLink.ts';
import { addTicketToDocument } from './linkDocument.ts';

/** Says of a document whether it helped with a ticket: in an internal note, and as a link here. */
export async function rateDocument(
  deps: CommandDeps,
  ticket: Ticket,
  document: string | DocumentRef,
  outcome: Outcome,
): Promise<void> {
  const read =
    typeof document === 'string'
      ? await readDocument(vscode.Uri.parse(document))
      : await findDocument(document);
  if (!read) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This document is not in this workspace, so nothing was noted.'),
    );
    return;
  }
  const permalink = await permalinkTo(read.uri, undefined);
  const link: ResolutionLink = { document: { ...read.ref, ...(permalink ? { permalink } : {}) }, outcome };
  const isToBeNoted = isNoted(deps, ticket);
  if (isToBeNoted) {
    const queued = await noteLink(deps, ticket, formatResolution('', link));
    if (!queued.ok) {
      void tell(queued.error, vscode.l10n.t('Nothing was noted on {0}.', ticket.key));
      return;
    }
  }
  const stored = await keepLink(deps, ticket, link);
  if (!stored.ok) {
    void tell(stored.error, notKept(isToBeNoted));
    if (!isToBeNoted) return;
  }
  const said =
    outcome === 'did-not-help'
      ? vscode.l10n.t('{0}: "{1}" did not help', ticket.key, read.ref.title)
      : vscode.l10n.t('{0}: "{1}" helped', ticket.key, read.ref.title);
  vscode.window.setStatusBarMessage(`$(check) ${said}`, 5000);
  if (outcome !== 'did-not-help') await addTicketToDocument(ticket, read.uri);
}
