import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const key = 'HD-1004';
const runbook = `---
id: mail-password
title: Mail asks for the password
type: how-to
tickets: [${key}]
tested_at: 2020-01-01
review_cycle: 30 days
---
# Mail

See ${key} and [the other](other-runbook.md#gone).
`;
const other = `---\nid: other\nsupersedes: [mail-password]\n---\n# Other\n\n## Steps\n\nSee ${key}.\n`;

async function eventually<T>(ask: () => Thenable<T>, isIt: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isIt(answer) || attempt === 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function write(name: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, 'runbooks', name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

/** What VS Code itself answers, of which only our server can know anything. */
describe('runbooks and their tickets', () => {
  let document: vscode.TextDocument;
  const at = (text: string) => document.positionAt(document.getText().indexOf(text) + 1);
  const ask = <T>(command: string, ...args: unknown[]) =>
    vscode.commands.executeCommand<T>(`vscode.${command}`, document.uri, ...args);

  before(async () => {
    await vscode.extensions.getExtension('deskside.deskside')?.activate();
    await vscode.commands.executeCommand('deskside.loadSample');
    await write('other-runbook.md', other);
    document = await write('mail.md', runbook);
    await vscode.window.showTextDocument(document);
  });

  it('are found as references of a key, in every document', async () => {
    const found = await eventually(
      () => ask<vscode.Location[]>('executeReferenceProvider', at(`${key} and`)),
      (all) => all.length >= 3,
    );
    const names = found.map(({ uri }) => uri.path.split('/').at(-1));
    assert.ok(names.includes('mail.md') && names.includes('other-runbook.md'), names.join());
  });

  it('are renamed with their id, in the documents that name it', async () => {
    const edit = await eventually(
      () => ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', at('mail-password'), 'mail-sign-in'),
      (one) => one.size === 2,
    );
    assert.equal(edit.size, 2);
  });

  it('show the status behind a key, and lead to the ticket', async () => {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await eventually(
      () => ask<vscode.InlayHint[]>('executeInlayHintProvider', whole),
      (all) => all.length === 2,
    );
    assert.equal(hints.length, 2);
    const links = await ask<vscode.DocumentLink[]>('executeLinkProvider');
    assert.ok(links.some(({ target }) => target?.scheme === 'deskside-ticket'));
  });

  it('say that they are stale, and are marked as tested', async () => {
    const lenses = await eventually(
      () => ask<vscode.CodeLens[]>('executeCodeLensProvider'),
      (all) => all.some(({ command }) => command?.title.includes('mark as tested') === true),
    );
    assert.ok(lenses.some(({ command }) => command?.title.includes('mark as tested') === true));
    const found = await eventually(
      () => Promise.resolve(vscode.languages.getDiagnostics(document.uri)),
      (all) => all.length >= 3,
    );
    const codes = found.map(({ code }) => (typeof code === 'object' ? code.value : code)).sort();
    assert.deepEqual(codes, ['dead-heading', 'stale', 'superseded']);
    const dead = found.find(({ message }) => message.includes('#gone'));
    assert.ok(dead);
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', dead.range);
    assert.ok(
      actions.some(({ title }) => title === 'Link to the whole document'),
      actions.map(({ title }) => title).join(),
    );
  });

  it('complete what a field of the front matter may hold', async () => {
    const position = document.positionAt(document.getText().indexOf('how-to'));
    const { items } = await ask<vscode.CompletionList>('executeCompletionItemProvider', position);
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('known-error'), labels.slice(0, 10).join());
  });
});
