import * as vscode from 'vscode';
import type { Draft, DraftFile } from '../../desk/draft.ts';
import { safeFileName } from '../../desk/fileName.ts';
import { mediaTypeOf } from '../../desk/mediaType.ts';
import type { SentFile } from '../../desk/operation.ts';
import { explain } from '../errors.ts';
import { imageTypeOf } from '../../webviews/images.ts';
import { largestFile, mostFiles } from '../../webviews/files.ts';
import type { Drafts } from './drafts.ts';

/** A file that the user wants to send along. */
export interface NewFile {
  name: string;
  bytes: Uint8Array;
}

/** The files of a draft as an operation names them. */
export function sentFiles(files: readonly DraftFile[]): SentFile[] {
  return files.map(({ id, name, mediaType }) => ({ name, mediaType, base64: '', stored: id }));
}

/** Keeps files with a draft; gives why one could not be, as a sentence. */
export async function keepFiles(
  drafts: Pick<Drafts, 'attach'>,
  draft: Draft,
  kept: number,
  files: readonly NewFile[],
): Promise<string | undefined> {
  if (kept + files.length > mostFiles) {
    return vscode.l10n.t('Not attached: {0} files at most go with one text.', mostFiles);
  }
  for (const { name, bytes } of files) {
    const said = problemOf(name, bytes.length);
    if (said !== undefined) return said;
    const file = { name: safeFileName(name), mediaType: imageTypeOf(bytes) ?? mediaTypeOf(name) };
    const added = await drafts.attach(draft, file, bytes);
    if (!added.ok) return vscode.l10n.t('{0} was not attached: {1}', file.name, explain(added.error));
  }
  return undefined;
}

/** Asks for files and reads them; nothing when the user cancels, or why one can't be taken. */
export async function pickFiles(title: string): Promise<NewFile[] | string | undefined> {
  const uris = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Attach'),
    canSelectMany: true,
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
  return uris && readFiles(uris);
}

/** Reads files that the user chose; or why one can't be taken. */
async function readFiles(uris: readonly vscode.Uri[]): Promise<NewFile[] | string> {
  const files: NewFile[] = [];
  for (const uri of uris) {
    const name = uri.path.split('/').at(-1) ?? '';
    try {
      const said = problemOf(name, (await vscode.workspace.fs.stat(uri)).size);
      if (said !== undefined) return said;
      files.push({ name, bytes: await vscode.workspace.fs.readFile(uri) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return vscode.l10n.t('{0} could not be read: {1}', name, why);
    }
  }
  return files;
}

function problemOf(name: string, size: number): string | undefined {
  if (size > largestFile) {
    return vscode.l10n.t(
      '{0} is too large to be attached: {1} MB at most. Put it where the reader can fetch it, and write the address.',
      safeFileName(name),
      largestFile / 1024 / 1024,
    );
  }
  return size === 0 ? vscode.l10n.t('{0} is empty, so it was not attached.', safeFileName(name)) : undefined;
}
