import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { policyPath, type Rule } from '../../desk/policy/policy.ts';
import { readPolicy, type ReadPolicy } from '../../desk/policy/readPolicy.ts';

/** An escalation policy as it lies in the workspace. */
export interface PolicyFile extends ReadPolicy {
  uri: vscode.Uri;
  folder: vscode.WorkspaceFolder;
  text: string;
  /** Names just this content in just this place: what is approved. */
  hash: string;
}

/** Where a folder's policy is, or would be. */
export function policyUri(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...policyPath.split('/'));
}

/** The folder whose policy a document is. */
export function policyFolder(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && policyUri(folder).toString() === uri.toString() ? folder : undefined;
}

/** Of all folders: as they are on disk, so that nothing counts that was not saved. */
export async function policyFiles(): Promise<PolicyFile[]> {
  const found = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(policyFile));
  return found.filter((file) => file !== undefined);
}

async function policyFile(folder: vscode.WorkspaceFolder): Promise<PolicyFile | undefined> {
  const uri = policyUri(folder);
  const text = await vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
  if (text === undefined) return undefined;
  return { uri, folder, text, hash: hashOf(folder, text), ...readPolicy(text) };
}

/** Names just this rule in just this place. */
export function ruleHash({ folder }: Pick<PolicyFile, 'folder'>, rule: Rule): string {
  return hashOf(folder, JSON.stringify(rule));
}

function hashOf(folder: vscode.WorkspaceFolder, text: string): string {
  return createHash('sha256').update(`${folder.uri.toString()}\n${text}`).digest('hex');
}
