import * as vscode from 'vscode';
import { policyFiles, type PolicyFile } from './policyFiles.ts';

/** The workspace's policy, the user's choice where several folders have one; says so where it can't be used. */
export async function choosePolicy(title: string): Promise<PolicyFile | undefined> {
  const files = await policyFiles();
  const file = files.length < 2 ? files[0] : await pick(files, title);
  if (!file) {
    if (files.length === 0) await offerNew();
    return undefined;
  }
  if (file.policy) return file;
  const show = vscode.l10n.t('Show');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The escalation policy can’t be used: {0}', file.problems[0]?.message ?? ''),
    show,
  );
  if (chosen === show) await showProblem(file);
  return undefined;
}

async function offerNew(): Promise<void> {
  const write = vscode.l10n.t('Write One');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('This workspace has no escalation policy yet.'),
    write,
  );
  if (chosen === write) await vscode.commands.executeCommand('deskside.newEscalationPolicy');
}

async function pick(files: readonly PolicyFile[], title: string): Promise<PolicyFile | undefined> {
  const picked = await vscode.window.showQuickPick(
    files.map((file) => ({ label: file.folder.name, description: file.folder.uri.fsPath, file })),
    { title, placeHolder: vscode.l10n.t('Which policy?') },
  );
  return picked?.file;
}

async function showProblem({ uri, problems }: PolicyFile): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const [first] = problems;
  const at = document.positionAt(first?.start ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}
