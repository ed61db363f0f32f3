import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';

describe('the Deskside container', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true });
  });

  it('shows the Tickets and the Outbox view', async () => {
    await (await workbench.openView('Tickets')).waitFor();
    await (await workbench.openView('Outbox')).waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });
});
