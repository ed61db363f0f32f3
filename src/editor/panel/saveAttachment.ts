import { homedir } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as vscode from 'vscode';
import type { Attachment } from '../../desk/entry.ts';
import { safeFileName } from '../../desk/fileName.ts';
import type { TicketRef } from '../../desk/ticket.ts';
import type { Sync } from '../../sync/api.ts';
import { explain } from '../errors.ts';
import { showProgress } from '../progress.ts';
import { writeWhole } from './wholeFile.ts';

/** Asks where to, and saves an attachment there. Nothing is written before the user has named the file. */
export async function saveAttachment(
  sync: Pick<Sync, 'attachment'>,
  ref: TicketRef,
  attachment: Attachment,
): Promise<void> {
  const name = safeFileName(attachment.name);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, name),
    title: vscode.l10n.t('Save Attachment'),
  });
  if (target === undefined) return;
  const failure = await showProgress(vscode.l10n.t('Saving {0}', name), (signal) =>
    download(sync, ref, attachment.id, target, signal),
  );
  if (failure === undefined) return;
  void vscode.window.showErrorMessage(vscode.l10n.t('{0} was not saved. {1}', name, failure));
}

/** Gives why it failed, as a sentence; nothing when it went well or the user cancelled. */
async function download(
  sync: Pick<Sync, 'attachment'>,
  ref: TicketRef,
  attachmentId: string,
  target: vscode.Uri,
  signal: AbortSignal,
): Promise<string | undefined> {
  const content = await sync.attachment(ref, attachmentId, signal);
  if (!content.ok) return content.error.reason === 'cancelled' ? undefined : explain(content.error);
  try {
    await write(content.value, target, signal);
    return undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

/** A file on disk is complete or not there; other places (a remote one) take it whole. */
async function write(
  content: ReadableStream<Uint8Array>,
  target: vscode.Uri,
  signal: AbortSignal,
): Promise<void> {
  const source = Readable.from(content);
  if (target.scheme === 'file') await writeWhole(source, target.fsPath, signal);
  else await vscode.workspace.fs.writeFile(target, await buffer(source));
}
