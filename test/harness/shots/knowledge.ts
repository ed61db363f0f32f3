import { ask, open, question } from '../ticketSteps.ts';
import { until } from '../workbench.ts';
import { editing, overWord, writeAll, type Scene } from './scene.ts';

const ticket = 'HD-1001';
const unwritten = 'HD-1023';

const runbook: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, unwritten);
  await workbench.command('Deskside: Write Runbook from Ticket…');
  await question(workbench, /Write Runbook \(1\/2\)/);
  await camera.take('redaction');
  await workbench.key('Enter');
  await question(workbench, /Write Runbook \(2\/2\)/);
  await workbench.key('Enter');
  await workbench.page.locator('.tab.active[data-resource-name$=".md"]').waitFor();
  await workbench.editorLines();
  await workbench.command('Notifications: Clear All Notifications');
  await camera.take('runbook');
};

const hover: Scene = async (camera) => {
  const { workbench } = camera;
  await workbench.command('Go to File...');
  await workbench.fill('vpn-drops.md');
  await workbench.pick('vpn-drops.md');
  await editing(workbench, 'vpn-drops.md');
  const { page } = workbench;
  await page.keyboard.press('Control+End');
  const key = page.locator('.editor-group-container.active .view-line', { hasText: 'Written from HD-1019' });
  await key.waitFor();
  await until('the hover', async () => {
    await overWord(key, 'HD-1019');
    const shown = page.locator('.monaco-hover:visible', { hasText: 'Network & Infrastructure' });
    return (await shown.count()) > 0 || undefined;
  });
  await camera.take('hover', { points: true });
  await page.mouse.move(0, 0);
};

/** What is in progress stays in the side bar: the last of all scenes. */
export const run: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, 'HD-1003');
  await ask(workbench, 'Deskside: Start Run…', async () => {
    await workbench.fill('Printer queue', 10_000);
    await workbench.accept('Printer queue', 10_000);
  });
  await editing(workbench, 'printer-queue-stuck.md');
  await ask(workbench, 'Deskside: Tick Step', async () => {
    await workbench.fill('43 jobs, the oldest one from 06:12.', 10_000);
    await workbench.key('Enter');
  });
  await workbench.row(/^1\./, 'Runs').waitFor();
  await workbench.page.locator('.codelens-decoration', { hasText: 'Ticked by hand' }).waitFor();
  await camera.take('run');
};

const resolution: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, ticket);
  await workbench.command('Deskside: Resolve with Note…');
  await question(workbench, /\(1\/2\)/);
  await workbench.pick('VPN drops after a few minutes');
  await workbench.pick('It solved the ticket');
  await editing(workbench, `Resolution of ${ticket}`);
  await writeAll(workbench, 'Switched off the power saving of the Wi-Fi adapter. No drop for a working day.');
  await camera.take('resolution');
  await workbench.page.keyboard.press('Control+Enter');
  const panel = await open(workbench, ticket);
  await panel.getByRole('article').filter({ hasText: 'Solved it' }).waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await camera.take('resolved');
};

const report: Scene = async (camera) => {
  const { workbench } = camera;
  await workbench.command('Deskside: Open Report…');
  await workbench.pick('The last 30 days');
  await question(workbench, /Report \(2\/2\)/);
  await workbench.key('Enter');
  await until('the report', async () => (await workbench.activeTab()).includes('eport') || undefined);
  await camera.take('report');
};

/** Documents and what they are linked to. */
export const knowledge = { runbook, hover, resolution, report };
