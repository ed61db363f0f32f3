import * as vscode from 'vscode';
import type { DocumentRef } from '../../desk/links.ts';
import { findDocument } from './documents.ts';

/** Opens a linked document here; where it is not in the workspace, offers the forge's page. */
export async function openLinkedDocument(ref: DocumentRef): Promise<void> {
  const found = await findDocument(ref);
  if (found) {
    const editor = await vscode.window.showTextDocument(found.uri, { preview: false });
    const line = ref.heading === undefined ? -1 : lineOfHeading(editor.document, ref.heading);
    if (line >= 0) editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
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

function lineOfHeading(document: vscode.TextDocument, heading: string): number {
  const wanted = heading.toLowerCase();
  for (let line = 0; line < document.lineCount; line++) {
    const text = /^#{1,6} (.*)$/.exec(document.lineAt(line).text)?.[1]?.trim().toLowerCase();
    if (
      text !== undefined &&
      (text === wanted || text.replace(/[^\p{L}\p{N} -]/gu, '').replace(/ /g, '-') === wanted)
    ) {
      return line;
    }
  }
  return -1;
}
