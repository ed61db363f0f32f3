import path from 'node:path';
import * as vscode from 'vscode';
import { describeDocument } from '../../runbooks/document.ts';

/** The folder runbooks are written to; never outside a trusted workspace. */
export async function targetFolder(): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.isTrusted) {
    const manage = vscode.l10n.t('Manage Trust');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Runbooks are written only to a workspace you trust.'),
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return undefined;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const openFolder = vscode.l10n.t('Open Folder');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Open the folder that keeps your runbooks first.'),
      openFolder,
    );
    if (answer === openFolder) await vscode.commands.executeCommand('workbench.action.files.openFolder');
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) return undefined;
  const configured = vscode.workspace
    .getConfiguration('deskside', folder.uri)
    .get('runbooks.folder', 'runbooks');
  const target = vscode.Uri.joinPath(folder.uri, configured);
  return isInside(folder.uri, target) ? target : folder.uri;
}

/** Asks for a file that is not there yet, inside the workspace folder. */
export async function askForFile(
  folder: vscode.Uri,
  fileName: string,
  title: string,
): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  if (!root) return undefined;
  const within = folder.path.slice(root.uri.path.length + 1);
  const proposed = path.posix.join(within, await freeName(folder, fileName));
  const answer = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Relative to {0}', root.name),
    value: proposed,
    valueSelection: [proposed.lastIndexOf('/') + 1, proposed.length - '.md'.length],
    validateInput: async (value) => {
      const uri = vscode.Uri.joinPath(root.uri, value);
      if (!value.endsWith('.md')) return vscode.l10n.t('A runbook is a Markdown file: end the name with .md');
      if (!isInside(root.uri, uri)) return vscode.l10n.t('The file must lie inside the workspace folder.');
      return (await exists(uri)) ? vscode.l10n.t('There is a file of this name already.') : undefined;
    },
  });
  return answer === undefined ? undefined : vscode.Uri.joinPath(root.uri, answer);
}

async function freeName(folder: vscode.Uri, fileName: string): Promise<string> {
  const base = fileName.replace(/\.md$/, '');
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${base}.md` : `${base}-${number}.md`;
    if (!(await exists(vscode.Uri.joinPath(folder, name)))) return name;
  }
}

/** Writes a new file, which can be undone, and shows it; gives what it says of itself. */
export async function writeNewFile(
  uri: vscode.Uri,
  text: string,
): Promise<ReturnType<typeof describeDocument> | undefined> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} could not be written. Nothing was changed.', uri.path),
    );
    return undefined;
  }
  await vscode.window.showTextDocument(uri, { preview: false });
  return describeDocument(text, uri.path);
}

function isInside(folder: vscode.Uri, uri: vscode.Uri): boolean {
  return uri.path.startsWith(`${folder.path}/`);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
