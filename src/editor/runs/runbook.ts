import * as vscode from 'vscode';
import type { DocumentRef } from '../../desk/links.ts';
import type { Run } from '../../desk/run.ts';
import { describeOutline } from '../../runbooks/document.ts';
import { outline } from '../../runbooks/markdown.ts';
import { runStepsOf, type DocumentStep } from '../../runbooks/runSteps.ts';
import { findDocument } from '../writing/documents.ts';

/** A document with steps, as it is in the editor. */
export interface Runbook {
  document: vscode.TextDocument;
  ref: DocumentRef;
  steps: DocumentStep[];
}

export async function runbookAt(uri: vscode.Uri): Promise<Runbook> {
  const document = await vscode.workspace.openTextDocument(uri);
  const read = outline(document.getText());
  const { id, title } = describeOutline(read, uri.path);
  const path = vscode.workspace.asRelativePath(uri, false);
  return { document, ref: { ...(id !== undefined && { id }), title, path }, steps: runStepsOf(read) };
}

/** The runbook of a run: found by its id if it was moved, and nothing if it is not in this workspace. */
export async function runbookOf(run: Pick<Run, 'document'>): Promise<Runbook | undefined> {
  const found = await findDocument(run.document);
  return found && runbookAt(found.uri);
}

/** Shows a step where it is written. */
export async function showStep({ document, steps }: Runbook, step: number): Promise<void> {
  const start = steps[step]?.start;
  const at = start === undefined ? undefined : document.positionAt(start);
  const editor = await vscode.window.showTextDocument(document, {
    preview: false,
    ...(at && { selection: new vscode.Range(at, at) }),
  });
  if (at) editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
