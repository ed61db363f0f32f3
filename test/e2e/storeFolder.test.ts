import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { open, told } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';

describe('a storage folder', () => {
  let workspace: string;
  let workbench: Workbench;
  const file = (name: string) =>
    path.join(workbench.userDataDir, 'User', 'globalStorage', 'deskside.deskside', 'store', name);

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.row('HD-1003 ', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true });
  });

  it('whose cache was renamed under a running window gets a new one, and nothing is missing', async () => {
    await open(workbench, 'HD-1003');
    renameSync(file('cache.db'), file('cache.db.away'));
    await workbench.command('Deskside: Sync Now');
    await told(workbench, /was moved or deleted while it was in use/);
    await workbench.row('HD-1003 ', 'Tickets').waitFor();
    await open(workbench, 'HD-1013');
    await workbench.screenshot('store-renamed');
  });

  it('that a newer Deskside brought up to date is shown and not written, which is told once', async () => {
    const database = new DatabaseSync(file('work.db'), { timeout: 5_000 });
    database.exec('PRAGMA user_version = 99');
    database.close();
    await isReadOnly();
    await workbench.restart();
    await workbench.openView('Tickets');
    await isReadOnly();
    await open(workbench, 'HD-1002');
    await workbench.screenshot('store-newer');
    const said = (await workbench.notifications()).filter((text) => text.includes('newer version'));
    assert.equal(said.length, 1, said.join('\n'));
    assert.ok(!said[0]?.includes('can not work'));
  });

  async function isReadOnly(): Promise<void> {
    await workbench.row('Read-only: reload this window', 'Tickets').waitFor();
    await told(workbench, /newer version of Deskside.*reload this window/);
    await workbench.row('HD-1003 ', 'Tickets').waitFor();
  }
});
