import path from 'node:path';
import * as vscode from 'vscode';
import { fail, type Result } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';

const largestFile = 2_000_000;

/** Who is on call by a rota: one outside the workspace, or, once the workspace is trusted, one within it. */
export async function onCall(file: string, now: Instant): Promise<Result<string[]>> {
  const uri = uriOf(file);
  if (!uri.ok) return uri;
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri.value);
  } catch {
    return fail({ reason: 'not-found', message: vscode.l10n.t('The rota {0} can’t be read.', file) });
  }
  if (bytes.length > largestFile) {
    return fail({ reason: 'rejected', message: vscode.l10n.t('The rota {0} is too large.', file) });
  }
  const { onCallAt } = await import('./rota.ts');
  const found = onCallAt(file, new TextDecoder().decode(bytes), now);
  if (found.ok) return found;
  const message = vscode.l10n.t('The rota {0} can’t be understood: {1}', file, found.error.message);
  return fail({ reason: 'rejected', message });
}

function uriOf(file: string): Result<vscode.Uri> {
  if (path.isAbsolute(file)) return { ok: true, value: vscode.Uri.file(file) };
  const inside = !path.posix.normalize(file.replaceAll('\\', '/')).startsWith('..');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!inside || !folder) {
    return fail({ reason: 'rejected', message: vscode.l10n.t('The rota {0} is not in a workspace.', file) });
  }
  if (!vscode.workspace.isTrusted) {
    const message = vscode.l10n.t('The rota {0} counts once you trust this workspace.', file);
    return fail({ reason: 'rejected', message });
  }
  return { ok: true, value: vscode.Uri.joinPath(folder, file) };
}
