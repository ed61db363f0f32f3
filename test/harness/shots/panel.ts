import { open } from '../ticketSteps.ts';
import { editing, writeAll, type Scene } from './scene.ts';

const ticket = 'HD-1001';
const answer =
  'Hello Inês,\n\nthank you for telling me about the three drops. The power saving of your Wi-Fi adapter cuts the tunnel; I have just switched it off on LT-0412.\n\nPlease work as usual, also in the call at three. If the VPN drops once more, tell me when, and I will go on from there.\n\nAlice\nService Desk';

const composer: Scene = async (camera) => {
  const panel = await open(camera.workbench, 'HD-1003');
  await panel.getByRole('button', { name: 'Note', exact: true }).click();
  await panel.getByRole('textbox', { name: 'Internal note' }).fill('The spare printer is in cupboard 4.');
  await camera.take('composer-internal');
  await panel.getByRole('button', { name: 'Reply', exact: true }).click();
  await panel.getByRole('textbox', { name: /^Public reply/ }).fill('A colleague is on the way to gate 3.');
  await camera.take('composer-public');
  await panel.getByRole('textbox', { name: /^Public reply/ }).press('Control+Enter');
  await camera.workbench.dialog();
  await camera.take('composer-question');
  await camera.workbench.press('Cancel');
};

const properties: Scene = async (camera) => {
  const panel = await open(camera.workbench, 'HD-1003');
  for (const property of ['Status', 'Assignee', 'Tags']) {
    await panel.getByRole('button', { name: new RegExp(`^${property}: .*Change$`) }).click();
    await panel.getByRole('option').first().waitFor();
    await camera.take(`property-${property.toLowerCase()}`);
    await panel.getByRole('option').first().press('Escape');
  }
};

const finding: Scene = async (camera) => {
  const panel = await open(camera.workbench, 'HD-1003');
  await panel.locator('.timeline').focus();
  await camera.workbench.page.keyboard.press('ControlOrMeta+F');
  await camera.workbench.page.keyboard.type('printer');
  await panel
    .locator('deskside-find')
    .getByText(/\d+ of \d+/)
    .waitFor();
  await camera.take('find');
};

/** The panel where it has about 300 pixels. */
const narrow: Scene = async (camera) => {
  const { page } = camera.workbench;
  const size = page.viewportSize() ?? { width: 1400, height: 900 };
  await page.setViewportSize({ width: 690, height: size.height });
  await open(camera.workbench, ticket);
  await camera.take('panel-narrow', { width: 690 });
  await page.setViewportSize(size);
};

const reply: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, ticket);
  await workbench.command('Deskside: Reply…');
  await editing(workbench, `Reply to ${ticket}`);
  await writeAll(workbench, answer);
  await camera.take('reply');
  await workbench.page.keyboard.press('Control+Enter');
  await workbench.press('Send Public Reply');
  const panel = await open(workbench, ticket);
  await panel.getByRole('article').filter({ hasText: 'three drops' }).filter({ hasText: 'Public' }).waitFor();
  await camera.take('replied');
};

/** What is written, read and changed in the ticket panel. */
export const panel = { composer, properties, find: finding, narrow, reply };
