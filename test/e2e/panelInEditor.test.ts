import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Frame, Locator } from 'playwright-core';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

/** The ticket panel in VS Code itself, on a ticket of the sample desk. */
describe('a ticket panel in the editor', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.row('HD-1003', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  async function open(): Promise<Frame> {
    await workbench.clickRow('HD-1003', 'Tickets');
    const panel = await workbench.webview('HD-1003');
    await panel.getByRole('heading', { level: 1 }).waitFor();
    return panel;
  }
  const note = (panel: Frame): Locator => panel.getByRole('textbox', { name: 'Internal note' });

  it('shows the ticket with the editor\u2019s own icons', async () => {
    const panel = await open();
    await panel.getByRole('article').first().waitFor();
    assert.match(await workbench.activeTab(), /^HD-1003 \S/);
    await panel.waitForFunction(() => document.fonts.check('16px codicon'));
    await workbench.screenshot('panel');
  });

  it('stays one panel however often the ticket is opened', async () => {
    await open();
    await open();
    assert.equal((await workbench.tabs()).filter((tab) => tab.startsWith('HD-1003')).length, 1);
  });

  it('adds an internal note at Ctrl+Enter, which comes back as an internal entry', async () => {
    const panel = await open();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    await note(panel).fill('The spare laptop is in cupboard 4.');
    await note(panel).press('Control+Enter');
    await panel
      .getByRole('article', { name: /^Internal note by/ })
      .getByText('cupboard 4')
      .waitFor();
    await until('an empty field', async () => ((await note(panel).inputValue()) === '' ? true : undefined));
  });

  it('sends a public reply only after a question, and keeps the text when that is answered no', async () => {
    const panel = await open();
    const reply = panel.getByRole('textbox', { name: /^Public reply/ });
    const articles = panel.getByRole('article').filter({ hasText: 'A colleague is on the way.' });
    await panel.getByRole('button', { name: 'Reply', exact: true }).click();
    await reply.fill('A colleague is on the way.');
    await reply.press('Control+Enter');
    assert.match(await workbench.dialog(), /It is public/);
    await workbench.press('Cancel');
    await panel.locator('.send[aria-disabled=false]').waitFor();
    assert.equal(await reply.inputValue(), 'A colleague is on the way.');
    assert.equal(await articles.count(), 0);
    await panel.getByRole('button', { name: /^Send public reply/ }).click();
    await workbench.press('Send Public Reply');
    await articles.and(panel.getByRole('article', { name: /^Public reply by/ })).waitFor();
  });

  it('turns to the next ticket and back without loading its page again', async () => {
    const panel = await open();
    await panel.evaluate(() => (document.body.dataset.page = 'the same'));
    await panel.getByRole('button', { name: 'Next ticket of the queue' }).click();
    const key = panel.locator('.key');
    await until('another ticket', async () => ((await key.textContent()) === 'HD-1003' ? undefined : true));
    await panel.getByRole('article').first().waitFor();
    await panel.getByRole('button', { name: 'Previous ticket of the queue' }).click();
    await until('the first one', async () => ((await key.textContent()) === 'HD-1003' ? true : undefined));
    assert.equal(await panel.evaluate(() => document.body.dataset.page), 'the same');
  });

  it('shares its draft with the editor, in both directions', async () => {
    let panel = await open();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    await note(panel).fill('Begun in the panel');
    await panel.getByRole('button', { name: 'Open in editor' }).click();
    await until('the draft in an editor', async () =>
      (await workbench.editorLines()).some((line) => line.includes('Begun in the panel')) ? true : undefined,
    );
    await workbench.type(', ended in the editor');
    panel = await open();
    await until('the text in the panel', async () =>
      (await note(panel).inputValue()) === 'Begun in the panel, ended in the editor' ? true : undefined,
    );
  });

  it('makes macros: of what stands in its box, and of a text that is asked for', async () => {
    const asks = (title: string) =>
      until(title, async () => ((await workbench.quickInput()).title === title ? true : undefined));
    const kept = (name: string) =>
      until(`${name} kept`, async () =>
        (await workbench.notifications()).some((text) =>
          text.includes(`“${name}” is kept in your user settings`),
        )
          ? true
          : undefined,
      );
    const panel = await open();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    await note(panel).fill('Restart the spooler.\nThen print a test page.');
    await panel.getByRole('button', { name: 'Insert macro…' }).click();
    await workbench.pick('New macro…');
    await asks('New Macro');
    await workbench.answer('Spooler');
    await kept('Spooler');
    await note(panel).fill('');
    await workbench.command('Deskside: New Macro…');
    await asks('New Macro');
    await workbench.answer('Greeting');
    await asks('New Macro: Greeting');
    await workbench.answer('Hello {{requester.firstname}}!');
    await kept('Greeting');
    await panel.getByRole('button', { name: 'Insert macro…' }).click();
    await workbench.pick('Spooler');
    await until('the macro in the box', async () =>
      (await note(panel).inputValue()) === 'Restart the spooler.\nThen print a test page.' ? true : undefined,
    );
    await note(panel).fill('');
  });

  it('is there again after a reload, with the draft and the choice of who reads it', async () => {
    let panel = await open();
    await panel.getByRole('button', { name: 'Reply', exact: true }).click();
    const reply = () => panel.getByRole('textbox', { name: /^Public reply/ });
    await reply().fill('Half a sentence');
    await workbench.reload();
    await workbench.page.getByRole('tab', { name: /^HD-1003/ }).click();
    panel = await workbench.webview('HD-1003');
    await until('the draft', async () =>
      (await reply().inputValue()) === 'Half a sentence' ? true : undefined,
    );
    assert.equal(await panel.getByRole('radio', { name: /Public reply/ }).isChecked(), true);
  });

  it('answers again after the extension host crashed, in one tab for each ticket', async () => {
    await workbench.clickRow('HD-1004', 'Tickets');
    const panel = await workbench.webview('HD-1004');
    await panel.getByRole('article').first().waitFor();
    assert.ok((await workbench.killExtensionHost()).length > 0);
    await until('another page of HD-1004', async () =>
      (await workbench.webview('HD-1004')) === panel ? undefined : true,
    );
    await (await workbench.webview('HD-1004')).getByRole('article').first().waitFor();
    await workbench.page.getByRole('tab', { name: /^HD-1003/ }).click();
    const other = await until('the other one', async () => {
      const page = await workbench.webview('HD-1003');
      return (await page.getByRole('button', { name: 'Reply', exact: true }).count()) === 1
        ? page
        : undefined;
    });
    await other.getByRole('button', { name: 'Reply', exact: true }).click();
    const reply = other.getByRole('textbox', { name: /^Public reply/ });
    await until('its draft', async () =>
      (await reply.inputValue()) === 'Half a sentence' ? true : undefined,
    );
    await until('one tab for each', async () => {
      const keys = (await workbench.tabs()).map((tab) => tab.slice(0, 7)).filter((key) => /^HD-/.test(key));
      return keys.toSorted().join() === 'HD-1003,HD-1004' || undefined;
    });
  });
});
