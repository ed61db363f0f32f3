import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const runbook = `---
id: run-me
title: Run me
type: runbook
---
# Run me

## Steps

1. Look

   \`\`\`sh
   lpstat -o {{ticket}}
   \`\`\`

2. Ask the requester.
`;

async function eventually<T>(ask: () => Thenable<T>, isIt: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isIt(answer) || attempt === 150) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What our server alone shows above the steps of a runbook. */
describe('runs', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('deskside.deskside')?.activate();
    await vscode.commands.executeCommand('deskside.loadSample');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'runbooks', 'run-me.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(runbook));
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
  });

  async function lensesWith(title: string): Promise<{ line: number; title: string }[]> {
    const lenses = await eventually(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri),
      (all) => all.some(({ command }) => command?.title === title),
    );
    return lenses
      .map(({ range, command }) => ({ line: range.start.line, title: command?.title ?? '' }))
      .filter(({ title: one }) => /step|Tick/.test(one));
  }

  it('are offered above each command of a runbook', async () => {
    assert.deepEqual(await lensesWith('$(play) Run step'), [{ line: 11, title: '$(play) Run step' }]);
  });

  it('show above each step what is next, once one is in progress', async () => {
    const [ticket] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.ok(ticket);
    await vscode.commands.executeCommand('deskside.startRun', {
      uri: document.uri.toString(),
      accountId: 'local',
      id: 'HD-1004',
    });
    assert.deepEqual(await lensesWith('$(play) Run step (next)'), [
      { line: 11, title: '$(play) Run step (next)' },
      { line: 11, title: '$(check) Tick' },
      { line: 14, title: '$(check) Tick step' },
    ]);
  });
});
