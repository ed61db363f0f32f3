import * as vscode from 'vscode';
import type { DocumentRef } from '../../desk/links.ts';
import { outline } from '../../runbooks/markdown.ts';
import { findDocument } from './documents.ts';

/** Opens a linked document here; where it is not in the workspace, offers the forge's page. */
export async function openLinkedDocument(ref: DocumentRef): Promise<void> {
  const found = await findDocument(ref);
  if (found) {
    const editor = await vscode.window.showTextDocument(found.uri, { preview: false });
    const at = ref.heading === undefined ? undefined : placeOf(ref.heading, editor.document);
    if (at) editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
    return;
  }
  const page = ref.permalink;
  const open = vscode.l10n.t('Open in Browser');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('"{0}" ({1}) is not in this workspace.', ref.title, ref.path),
    ...(page === undefined ? [] : [open]),
  );
  if (answer === open && page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

/** Of a heading, by its fragment or its words. */
function placeOf(heading: string, document: vscode.TextDocument): vscode.Position | undefined {
  const wanted = heading.toLowerCase();
  const { headings } = outline(document.getText());
  const found = headings.find(({ slug, text }) => slug === wanted || text.toLowerCase() === wanted);
  return found && document.positionAt(found.range.start);
}
