import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { ask, open, question, untilTab } from '../harness/ticketSteps.ts';
import { startWorkbench, until, type Workbench } from '../harness/workbench.ts';

const runbook = (id: string, title: string, command: string) => `---
id: ${id}
title: ${title}
type: runbook
---
# ${title}

## Steps

1. Begin

   \`\`\`sh
   ${command}
   \`\`\`

2. Ask the requester.
`;
const secret = `hunter2x-${process.pid}`;

describe('the terminal of a run that was given a secret', function () {
  this.timeout(300_000);
  let workspace: string;
  let userDataDir: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    userDataDir = await temporaryFolder('secret');
    const folder = path.join(workspace, 'runbooks');
    await mkdir(folder);
    await writeFile(path.join(folder, 'look.md'), runbook('look', 'Look around', 'echo {{ticket}}'));
    await writeFile(
      path.join(folder, 'admin.md'),
      runbook('admin', 'Be the admin', 'test {{admin_password}}'),
    );
    workbench = await startWorkbench({ workspace, userDataDir, extensionsFrom: await ensurePackage() });
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row('HD-1004', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    for (const folder of [workspace, userDataDir]) await rm(folder, { recursive: true, force: true });
  });

  async function runFirstStep(key: string, title: string, file: string, given?: string): Promise<void> {
    await open(workbench, key);
    await ask(workbench, 'Deskside: Start Run…', async () => {
      await workbench.fill(title, 10_000);
      await workbench.accept(title, 10_000);
    });
    await untilTab(workbench, file);
    await open(workbench, key);
    await workbench.command('Deskside: Run Step');
    if (given !== undefined) {
      await question(workbench, /^Value of /);
      await workbench.answer(given);
    }
    const button = workbench.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: /^Run$/ });
    await button.waitFor();
    assert.ok(!(await workbench.dialog()).includes(secret));
    await button.click();
    await until(
      `the first step for ${key}`,
      async () => {
        const rows = await workbench.treeRows('Runs');
        const at = rows.findIndex(({ description }) => description.startsWith(key));
        return rows[at + 1]?.spoken.includes(', done, ') || undefined;
      },
      150,
    );
  }

  /** Those of runs, by the tickets they are for. */
  async function terminals(): Promise<string[]> {
    await workbench.command('Terminal: Switch Active Terminal');
    const { rows } = await workbench.quickInput();
    await workbench.key('Escape');
    return rows.flatMap((row) => /Deskside (HD-\d+)$/.exec(row)?.[1] ?? []);
  }

  /** The files of this VS Code, its browser's among them, that have this text in them. */
  async function filesWith(text: string): Promise<string[]> {
    const all = await readdir(userDataDir, { recursive: true, withFileTypes: true });
    const files = all.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
    const read = await Promise.all(files.map((file) => readFile(file).catch(() => '')));
    return files.filter((_, at) => read[at]?.includes(text));
  }

  it('goes away with the window, as VS Code writes down what others were made with', async () => {
    await runFirstStep('HD-1004', 'Look around', 'look.md');
    await runFirstStep('HD-1007', 'Be the admin', 'admin.md', secret);
    assert.deepEqual(await terminals(), ['HD-1004', 'HD-1007']);
    await workbench.reload();
    const left = await until(
      'terminals of the last window',
      async () => {
        const found = await terminals();
        return found.length > 0 ? found : undefined;
      },
      60,
    );
    assert.deepEqual(left, ['HD-1004']);
    assert.notDeepEqual(await filesWith('Be the admin'), []);
    assert.deepEqual(await filesWith(secret), []);
  });
});
