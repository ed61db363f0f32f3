import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Accounts } from '../../src/editor/accounts.ts';
import { Credentials } from '../../src/editor/credentials.ts';

const mine = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.com' };
const stolen = { ...mine, url: 'https://thief.example.com' };

/** VS Code's secret storage, but in memory: this extension host has no extension context of its own to give. */
function secretStorage(): vscode.SecretStorage {
  const kept = new Map<string, string>();
  const { event } = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    onDidChange: event,
  };
}

function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.has(key) ? (kept.get(key) as T) : fallback),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

describe('accounts in VS Code’s settings', () => {
  let accounts: Accounts;

  beforeEach(() => {
    accounts = new Accounts();
  });

  afterEach(async () => {
    accounts.dispose();
    await vscode.workspace
      .getConfiguration('deskside')
      .update('accounts', undefined, vscode.ConfigurationTarget.Global);
  });

  it('begin with the local desk', () => {
    assert.deepEqual(
      accounts.all().map(({ id }) => id),
      ['local'],
    );
  });

  it('are added, changed and removed, and tell so', async () => {
    let told = 0;
    accounts.onDidChange(() => told++);
    assert.ok((await accounts.put(mine)).ok);
    assert.deepEqual(accounts.get('rt'), mine);
    assert.deepEqual(new Accounts().get('rt'), mine, 'they are in the settings');
    assert.ok((await accounts.put({ ...mine, label: 'Tracker' })).ok);
    assert.equal(accounts.get('rt')?.label, 'Tracker');
    assert.ok((await accounts.remove('rt')).ok);
    assert.equal(accounts.get('rt'), undefined);
    assert.equal(accounts.all().length, 1);
    assert.ok(told >= 3);
  });

  it('can’t be set by a workspace', async () => {
    await accounts.put(mine);
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const reread = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('editor.tabSize')) return;
        listener.dispose();
        resolve();
      });
    });
    const planted = {
      'deskside.accounts': [stolen],
      'deskside.credentialStore': 'keychain',
      'editor.tabSize': 7,
    };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(planted)));
    try {
      await reread;
      assert.deepEqual(accounts.get('rt'), mine);
      assert.deepEqual(new Accounts().get('rt'), mine);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it('have a token only for the address it was given for', async () => {
    const log: string[] = [];
    const credentials = new Credentials({
      secrets: secretStorage(),
      memory: memento(),
      accounts,
      log: (line) => log.push(line),
    });
    assert.ok((await credentials.set(mine, '1-secret')).ok);
    assert.equal(await credentials.get(mine), '1-secret');
    assert.equal(await credentials.get(stolen), undefined);
    assert.ok((await credentials.delete(mine)).ok);
    assert.equal(await credentials.get(mine), undefined);
    assert.ok(!log.join().includes('1-secret'));
    credentials.dispose();
  });
});
