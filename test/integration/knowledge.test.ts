import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Step } from '../../src/desk/operation.ts';
import type { CommandDeps } from '../../src/editor/commands/deps.ts';
import { declareMajorIncident } from '../../src/editor/escalating/declareMajor.ts';
import { updateMajorIncident } from '../../src/editor/escalating/updateMajor.ts';
import { KnowledgeView } from '../../src/editor/knowledge/knowledgeView.ts';
import { linkDocument } from '../../src/editor/writing/linkDocument.ts';
import { openLinkedDocument } from '../../src/editor/writing/openDocument.ts';
import { rateDocument } from '../../src/editor/writing/rate.ts';
import { newTicket } from '../../src/editor/writing/write.ts';
import { fixtureTicket } from '../shared/panelFixture.ts';

type Replaced = Record<string, unknown>;
const originals: [object, string, unknown][] = [];

function replace(owner: object, name: string, value: unknown): void {
  originals.push([owner, name, (owner as Replaced)[name]]);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

/** What is said in notifications, which are answered by nothing. */
function said(): string[] {
  const all: string[] = [];
  const say = (message: string) => {
    all.push(message);
    return Promise.resolve(undefined);
  };
  for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'])
    replace(vscode.window, name, say);
  return all;
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** An account and its store, as far as linking needs them. */
function deskOf(internalNote: boolean, stores = true) {
  const ran: string[] = [];
  const queued: Step[] = [];
  const storage = { ok: false as const, error: { reason: 'storage', message: 'The disk is full.' } };
  const deps = {
    current: {
      resolve: () => Promise.resolve(fixtureTicket),
      inFront: () => fixtureTicket,
      selected: () => [],
    },
    accounts: { all: () => [{ id: 'rt', label: 'RT' }], get: () => ({ id: 'rt', label: 'RT' }) },
    commands: { registerCommand: () => new vscode.Disposable(() => undefined) },
    reader: {
      accountState: () => ({
        capabilities: { internalNote, createTicket: false, relate: ['parent'], setTags: false },
      }),
      entries: () => [],
      drafts: () => [],
      ticket: () => fixtureTicket,
      tickets: () => [],
      linksOf: () => [],
      linksTo: () => [],
    },
    writer: {
      run: (command: string) => {
        ran.push(command);
        return Promise.resolve(stores ? { ok: true, value: undefined } : storage);
      },
    },
    sync: {
      enqueue: ({ steps }: { steps: Step[] }) => {
        queued.push(...steps);
        return Promise.resolve({ ok: true, value: { accountId: 'rt', label: 'RT-1' } });
      },
      onDidChange: () => new vscode.Disposable(() => undefined),
      isWorkingOffline: () => false,
    },
    panels: { open: () => undefined },
    now: () => 0,
  } as unknown as CommandDeps;
  return { deps, ran, queued };
}

describe('documents and the tickets they are for', () => {
  afterEach(() => {
    for (const [owner, name, value] of originals.splice(0).reverse())
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  });

  it('are linked and rated here only where nothing can be kept from customers, and said to be', async () => {
    const uri = await write('kb/rated.md', '# Rated\n');
    const { deps, ran, queued } = deskOf(false);
    const messages = said();
    replace(vscode.window, 'showQuickPick', async (items: unknown) =>
      (await (items as Promise<{ description?: string }[]>)).find(
        ({ description }) => description === 'kb/rated.md',
      ),
    );
    await linkDocument(deps, undefined);
    await rateDocument(deps, fixtureTicket, uri.toString(), 'did-not-help');
    assert.deepEqual([ran, queued], [['putLink', 'putLink'], []]);
    assert.equal(messages.filter((one) => one.startsWith('Linked here only')).length, 1);
  });

  it('are not said to be noted where the link could not be kept and there is no note', async () => {
    const uri = await write('kb/rated.md', '# Rated\n');
    const { deps } = deskOf(false, false);
    const messages = said();
    const bar: string[] = [];
    replace(vscode.window, 'setStatusBarMessage', (text: string) => bar.push(text));
    replace(vscode.window, 'showQuickPick', async (items: unknown) =>
      (await (items as Promise<{ description?: string }[]>)).find(
        ({ description }) => description === 'kb/rated.md',
      ),
    );
    await rateDocument(deps, fixtureTicket, uri.toString(), 'did-not-help');
    await linkDocument(deps, undefined);
    assert.match(messages.join(), /The disk is full/);
    assert.doesNotMatch(messages.join(), /note was queued|Linked here/);
    assert.deepEqual(bar, []);
  });

  it('get the ticket’s key themselves, also where another folder has a file of that path', async () => {
    const uri = await write('kb/twin.md', '# Twin\n');
    const other = await write('other/kb/twin.md', '# Twin\n');
    const { deps } = deskOf(true);
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [folder] = folders;
    assert.ok(folder);
    const before = { ...folder, uri: vscode.Uri.joinPath(folder.uri, 'other') };
    replace(vscode.workspace, 'workspaceFolders', [before, ...folders]);
    replace(vscode.window, 'showInformationMessage', (_message: string, add?: string) =>
      Promise.resolve(add),
    );
    await rateDocument(deps, fixtureTicket, uri.toString(), 'solved');
    const textOf = async (one: vscode.Uri) => (await vscode.workspace.openTextDocument(one)).getText();
    assert.match(await textOf(uri), /RT-1234/);
    assert.equal(await textOf(other), '# Twin\n');
  });

  it('are opened at the heading that a link names, by its words or its fragment', async () => {
    const filler = 'text\n\n'.repeat(200);
    await write(
      'kb/long.md',
      `# Long\n\n${filler}## Restart \`cups\` *now*\n\n${filler}## Then\n\n${filler}`,
    );
    for (const heading of ['Restart cups now', 'restart-cups-now', 'Then']) {
      await openLinkedDocument({ title: 'Long', path: 'kb/long.md', heading });
      const editor = vscode.window.activeTextEditor;
      const title = heading === 'Then' ? '## Then' : '## Restart';
      const place = editor?.document.positionAt(editor.document.getText().indexOf(title));
      const isSeen = () => place !== undefined && editor?.visibleRanges[0]?.contains(place) === true;
      for (let attempt = 0; attempt < 100 && !isSeen(); attempt++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      assert.ok(isSeen(), heading);
    }
  });

  it('are shown as far as they are known while the language server is dead, and rated only where one is meant', async () => {
    const { deps, queued } = deskOf(true);
    const messages = said();
    const acts = new Map<string, (node: unknown) => Promise<void>>();
    Object.assign(deps.commands, {
      registerCommand: (id: string, act: (node: unknown) => Promise<void>) => {
        acts.set(id, act);
        return new vscode.Disposable(() => undefined);
      },
    });
    const link = {
      id: 'l',
      ticket: fixtureTicket,
      ticketKey: 'RT-1',
      document: { title: 'Rated', path: 'kb/rated.md' },
    };
    const asked: unknown[] = [];
    Object.assign(deps.reader, {
      linksOf: () => [link],
      linksTo: (document: unknown) => {
        asked.push(document);
        return [];
      },
    });
    const never = () => new vscode.Disposable(() => undefined);
    replace(vscode.window, 'createTreeView', () => ({
      onDidChangeVisibility: never,
      dispose: never,
      visible: true,
      selection: [],
    }));
    replace(vscode.commands, 'registerCommand', never);
    const view = new KnowledgeView(deps, { request: () => Promise.reject(new Error('gone')) });
    try {
      const uri = await write('kb/front.md', '---\nid: front # never change it\n---\n# Front\n');
      await vscode.window.showTextDocument(uri);
      const nodes = await view.getChildren();
      const rows = (await Promise.all(nodes.map((node) => view.getChildren(node)))).flat();
      assert.match(JSON.stringify(rows), /language server does not answer/);
      assert.match(JSON.stringify(rows), /kb\/rated\.md/);
      assert.deepEqual(asked, [{ id: 'front', path: 'kb/front.md' }]);
      const linked = rows.find((row) => row.type === 'document');
      assert.ok(linked);
      await acts.get('deskside.documentDidNotHelp')?.(nodes[0]);
      assert.equal(queued.length, 0, 'a row that is no document');
      assert.match(messages.join(), /Open the document that you used/);
      await acts.get('deskside.documentDidNotHelp')?.(linked);
      const [step] = queued;
      assert.match(step?.type === 'post' ? step.body : '', /kb\/rated\.md[\s\S]*did not help/);
      await write('kb/plain.txt', 'x');
      await vscode.window.showTextDocument(await write('kb/plain.txt', 'x'));
      await acts.get('deskside.documentDidNotHelp')?.(undefined);
      assert.equal(queued.length, 1, 'a file that is no document');
    } finally {
      view.dispose();
    }
  });
});

describe('what can not be done', () => {
  afterEach(() => {
    for (const [owner, name, value] of originals.splice(0).reverse())
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  });

  it('is said of a new ticket where no account can create one', async () => {
    const messages = said();
    await newTicket(deskOf(true).deps);
    assert.deepEqual(messages, ['There is no account in which you can create a ticket.']);
  });

  it('leaves out nothing of an update that begins as front matter does', async () => {
    said();
    const { deps, queued } = deskOf(true);
    const text = '---\nserver: web01\n---\nIs back.';
    const incident = { ...fixtureTicket, relations: [{ kind: 'child', ticketId: '2', key: 'RT-2' }] };
    Object.assign(deps.current, { resolve: () => Promise.resolve(incident) });
    Object.assign(deps.reader, { outbox: () => [], draftFiles: () => [] });
    const draft = { id: 'u', kind: 'note', accountId: incident.accountId, ticketId: incident.id, text };
    Object.assign(deps, { drafts: { of: () => draft, discard: () => Promise.resolve({ ok: true }) } });
    await vscode.window.showTextDocument(await write('kb/any.md', '# Any\n'));
    await updateMajorIncident(deps, undefined);
    assert.deepEqual(
      queued.map((step) => step.type === 'post' && step.body),
      [text, text],
    );
  });

  it('leaves the note of a major incident with the parts that were linked before it was stopped', async () => {
    said();
    const { deps, queued } = deskOf(true);
    const parts = ['RT-2', 'RT-3', 'RT-4'].map((key, at) => ({ ...fixtureTicket, id: String(at + 2), key }));
    let stop: () => void = () => undefined;
    replace(
      vscode.window,
      'withProgress',
      (_options: unknown, task: (shown: unknown, token: unknown) => unknown) =>
        task(
          { report: () => undefined },
          { onCancellationRequested: (listener: () => void) => (stop = listener) },
        ),
    );
    let accept: () => void = () => undefined;
    const listening = new vscode.Disposable(() => undefined);
    const pick = {
      items: [] as object[],
      selectedItems: [] as readonly object[],
      busy: true,
      onDidAccept: (listener: () => void) => ((accept = listener), listening),
      onDidHide: () => listening,
      show: () =>
        setTimeout(() => {
          pick.selectedItems = pick.items;
          accept();
        }, 50),
      hide: () => undefined,
      dispose: () => undefined,
    };
    replace(vscode.window, 'createQuickPick', () => pick);
    let sent = 0;
    Object.assign(deps.reader, { tickets: () => parts });
    Object.assign(deps.sync, {
      enqueue: async ({ steps }: { steps: Step[] }) => {
        queued.push(...steps);
        if (++sent === 2) {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          stop();
        }
        return { ok: true, value: { accountId: 'rt', label: 'RT-1' } };
      },
    });
    await declareMajorIncident(deps, undefined);
    const notes = queued.flatMap((step) =>
      step.type === 'post' && step.body.includes('Part of it:') ? step.body : [],
    );
    assert.equal(notes.length, 1);
    const named = parts.filter(({ key }) => notes[0]?.includes(key));
    assert.equal(named.length, 2, notes[0]);
  });
});
