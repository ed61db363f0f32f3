import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Draft } from '../../src/desk/draft.ts';
import type { Operation } from '../../src/desk/operation.ts';
import type { CommandDeps } from '../../src/editor/commands/deps.ts';
import { edit } from '../../src/editor/outbox/outboxActs.ts';
import { ComposerHost, type ComposerDeps } from '../../src/editor/panel/composerHost.ts';
import { resolveDocument } from '../../src/editor/writing/documents.ts';
import { addTicketToDocument } from '../../src/editor/writing/linkDocument.ts';
import { askForFile } from '../../src/editor/writing/newFile.ts';
import { fixtureTicket, waiting } from '../shared/panelFixture.ts';

const here = { accountId: fixtureTicket.accountId, id: fixtureTicket.id };
const ok = () => Promise.resolve({ ok: true as const, value: undefined });

type Asking = 'showInformationMessage' | 'showInputBox';
function replace(name: Asking, value: unknown): void {
  Object.defineProperty(vscode.window, name, { value, configurable: true, writable: true });
}

function root(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(root(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

describe('what is written', () => {
  const { showInformationMessage, showInputBox } = vscode.window;
  afterEach(() => {
    replace('showInformationMessage', showInformationMessage);
    replace('showInputBox', showInputBox);
  });

  it('names a ticket where the front matter is by the time of the answer', async () => {
    const uri = await write('kb/asked.md', '---\ntitle: Asked\ntickets: [RT-1]\n---\n# Asked\n');
    const document = await vscode.workspace.openTextDocument(uri);
    replace('showInformationMessage', async (_message: string, add: string) => {
      const change = new vscode.WorkspaceEdit();
      change.insert(uri, new vscode.Position(1, 0), 'owner: Carol, who knows all of it\n');
      await vscode.workspace.applyEdit(change);
      return add;
    });
    await addTicketToDocument({ ...fixtureTicket, key: 'RT-2' }, uri);
    assert.equal(
      document.getText(),
      '---\nowner: Carol, who knows all of it\ntitle: Asked\ntickets: [RT-1, RT-2]\n---\n# Asked\n',
    );
  });

  it('finds a document that has a # in its name, and a heading behind another', async () => {
    await write('kb/c# build.md', '# C# build\n\n## Steps\n');
    const whole = await resolveDocument('kb/c# build.md', 'solved');
    assert.deepEqual([whole?.document.path, whole?.document.heading], ['kb/c# build.md', undefined]);
    const part = await resolveDocument('kb/c# build.md#Steps', 'solved');
    assert.deepEqual([part?.document.path, part?.document.heading], ['kb/c# build.md', 'Steps']);
    assert.equal(await resolveDocument('kb/gone.md#Steps', 'solved'), undefined);
  });

  it('is proposed within the workspace folder, also where that is the folder of runbooks', async () => {
    const proposed: (string | undefined)[] = [];
    replace('showInputBox', ({ value }: vscode.InputBoxOptions) => {
      proposed.push(value);
      return Promise.resolve(undefined);
    });
    await askForFile(root(), 'new.md', '');
    await askForFile(vscode.Uri.joinPath(root(), 'kb'), 'new.md', '');
    assert.deepEqual(proposed, ['new.md', 'kb/new.md']);
  });

  it('keeps the files of a new ticket that is taken back from the outbox', async () => {
    const file = { name: 'a.png', mediaType: 'image/png', base64: '', stored: 'f1' };
    const operation: Operation = {
      ...waiting,
      intent: 'create',
      state: 'queued',
      done: 0,
      steps: [
        {
          type: 'create',
          ticket: { subject: 'S', description: 'D', kind: 'incident', channel: 'other', tags: [] },
        },
        { type: 'attach', visibility: 'public', ...file },
      ],
    };
    delete operation.ticketId;
    delete operation.sentAt;
    const draft = { id: 'd9', kind: 'new-ticket', text: '' } as unknown as Draft;
    const ran: unknown[] = [];
    const deps = {
      reader: { operation: () => operation },
      writer: {
        run: (command: string, argument: unknown) => {
          ran.push([command, argument]);
          return ok();
        },
      },
      drafts: { open: () => Promise.resolve({ ok: true, value: draft }), restore: ok },
      sync: { discard: ok },
    } as unknown as CommandDeps;
    await edit(deps, { operation });
    assert.deepEqual(ran, [['moveFiles', { ids: ['f1'], draftId: 'd9' }]]);
  });

  it('goes on being kept after something went wrong with it', async () => {
    const kept: string[] = [];
    const told: (string | undefined)[] = [];
    const deps = {
      reader: { ticket: () => fixtureTicket, draftFor: () => undefined },
      drafts: {
        update: (_kind: string, _ticket: unknown, _label: string, text: string) => {
          if (text === 'one') throw new Error('The tab is gone.');
          kept.push(text);
          return ok();
        },
      },
    } as unknown as ComposerDeps;
    await new Promise<void>((resolve) => {
      const host = new ComposerHost(deps, here, {
        tell: () => undefined,
        changed: (problem) => {
          told.push(problem);
          if (told.length === 2) resolve();
        },
      });
      host.receive({ type: 'draft', ref: here, visibility: 'public', text: 'one', turn: 1 }, fixtureTicket);
      host.receive({ type: 'draft', ref: here, visibility: 'public', text: 'two', turn: 2 }, fixtureTicket);
    });
    assert.deepEqual(kept, ['two']);
    assert.deepEqual(told, ['The tab is gone.', undefined]);
  });
});
