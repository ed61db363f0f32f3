import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';

export const draftScheme = 'deskside-draft';

/** `deskside-draft://<id>/<label>.md` */
export function draftUri(draft: Pick<Draft, 'id' | 'label'>): vscode.Uri {
  const name = draft.label.replace(/[^\p{L}\p{N} #._-]/gu, '_');
  return vscode.Uri.from({ scheme: draftScheme, authority: draft.id, path: `/${name}.md` });
}

export function idOfDraft(uri: vscode.Uri): string {
  return uri.authority;
}
