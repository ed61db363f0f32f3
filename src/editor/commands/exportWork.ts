import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { localDay } from '../../desk/localDay.ts';
import { showProgress } from '../progress.ts';
import type { CommandDeps } from './deps.ts';
import { workOf } from './workExport.ts';

/** Asks where to, writes the file there, and says what is in it. */
export async function exportWork({ reader, now }: CommandDeps): Promise<void> {
  const at = new Date(now());
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export My Work'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, `deskside-work-${localDay(at.getTime())}.json`),
    filters: { JSON: ['json'] },
  });
  if (!target) return;
  const exported = await showProgress(vscode.l10n.t('Exporting your work…'), async (signal) => {
    const work = await workOf(reader, at, () => !signal.aborted);
    if (work) await vscode.workspace.fs.writeFile(target, work.bytes);
    return work;
  });
  if (!exported) return;
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Exported: {0} drafts, {1} changes of the outbox, {2} links and {3} tickets of the local desk. The file holds what customers wrote: keep it as you keep their tickets.',
      exported.drafts,
      exported.changes,
      exported.links,
      exported.tickets,
    ),
    open,
  );
  if (chosen === open) await vscode.window.showTextDocument(target);
}
