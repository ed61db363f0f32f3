import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { freePort, run } from '../harness/processes.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';
import { startKeyring, withoutKeyring, type Keyring } from '../shared/keyring.ts';
import { startListener, type Listener } from '../shared/listener.ts';

const token = '1-14-0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** Where a token goes, and where it does not: over the installed extension, with servers that listen. */
describe('credentials', () => {
  let desk: Listener;
  let thief: Listener;
  let workspace: string;
  let userDataDir: string;
  let workbench: Workbench;
  let port: number | undefined;

  before(async () => {
    [desk, thief] = await Promise.all([startListener(), startListener()]);
    workspace = await temporaryFolder('workspace');
    userDataDir = await temporaryFolder('credentials');
    await plant({ 'deskside.accounts': [account(thief.url)], 'deskside.credentialStore': 'keychain' });
    await start(withoutKeyring);
  });

  after(async () => {
    await workbench.stop();
    await Promise.all([desk.stop(), thief.stop()]);
    for (const folder of [workspace, userDataDir]) await rm(folder, { recursive: true, force: true });
  });

  async function start(env: NodeJS.ProcessEnv, settings: Record<string, unknown> = {}): Promise<void> {
    const extensionsFrom = await ensurePackage();
    // A browser keeps VS Code's secrets for one origin.
    port ??= await freePort();
    workbench = await startWorkbench({ workspace, extensionsFrom, userDataDir, port, env, settings });
    await workbench.openView('Tickets');
  }

  /** What a repository would bring along. */
  async function plant(settings: Record<string, unknown>): Promise<void> {
    await mkdir(path.join(workspace, '.vscode'), { recursive: true });
    await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  }

  function account(url: string) {
    return { id: 'request-tracker', backend: 'rt', label: 'Request Tracker', url };
  }

  /** Syncs, and waits for what `listener` is asked with. */
  async function askedWith(listener: Listener): Promise<string | undefined> {
    const before = listener.heard.length;
    await workbench.command('Deskside: Sync Now');
    return until('a request', () =>
      Promise.resolve(listener.heard.length > before ? (listener.heard.at(-1) ?? 'nothing') : undefined),
    );
  }

  it('are asked for when an account is added, and kept although the server has a problem', async () => {
    await workbench.command('Deskside: Add Account…');
    await workbench.pick('Request Tracker');
    await until('the question for the address', async () =>
      (await workbench.quickInput()).title.startsWith('Add Account: Request Tracker') ? true : undefined,
    );
    await workbench.answer('not an address');
    await until(
      'what is wrong with it',
      async () => /not an address/i.test((await workbench.quickInput()).message) || undefined,
    );
    await workbench.answer(`${desk.url}/`);
    await until('the question for the token', async () =>
      (await workbench.quickInput()).title.startsWith('Sign In') ? true : undefined,
    );
    await workbench.answer(token);
    assert.match(await workbench.dialog(), /has a problem of its own/);
    await workbench.press('Save Anyway');
    assert.match((await askedWith(desk)) ?? '', new RegExp(token));
  });

  it('are in no setting, no log and no file of ours', async () => {
    const settings = await readFile(path.join(userDataDir, 'User', 'settings.json'), 'utf8');
    assert.match(settings, /request-tracker/, 'the account is');
    // The browser's profile is where VS Code keeps its secrets.
    const search = 'grep -rlF --exclude-dir=browser -e "$0" "$1" || true';
    const leaks = await run('sh', ['-c', search, token, userDataDir]);
    assert.equal(leaks.trim(), '');
  });

  it('do not go where a workspace wants them', async () => {
    await plant({ 'deskside.accounts': [account(thief.url)] });
    assert.match((await askedWith(desk)) ?? '', new RegExp(token));
    assert.deepEqual(thief.heard, [], 'it was never even asked');
  });

  it('do not follow an account to another address', async () => {
    await workbench.changeSettings({ 'deskside.accounts': [account(thief.url)] });
    await workbench.openView('Tickets');
    await workbench.row('Request Tracker: signed out').waitFor();
    assert.ok(!thief.everything().includes(token), thief.everything());
    await workbench.changeSettings({ 'deskside.accounts': [account(desk.url)] });
    await workbench.openView('Tickets');
    assert.match((await askedWith(desk)) ?? '', new RegExp(token), 'and are still there for their own');
  });

  it('stay where they are, with a sentence that helps, where there is no keychain', async () => {
    await workbench.changeSettings({
      'deskside.accounts': [account(desk.url)],
      'deskside.credentialStore': 'keychain',
    });
    const said = await until('a sentence', async () =>
      (await workbench.notifications()).find((text) => text.includes('keychain')),
    );
    assert.match(said, /Secret Service such as gnome-keyring/);
    assert.match(said, /stay where they were/);
    await workbench.openView('Tickets');
    assert.match((await askedWith(desk)) ?? '', new RegExp(token));
  });

  describe('with a keychain', () => {
    let keyring: Keyring;

    before(async () => {
      await workbench.stop();
      keyring = await startKeyring();
      await start(keyring.env, {
        'deskside.accounts': [account(desk.url)],
        'deskside.credentialStore': 'keychain',
      });
    });

    after(() => keyring.stop());

    /** What the keychain holds, read with the module as it was installed. */
    async function inKeychain(): Promise<string> {
      const extensions = path.join(userDataDir, 'extensions');
      const folder = (await readdir(extensions)).find((name) => name.startsWith('deskside.deskside-'));
      const module = path.join(extensions, folder ?? '', 'dist', 'keychain.cjs');
      const read = `require(process.argv[1]).openKeychain().get('deskside.account.request-tracker').then((secret) => process.stdout.write(secret ?? ''))`;
      return run(process.execPath, ['-e', read, module], { env: { ...process.env, ...keyring.env } });
    }

    it('move there as soon as there is one', async () => {
      const kept = await until('the token in the keychain', async () => (await inKeychain()) || undefined);
      assert.deepEqual(JSON.parse(kept), { origin: desk.url, token });
      assert.match((await askedWith(desk)) ?? '', new RegExp(token));
    });

    it('move back, and leave nothing behind', async () => {
      await workbench.changeSettings({
        'deskside.accounts': [account(desk.url)],
        'deskside.credentialStore': 'vscode',
      });
      await until('an empty keychain', async () => ((await inKeychain()) === '' ? true : undefined));
      await workbench.openView('Tickets');
      assert.match((await askedWith(desk)) ?? '', new RegExp(token));
    });
  });
});
