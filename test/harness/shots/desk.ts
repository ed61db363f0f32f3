import path from 'node:path';
import { open, question, told } from '../ticketSteps.ts';
import { until } from '../workbench.ts';
import type { Camera } from './camera.ts';
import { editing, widenSideBar, writeAll, type Scene } from './scene.ts';

/** The day begins: nothing is there, then the sample desk is. */
async function openDesk(camera: Camera): Promise<void> {
  const { workbench } = camera;
  await workbench.openView('Tickets');
  await workbench.page.locator('.pane .welcome-view-content:visible').first().waitFor();
  await camera.take('no-tickets');
  await workbench.command('Deskside: Load Sample Desk');
  await workbench.row('HD-1001', 'Tickets').waitFor();
  await told(workbench, /sample desk is loaded/);
  await camera.take('sample-loaded');
}

const tickets: Scene = async (camera) => {
  const { workbench } = camera;
  await widenSideBar(workbench, 540);
  await open(workbench, 'HD-1001');
  await camera.take('tickets');
  await widenSideBar(workbench, 330);
  await workbench.row('HD-1003', 'Tickets').hover();
  await workbench.page.locator('.workbench-hover:visible', { hasText: 'HD-1003' }).first().waitFor();
  await camera.take('ticket-tooltip', { points: true });
  await workbench.page.mouse.move(0, 0);
};

const finding: Scene = async (camera) => {
  const { workbench } = camera;
  await workbench.command('Deskside: Search Tickets…');
  await workbench.fill('printer is:open');
  await until('tickets', async () =>
    (await workbench.quickInput()).rows.some((row) => row.includes('HD-')) ? true : undefined,
  );
  await camera.take('search');
  await workbench.key('Escape');
  await workbench.command('Deskside: Filter Tickets…');
  await until('the filter', async () => (await workbench.quickInput()).rows.length > 0 || undefined);
  await camera.take('filter');
  await workbench.key('Escape');
};

const columnMapping: Scene = async (camera, workspace) => {
  const { workbench } = camera;
  await workbench.command('Deskside: Import Tickets (CSV/JSON)…');
  await until('the file dialog', async () => (await workbench.quickInput()).value.includes('/') || undefined);
  await workbench.fill(path.join(workspace, 'exports', 'incidents.csv'));
  await workbench.pick('incidents.csv');
  await question(workbench, /what the columns mean/);
  await camera.take('import');
  await workbench.key('Escape');
};

/** A ticketing system that can't be reached, and what waits for it. */
const outbox: Scene = async (camera) => {
  const { workbench } = camera;
  await workbench.command('Deskside: Add Account…');
  await camera.take('add-account');
  await workbench.pick('Request Tracker');
  await question(workbench, /Add Account: Request Tracker/);
  await workbench.answer('rt.example.com');
  await question(workbench, /Sign In/);
  await workbench.answer('1-14-0123456789abcdef0123456789abcdef');
  await workbench.press('Save Anyway');
  await workbench.page.getByText('Request Tracker can’t be reached').first().waitFor();
  await workbench.command('Deskside: New Ticket…');
  await workbench.pick('Request Tracker');
  await editing(workbench, 'New ticket');
  await writeAll(workbench, ' Monitor stays black after the docking station was changed');
  await camera.take('new-ticket');
  await workbench.page.keyboard.press('Control+Enter');
  await workbench.row('New ticket: Monitor', 'Outbox').waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await widenSideBar(workbench, 640);
  await camera.take('outbox', { width: 690 });
};

/** The desk itself: its first scenes, and the one that leaves a system behind that can't be reached. */
export const desk = {
  open: openDesk,
  before: { tickets, finding, import: columnMapping },
  after: { outbox },
};
