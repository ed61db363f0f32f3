import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { ask } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

describe('an empty desk', () => {
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

  const draftIsOpen = () =>
    until('the draft', async () => (await workbench.activeTab()).includes('New ticket') || undefined);
  const lines = (start: string) =>
    until(`a line "${start}"`, async () =>
      (await workbench.editorLines()).find((line) => line.startsWith(start)),
    );

  it('shows its views, and pops nothing up', async () => {
    await (await workbench.openView('Tickets')).waitFor();
    await (await workbench.openView('Outbox')).waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('has a new ticket written as a document, which is found again after its editor was closed', async () => {
    await workbench.command('Deskside: New Ticket…');
    await draftIsOpen();
    await lines('subject:');
    await workbench.type(' Badge reader at the east door is dead');
    await lines('subject: Badge reader');
    await workbench.command('File: Save');
    await workbench.command('View: Close Editor');
    await until('the editor to close', async () =>
      (await workbench.tabs()).length === 0 ? true : undefined,
    );
    // An editor may close before what it saves has arrived: the list names it once it has.
    await ask(workbench, 'Deskside: New Ticket…', () =>
      workbench.pick('Badge reader at the east door is dead', 10_000),
    );
    await draftIsOpen();
    await lines('subject: Badge reader');
  });

  it('has the ticket created with one key, and its draft is gone', async () => {
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await workbench.page.keyboard.press('Control+Enter');
    await until('the draft to close', async () => ((await workbench.tabs()).length === 0 ? true : undefined));
    await workbench.command('Deskside: Show All Tickets');
    const row = await until('the ticket in the tree', async () =>
      (await workbench.treeRows('Tickets')).find(({ label }) => label.includes('Badge reader')),
    );
    assert.match(row.label, /\bDESK-1 /);
    await workbench.command('Deskside: New Ticket…');
    await draftIsOpen();
    assert.equal(await lines('subject:'), 'subject:');
  });

  it('asks about no new ticket that nothing was written in', async () => {
    await workbench.command('View: Close Editor');
    await until('the editor to close', async () =>
      (await workbench.tabs()).length === 0 ? true : undefined,
    );
    await workbench.command('Deskside: New Ticket…');
    await draftIsOpen();
    await workbench.type(' Door');
    await lines('subject: Door');
  });
});
