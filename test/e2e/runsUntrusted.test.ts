import assert from 'node:assert/strict';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { open, told, untilTab } from '../harness/ticketSteps.ts';
import { startWorkbench, until, type Workbench } from '../harness/workbench.ts';

const runbook = `---
id: spooler
title: The spooler hangs
type: runbook
---
# The spooler hangs

## Steps

1. Restart it

   \`\`\`sh
   touch pwned
   \`\`\`
`;

describe('a runbook in a workspace that is not trusted', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await mkdir(path.join(workspace, 'runbooks'));
    await writeFile(path.join(workspace, 'runbooks', 'spooler.md'), runbook);
    workbench = await startWorkbench({
      workspace,
      extensionsFrom: await ensurePackage(),
      workspaceTrust: true,
    });
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('runs nothing, says so, and is ticked off', async () => {
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row('HD-1004', 'Tickets').waitFor();
    await open(workbench, 'HD-1004');
    await workbench.command('Deskside: Start Run…');
    await workbench.pick('The spooler hangs');
    await untilTab(workbench, 'spooler.md');
    await workbench.command('Deskside: Run Step');
    await told(workbench, /^Nothing is run in a workspace that is not trusted/);
    assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await workbench.page.locator('.terminal-wrapper').count(), 0);
    await workbench.command('Deskside: Tick Step');
    await workbench.answer('Done at the machine.');
    await told(workbench, /every step of "The spooler hangs" is settled/);
    await workbench.press('Attach Run Record…');
    await until('the question', async () =>
      (await workbench.dialog()).includes('internal note') ? true : undefined,
    );
    await workbench.press('Attach');
    await open(workbench, 'HD-1004');
    const panel = await workbench.webview('HD-1004');
    const record = panel.locator('article[data-kind="run"]');
    await record.getByText('Of its command nothing was recorded with that.').waitFor();
    await assert.rejects(stat(path.join(workspace, 'pwned')));
  });
});
