import * as vscode from 'vscode';
import type { DocumentRef } from '../../desk/links.ts';
import { formatDocumentLink } from '../../desk/resolutionNote.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { addTicket } from '../../runbooks/frontMatterEdit.ts';
import { suggest } from '../../runbooks/suggest.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { readDocument, workspaceDocuments, type WorkspaceDocument } from './documents.ts';
import { permalinkTo } from './git.ts';
import { isNoted, keepLink, noteLink, notKept } from './keepLink.ts';
import { tell } from '../errors.ts';

/** Links a document of the workspace to a ticket, and says so to colleagues in an internal note. */
export async function linkDocument(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const picked = await pickDocument(deps, ticket, {
    title: vscode.l10n.t('Link a document to {0}', ticket.key),
  });
  if (!picked?.document) return;
  const permalink = await permalinkTo(picked.document.uri, picked.heading);
  const ref: DocumentRef = {
    ...picked.document.ref,
    ...(picked.heading ? { heading: picked.heading } : {}),
    ...(permalink ? { permalink } : {}),
  };
  const isToBeNoted = isNoted(deps, ticket);
  if (isToBeNoted) {
    const queued = await noteLink(deps, ticket, formatDocumentLink(ref));
    if (!queued.ok) {
      void tell(queued.error, vscode.l10n.t('The document was not linked.'));
      return;
    }
  }
  const stored = await keepLink(deps, ticket, { document: ref });
  if (!stored.ok) {
    void tell(stored.error, notKept(isToBeNoted));
    if (!isToBeNoted) return;
  } else if (!isToBeNoted) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Linked here only: {0} is in a system that can not keep a note internal.', ticket.key),
    );
  }
  await addTicketToDocument(ticket, picked.document.uri);
}

export interface PickedDocument {
  /** Absent where the user chose to go without one. */
  document?: WorkspaceDocument;
  heading?: string;
}

/** Asks for a document of the workspace; the likeliest for this ticket come first. */
export async function pickDocument(
  deps: CommandDeps,
  ticket: Ticket,
  ask: { title: string; withoutDocument?: string },
): Promise<PickedDocument | undefined> {
  const documents = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading the documents…') },
    () => workspaceDocuments(),
  );
  if (documents.length === 0 && ask.withoutDocument === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There is no Markdown file in this workspace to link. Open the folder with your documentation.',
      ),
    );
    return undefined;
  }
  const suggested = suggest(ticket, deps.reader.entries(ticket), documents);
  type Item = vscode.QuickPickItem & PickedDocument;
  const item = (document: WorkspaceDocument): Item => ({
    label: document.ref.title,
    description: document.ref.path,
    document,
  });
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const rest = documents.filter((document) => !suggested.includes(document));
  const items: Item[] = [
    ...(suggested.length > 0 ? [separator(vscode.l10n.t('Suggested')), ...suggested.map(item)] : []),
    ...(ask.withoutDocument === undefined ? [] : [{ label: `$(circle-slash) ${ask.withoutDocument}` }]),
    ...(rest.length > 0
      ? [
          separator(vscode.l10n.t('All documents')),
          ...rest.sort((a, b) => a.ref.path.localeCompare(b.ref.path)).map(item),
        ]
      : []),
  ];
  return vscode.window.showQuickPick(items, {
    title: ask.title,
    placeHolder: vscode.l10n.t('Find by title or path'),
    matchOnDescription: true,
  });
}

/** Offers to name the ticket in the document's front matter; an edit the user can undo. */
export async function addTicketToDocument(ticket: Ticket, uri: vscode.Uri): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const found = await readDocument(uri);
  if (!found || !addTicket(found.text, ticket.key)) return;
  const add = vscode.l10n.t('Add It');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Name {0} in the front matter of "{1}"?', ticket.key, found.ref.title),
    add,
  );
  if (answer !== add) return;
  // The question may have stood there for long.
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = addTicket(document.getText(), ticket.key);
  if (!edit) return;
  const workspaceEdit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(edit.start), document.positionAt(edit.end));
  workspaceEdit.replace(uri, range, edit.text);
  await vscode.workspace.applyEdit(workspaceEdit);
  await document.save();
}
