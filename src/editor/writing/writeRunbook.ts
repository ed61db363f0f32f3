import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { runbookFromTicket } from '../../runbooks/runbookFromTicket.ts';
import { alreadyWritten } from '../../runbooks/suggest.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { addTicketTo } from './addToRunbook.ts';
import { workspaceDocuments, type WorkspaceDocument } from './documents.ts';
import { askForFile, targetFolder, writeNewFile } from './newFile.ts';
import { review } from './review.ts';
import { pickTemplate } from './templates.ts';
import { linkWrittenFrom } from './writtenFrom.ts';

/**
 * Writes a runbook from what a ticket's timeline knows, after the user has seen what is taken out of it. Where one like
 * it is there already, that one can be improved instead.
 */
export async function writeRunbook(deps: CommandDeps, argument: unknown): Promise<void> {
  const folder = await targetFolder();
  if (!folder) return;
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const documents = await workspaceDocuments();
  const entries = deps.reader.entries(ticket);
  const like = alreadyWritten(ticket, entries, documents);
  const improved = like.length === 0 ? 'new' : await askToImprove(ticket, like);
  if (improved === undefined) return;
  if (improved !== 'new') return addTicketTo(deps, ticket, improved);

  const template = await pickTemplate(deps, folder);
  if (template === undefined) return;
  const takenIds = new Set(documents.flatMap(({ ref }) => ref.id ?? []));
  const written = runbookFromTicket(ticket, entries, {
    now: deps.now(),
    takenIds,
    ...(template !== 'ours' && { template: template.text }),
  });
  const reviewing = vscode.l10n.t('Write Runbook (1/2): what is to be taken out of the text?');
  const text = await review(written.text, written.redactions, reviewing);
  if (text === undefined) return;
  const uri = await askForFile(folder, written.fileName, vscode.l10n.t('Write Runbook (2/2): where?'));
  if (!uri) return;
  const described = await writeNewFile(uri, text);
  if (!described) return;
  const { id, title } = described;
  const path = vscode.workspace.asRelativePath(uri, false);
  await linkWrittenFrom(
    deps,
    ticket,
    { ...(id !== undefined && { id }), title, path },
    vscode.l10n.t('{0} was written from {1}. Commit it when it is ready.', path, ticket.key),
  );
}

async function askToImprove(
  ticket: Ticket,
  like: readonly WorkspaceDocument[],
): Promise<WorkspaceDocument | 'new' | undefined> {
  const items = like.map((document) => ({
    label: `$(edit) ${document.ref.title}`,
    description: document.ref.path,
    choice: document,
  }));
  const anew = {
    label: `$(new-file) ${vscode.l10n.t('Write a new one')}`,
    description: '',
    choice: 'new' as const,
  };
  const picked = await vscode.window.showQuickPick([...items, anew], {
    title: vscode.l10n.t('There is something like {0} already: improve it?', ticket.key),
    placeHolder: vscode.l10n.t('One good runbook helps more than two that say nearly the same'),
    matchOnDescription: true,
  });
  return picked?.choice;
}
