import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { serverProcesses } from './serverProcesses.ts';

const key = 'HD-1004';
const subject = 'Outlook asks for the password again and again';

/** Asks until the answer is what it should be; the last answer is what the test then looks at. */
async function eventually<T>(ask: () => Thenable<T> | T, isIt: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isIt(answer) || attempt === 150) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function openFile(name: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the tests run in a folder');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function at(document: vscode.TextDocument, text: string): vscode.Position {
  return document.positionAt(document.getText().indexOf(text) + 1);
}

async function hoverText(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at(document, text),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

/** Our diagnostics as `code: the text underlined`. */
function diagnostics(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'Deskside')
    .map(({ code, range }) => {
      const name = typeof code === 'object' ? code.value : code;
      return `${name ?? 'no code'}: ${document.getText(range)}`;
    });
}

describe('ticket keys in Markdown', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('deskside.deskside')?.activate();
    await vscode.commands.executeCommand('deskside.loadSample');
    await openFile('other.md', '# Other\n');
    document = await openFile(
      'runbooks/language.md',
      `---\nid: language\ntickets: [${key}, HD-99998]\n---\n# Title\n\nSee ${key}, HD-99999 and \`HD-99997\`.\n\n\`HD-100\`\n\n[there](../other.md) [not there](../gone.md)\n`,
    );
  });

  it('show their ticket in a hover', async () => {
    const text = await eventually(
      () => hoverText(document, `${key},`),
      (one) => one.includes(subject),
    );
    assert.match(text, new RegExp(`\\*\\*${key}\\*\\* ${subject}`));
    assert.match(text, /assigned to/);
    assert.equal(await hoverText(document, 'Title'), '');
  });

  it('are completed', async () => {
    const position = document.positionAt(document.getText().indexOf('`HD-100`') + '`HD-100'.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    const item = items.find(({ label }) => (typeof label === 'string' ? label : label.label) === key);
    assert.ok(item, `${key} is not among ${items.length} items`);
    assert.ok(typeof item.label !== 'string' && item.label.description?.includes(subject));
  });

  it('lead to a read-only document of their ticket', async () => {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at(document, `${key},`),
    );
    const [target] = found.map((one) => ('targetUri' in one ? one.targetUri : one.uri));
    assert.equal(target?.scheme, 'deskside-ticket');
    const ticket = await vscode.workspace.openTextDocument(target);
    assert.match(ticket.getText(), new RegExp(`^# ${key} ${subject}\\n`));
    assert.match(ticket.getText(), /since the update on Friday Outlook asks for my password/);
    assert.equal(ticket.languageId, 'markdown');
  });

  it('are reported where there is no such ticket, as are links to files that are not there', async () => {
    const found = await eventually(
      () => diagnostics(document),
      (all) => all.length === 3,
    );
    assert.deepEqual(found.sort(), [
      'dead-link: ../gone.md',
      'dead-ticket: HD-99998',
      'dead-ticket: HD-99999',
    ]);
  });

  it('are no longer reported once they are mended', async () => {
    const edit = new vscode.WorkspaceEdit();
    for (const [wrong, right] of [
      ['HD-99999', key],
      ['../gone.md', '../other.md'],
    ] as const) {
      const start = document.positionAt(document.getText().indexOf(wrong));
      edit.replace(document.uri, new vscode.Range(start, start.translate(0, wrong.length)), right);
    }
    await vscode.workspace.applyEdit(edit);
    const found = await eventually(
      () => diagnostics(document),
      (all) => all.length === 1,
    );
    assert.deepEqual(found, ['dead-ticket: HD-99998']);
  });

  it('know malformed front matter in a document that is not saved yet', async () => {
    const untitled = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: '---\ntitle: x\ntags: [a\n---\n',
    });
    const found = await eventually(
      () => diagnostics(untitled),
      (all) => all.length > 0,
    );
    assert.match(found[0] ?? '', /^front-matter-malformed: /);
  });

  it('are read with replies, whose wording is looked at as long as the setting says so', async () => {
    const setting = vscode.workspace.getConfiguration('deskside');
    await vscode.commands.executeCommand('deskside.reply', { accountId: 'local', id: key });
    const reply = vscode.window.activeTextEditor?.document;
    assert.equal(reply?.uri.scheme, 'deskside-draft');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      reply.uri,
      new vscode.Position(0, 0),
      'You should have asked us before you did that to the printer.',
    );
    await vscode.workspace.applyEdit(edit);
    const tone = (isThere: boolean) =>
      eventually(
        () => diagnostics(reply),
        (all) => all.some((one) => one.startsWith('tone: ')) === isThere,
      );
    assert.deepEqual(await tone(true), ['tone: You should have']);
    // A draft that is kept is a change after which the settings are told anyway.
    await eventually(
      () => reply.isDirty,
      (isDirty) => !isDirty,
    );
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await setting.update('replies.check', false, vscode.ConfigurationTarget.Global);
    const after = await tone(false);
    await setting.update('replies.check', undefined, vscode.ConfigurationTarget.Global);
    assert.deepEqual(after, []);
    // It offers to have the draft back, and waits for that.
    void vscode.commands.executeCommand('deskside.discardDraft');
  });

  it('mean something again after the language server was killed', async () => {
    const [before] = serverProcesses();
    assert.ok(before, 'the server runs');
    process.kill(before, 'SIGKILL');
    const [after] = await eventually(serverProcesses, (all) => all.some((one) => one !== before));
    assert.notEqual(after, before);
    const text = await eventually(
      () => hoverText(document, `${key},`),
      (one) => one.includes(subject),
    );
    assert.match(text, new RegExp(subject));
    assert.equal(serverProcesses().length, 1);
  });
});
