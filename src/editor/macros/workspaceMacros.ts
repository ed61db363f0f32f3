import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { macroOfFile, type Macro } from '../../replies/macros.ts';
import { Approvals } from '../approvals.ts';

/** Where a workspace keeps the macros of a team. */
export const macrosFolder = '.deskside/macros';
const mostFiles = 200;
const largestFile = 100_000;

/** A macro that came with the workspace. */
export interface WorkspaceMacro {
  macro: Macro;
  uri: vscode.Uri;
  hash: string;
}

/** The macros of a trusted workspace: those the user approved as they are, and those that wait for it. */
export async function workspaceMacros(
  memory: vscode.Memento,
): Promise<{ approved: WorkspaceMacro[]; waiting: WorkspaceMacro[] }> {
  if (!vscode.workspace.isTrusted) return { approved: [], waiting: [] };
  const approvals = new Approvals(memory);
  const found = (await Promise.all((vscode.workspace.workspaceFolders ?? []).map(macrosIn))).flat();
  return {
    approved: found.filter(({ hash }) => approvals.has(hash)),
    waiting: found.filter(({ hash }) => !approvals.has(hash)),
  };
}

/** Has the user look at macros that came with the workspace, and lets them be used on this machine. */
export async function approveMacros(
  memory: vscode.Memento,
  waiting: readonly WorkspaceMacro[],
): Promise<boolean> {
  const approve = vscode.l10n.t('Approve');
  const read = vscode.l10n.t('Read Them First');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Use the macros of this workspace?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        '{0}\n\nThey came with the files in {1}. You are asked again when one of them changes.',
        waiting.map(({ macro }) => macro.name).join(', '),
        macrosFolder,
      ),
    },
    approve,
    read,
  );
  if (answer === read) {
    for (const { uri } of waiting) await vscode.window.showTextDocument(uri, { preview: false });
  }
  if (answer !== approve) return false;
  const approvals = new Approvals(memory);
  for (const { hash } of waiting) await approvals.add(hash);
  return true;
}

async function macrosIn(folder: vscode.WorkspaceFolder): Promise<WorkspaceMacro[]> {
  const place = vscode.Uri.joinPath(folder.uri, macrosFolder);
  try {
    const names = (await vscode.workspace.fs.readDirectory(place))
      .flatMap(([name, type]) => (type === vscode.FileType.File && /\.md$/i.test(name) ? [name] : []))
      .toSorted()
      .slice(0, mostFiles);
    const macros = await Promise.all(names.map((name) => macroAt(vscode.Uri.joinPath(place, name), name)));
    return macros.filter((one) => one !== undefined);
  } catch {
    return [];
  }
}

async function macroAt(uri: vscode.Uri, name: string): Promise<WorkspaceMacro | undefined> {
  if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return undefined;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const macro = macroOfFile(name, text);
  const hash = createHash('sha256').update(`macro\n${name}\n${text}`).digest('hex');
  return macro && { macro, uri, hash };
}
