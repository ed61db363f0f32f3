import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { serverProcesses } from './serverProcesses.ts';

const key = 'HD-1004';
const subject = 'Outlook asks for the password again and again';
const runbook = `---
id: features
title: Features
type: how-to
owner: Feature team
tags: [feature-tag]
symptoms: [Outlook asks for the password]
tickets: [${key}]
tested_at: 2020-01-01
review_cycle: 30 days
---
# Features

See ${key} and [the older one](older.md#gone).

HD-100
`;
const older = `---
id: older-feature
title: The older one
confidence: validated
tags: [other-tag]
owner: Older team
---
# Older

## Steps

See ${key}.
`;
const newer = `---\nid: newer\nsupersedes: [older-feature]\ntags: []\nowner: x\n---\n`;

/** A feature, asked for as VS Code asks, and what in the answer only our server can know. */
interface Feature {
  name: string;
  ask: () => Thenable<unknown>;
  holds: (answer: string) => boolean;
}

/** What a stopped server has to answer in; nothing hangs on it, because it can't. */
const patience = 1500;

describe('the language features, asked for through VS Code', () => {
  let document: vscode.TextDocument;
  let other: vscode.TextDocument;
  let naming: vscode.TextDocument;

  const write = async (name: string, text: string) => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'runbooks', name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return vscode.workspace.openTextDocument(uri);
  };
  const at = (text: string, by = 1, where = document) => where.positionAt(where.getText().indexOf(text) + by);
  const ask = (command: string, where: vscode.TextDocument, ...args: unknown[]) =>
    vscode.commands.executeCommand(`vscode.${command}`, where.uri, ...args);
  const complete = (text: string, by: number, where: vscode.TextDocument) =>
    ask('executeCompletionItemProvider', where, at(text, by, where));

  const features: Feature[] = [
    {
      name: 'completion of ticket keys, with subject and status',
      ask: () => complete('\nHD-100', 7, document),
      holds: (answer) => answer.includes(`"label":"${key}"`) && answer.includes(subject),
    },
    {
      name: 'completion of the fields of the front matter',
      ask: () => complete('owner: x\n', 9, naming),
      holds: (answer) => answer.includes('"label":"stale_after"'),
    },
    {
      name: 'completion of what a field may hold',
      ask: () => complete('how-to', 0, document),
      holds: (answer) => answer.includes('"label":"known-error"'),
    },
    {
      name: 'completion of ids',
      ask: () => complete('[older-feature', 1, naming),
      holds: (answer) => answer.includes('"label":"features"'),
    },
    {
      name: 'completion of tags',
      ask: () => complete('tags: [', 7, naming),
      holds: (answer) => answer.includes('"label":"feature-tag"') && answer.includes('"label":"other-tag"'),
    },
    {
      name: 'completion of people',
      ask: () => complete('owner: ', 7, naming),
      holds: (answer) =>
        answer.includes('"label":"Older team"') && answer.includes('"label":"Desktop Support"'),
    },
    {
      name: 'hover of a ticket',
      ask: () => ask('executeHoverProvider', document, at(`${key} and`)),
      holds: (answer) => answer.includes(subject) && answer.includes('assigned to'),
    },
    {
      name: 'hover of a runbook that is linked',
      ask: () => ask('executeHoverProvider', document, at('older.md')),
      holds: (answer) => answer.includes('validated') && answer.includes('Not used for a ticket yet'),
    },
    {
      name: 'definition of a ticket',
      ask: () => ask('executeDefinitionProvider', document, at(`${key} and`)),
      holds: (answer) => answer.includes('deskside-ticket'),
    },
    {
      name: 'definition of an id',
      ask: () => ask('executeDefinitionProvider', naming, at('older-feature', 1, naming)),
      holds: (answer) => answer.includes('older.md'),
    },
    {
      name: 'references of a ticket',
      ask: () => ask('executeReferenceProvider', document, at(`${key} and`)),
      holds: (answer) => answer.includes('features.md') && answer.includes('older.md'),
    },
    {
      name: 'references of an id',
      ask: () => ask('executeReferenceProvider', other, at('older-feature', 1, other)),
      holds: (answer) => answer.includes('newer.md') && answer.includes('older.md'),
    },
    {
      name: 'rename of an id',
      ask: () => ask('executeDocumentRenameProvider', other, at('older-feature', 1, other), 'old-feature'),
      holds: (answer) => answer.includes('newer.md') && answer.includes('old-feature'),
    },
    {
      name: 'rename of a ticket key',
      ask: () => ask('executeDocumentRenameProvider', document, at(`${key} and`), 'HD-1005'),
      holds: (answer) => answer.includes('older.md') && answer.includes('HD-1005'),
    },
    {
      name: 'status behind a ticket key',
      ask: () => ask('executeInlayHintProvider', document, new vscode.Range(0, 0, document.lineCount, 0)),
      holds: (answer) => (answer.match(/"label"/g)?.length ?? 0) === 2,
    },
    {
      name: 'links of ticket keys',
      ask: () => ask('executeLinkProvider', document),
      holds: (answer) => answer.includes('deskside-ticket'),
    },
    {
      name: 'lenses: stale, and open tickets with this symptom',
      ask: () => ask('executeCodeLensProvider', document),
      holds: (answer) =>
        /stale for \d+ days: mark as tested/.test(answer) && /with this symptom: \d/.test(answer),
    },
    {
      name: 'fixes of what is wrong',
      ask: () =>
        ask('executeCodeActionProvider', document, new vscode.Range(at('older.md#'), at('older.md#', 10))),
      holds: (answer) => answer.includes('Link to the whole document'),
    },
  ];

  before(async () => {
    await vscode.extensions.getExtension('deskside.deskside')?.activate();
    await vscode.commands.executeCommand('deskside.loadSample');
    other = await write('older.md', older);
    naming = await write('newer.md', newer);
    document = await write('features.md', runbook);
    await vscode.window.showTextDocument(document);
  });

  /** As text, with that of a Markdown string, which JSON leaves out. */
  const answered = async ({ ask: asked }: Feature) =>
    JSON.stringify(await asked(), (_key, value: unknown) =>
      value instanceof vscode.MarkdownString ? value.value : value,
    );
  const eventually = async (feature: Feature) => {
    for (let attempt = 0; ; attempt++) {
      const answer = await answered(feature);
      if (feature.holds(answer) || attempt === 100) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  for (const feature of features) {
    it(feature.name, async () => {
      const answer = await eventually(feature);
      assert.ok(feature.holds(answer), answer.slice(0, 2000));
    });
  }

  it('keeps links right when a file is moved', async () => {
    const to = vscode.Uri.joinPath(other.uri, '..', 'moved', 'older.md');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(other.uri, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /\(moved\/older\.md#gone\)/);
    const back = new vscode.WorkspaceEdit();
    back.renameFile(to, other.uri);
    assert.ok(await vscode.workspace.applyEdit(back));
    assert.match(document.getText(), /\(older\.md#gone\)/);
    other = await vscode.workspace.openTextDocument(other.uri);
  });

  it('has none of this while our server is stopped', async () => {
    const [server] = serverProcesses();
    assert.ok(server, 'the server runs');
    process.kill(server, 'SIGSTOP');
    try {
      const nothing = new Promise<string>((resolve) => setTimeout(() => resolve(''), patience));
      const answers = await Promise.all(
        features.map((feature) => Promise.race([answered(feature).catch(() => ''), nothing])),
      );
      assert.deepEqual(
        features.filter(({ holds }, at) => holds(answers[at] ?? '')).map(({ name }) => name),
        [],
      );
    } finally {
      process.kill(server, 'SIGCONT');
    }
    const [first] = features;
    assert.ok(first?.holds(await eventually(first)));
  });
});
