import * as vscode from 'vscode';
import type { StoredLink } from '../../desk/links.ts';
import type { DocumentEdit, LinkMending, TicketList } from '../../runbooks/languageCommands.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import { tell } from '../errors.ts';

/** What the lenses and fixes of the language server do in the editor. */
export function registerDocumentCommands(deps: {
  reader: StoreReader;
  writer: StoreWriter;
}): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('deskside._showTickets', (list: TicketList) => showTickets(list)),
    vscode.commands.registerCommand('deskside._applyEdit', (edit: DocumentEdit) => applyEdit(edit)),
    vscode.commands.registerCommand('deskside._mendLinks', (mending: LinkMending) =>
      mendLinks(deps, mending),
    ),
    vscode.workspace.onDidRenameFiles(({ files }) => void followMoves(deps, files)),
  );
}

async function showTickets({ title, tickets }: TicketList): Promise<void> {
  const items = tickets.map(({ ref, key, detail }) => ({ label: key, description: detail, ref }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (picked) await vscode.commands.executeCommand('deskside.openTicket', picked.ref);
}

async function applyEdit({ uri, edits }: DocumentEdit): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    edit.replace(
      vscode.Uri.parse(uri, true),
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  await vscode.workspace.applyEdit(edit);
}

/** Stored links lead to this document from now on. */
async function mendLinks(
  { reader, writer }: { reader: StoreReader; writer: StoreWriter },
  { linkIds, uri, document, heading }: LinkMending,
): Promise<void> {
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true), false);
  const wanted = new Set(linkIds);
  for (const link of reader.links().filter((one) => wanted.has(one.id))) {
    const ref = { ...document, path, ...(heading !== undefined && { heading }) };
    if (!(await store(writer, { ...link, document: ref }))) return;
  }
}

/** An id was renamed: links that name it follow. */
export async function followId(
  { reader, writer }: { reader: StoreReader; writer: StoreWriter },
  oldId: string,
  newId: string,
): Promise<void> {
  for (const link of reader.links().filter(({ document }) => document.id === oldId))
    if (!(await store(writer, { ...link, document: { ...link.document, id: newId } }))) return;
}

/** Files were moved here: links by their path follow. */
async function followMoves(
  { reader, writer }: { reader: StoreReader; writer: StoreWriter },
  files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[],
): Promise<void> {
  for (const { oldUri, newUri } of files) {
    const from = vscode.workspace.asRelativePath(oldUri, false);
    const to = vscode.workspace.asRelativePath(newUri, false);
    for (const link of reader.links()) {
      const { path } = link.document;
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      const document = { ...link.document, path: to + path.slice(from.length) };
      if (!(await store(writer, { ...link, document }))) return;
    }
  }
}

async function store(writer: StoreWriter, link: StoredLink): Promise<boolean> {
  const stored = await writer.run('putLink', link);
  if (!stored.ok) void tell(stored.error, vscode.l10n.t('The link of {0} was not changed.', link.ticketKey));
  return stored.ok;
}
