import * as vscode from 'vscode';
import { policyUri } from './policyFiles.ts';

/** Begins the workspace's escalation policy, or opens the one that is there. */
export async function newEscalationPolicy(): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('You have not said that you trust this workspace, so nothing is written there.'),
    );
    return;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length < 2 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) {
    if (folders.length === 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('An escalation policy lies in a folder of the workspace: open one first.'),
      );
    }
    return;
  }
  const uri = policyUri(folder);
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(beginning()) });
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} could not be written.', uri.fsPath));
      return;
    }
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

function beginning(): string {
  const lines = [
    vscode.l10n.t(
      'What has to be escalated when. The team reviews it in git; it does nothing on your computer',
    ),
    vscode.l10n.t(
      'before you have run "Deskside: Approve Escalation Policy…", and after each change not before you',
    ),
    vscode.l10n.t(
      'have done so again. "Deskside: Dry-Run Escalation Policy…" shows what it would have done so far.',
    ),
    '',
    vscode.l10n.t('when: all that is named holds at the same time.'),
    '  priority: P1              # P1, P2, P3, P4; [P1, P2]',
    '  team: Helpdesk',
    '  kind: incident            # incident, request, problem, change, other',
    '  tag: vpn',
    '  breach: 30m               # before a service level is due; 0m: overdue',
    '  unresolved: 8h            # m, h or d after it was opened',
    '  replies: 3                # of the requester',
    '  reassignments: 3',
    '  reopenings: 1',
    '  words: [outage, "data loss"]',
    '',
    vscode.l10n.t('then: suggest, remind, draft (the hand-off is written, you send it),'),
    vscode.l10n.t('send (by itself, once you have approved just this rule).'),
    vscode.l10n.t('to: the team. reason: why, for those who get it.'),
  ];
  return `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}

rules:
  - name: Handed around
    when:
      reassignments: 3
    then: suggest
    reason: needs skill we do not have

  - name: Critical and still open
    when:
      priority: P1
      unresolved: 8h
    then: remind

  - name: Due soon
    when:
      priority: [P1, P2]
      breach: 30m
    then: suggest
    reason: out of time
`;
}
