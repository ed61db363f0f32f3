import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';
import type { ImportSource } from '../../backends/local/import/importer.ts';

const chunkSize = 64 * 1024;

/** A file as the importer reads it: from the disk piece by piece, from other file systems as they give it, whole. */
export async function fileSource(uri: vscode.Uri): Promise<ImportSource> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (uri.scheme === 'file') {
    return { name, size, chunks: () => createReadStream(uri.fsPath, { highWaterMark: chunkSize }) };
  }
  let bytes: Thenable<Uint8Array> | undefined;
  return {
    name,
    size,
    async *chunks() {
      const whole = await (bytes ??= vscode.workspace.fs.readFile(uri));
      for (let at = 0; at < whole.length; at += chunkSize) yield whole.subarray(at, at + chunkSize);
    },
  };
}
