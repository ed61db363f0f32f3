import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import { temporaryFolder } from '../harness/paths.ts';
import { startRtWindow } from '../harness/rtWindow.ts';
import { until, type Workbench } from '../harness/workbench.ts';
import type { WorkbenchWindow } from '../harness/workbenchWindow.ts';
import { RawRt, rtServer } from '../live/rtServer.ts';
import { FaultProxy } from '../shared/faultProxy.ts';

/** Two windows of one user at a live Request Tracker, and a network cable that can be pulled. */
describe('two windows on one account', function () {
  this.timeout(400_000);
  const server = rtServer();
  const raw = new RawRt(server);
  const cable = new FaultProxy(server.base);
  const unique = `${process.pid}-${Date.now().toString(36)}`;
  /** When RT was asked for what is new. */
  const polls: number[] = [];
  let workspace: string;
  let one: Workbench;
  let other: WorkbenchWindow;
  let printer: string;
  let phone: string;

  const windows = () => [one, other];

  before(async () => {
    await cable.open();
    cable.add({
      wants: ({ path }) => path.includes('/transactions?'),
      skip: 0,
      times: Infinity,
      act: async ({ forward, reply }) => {
        polls.push(Date.now());
        reply(await forward());
      },
    });
    [printer, phone] = await Promise.all([ticketOfBob('Printer hums'), ticketOfBob('Phone hums')]);
    workspace = await temporaryFolder('workspace');
    one = await startRtWindow(workspace, cable.port, server.tokens.bob);
    await one.row(`RT-${printer} `, 'Tickets').waitFor();
    other = await one.secondWindow();
    await other.openView('Tickets');
  });

  after(async () => {
    await one.stop();
    await cable.close();
    await rm(workspace, { recursive: true, force: true });
  });

  async function ticketOfBob(subject: string): Promise<string> {
    const id = await raw.create('carol', { Subject: `${subject} ${unique}`, Content: 'Please help.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'bob' });
    return id;
  }

  async function answer(id: string, Content: string): Promise<void> {
    await raw.as('carol', 'POST', `/ticket/${id}/correspond`, { Content, ContentType: 'text/plain' });
  }

  async function panelOf(window: WorkbenchWindow, id: string): Promise<Frame> {
    await window.clickRow(`RT-${id} `, 'Tickets');
    const panel = await window.webview(`RT-${id}`);
    await panel.getByRole('article').first().waitFor();
    return panel;
  }

  async function writeNote(panel: Frame, text: string): Promise<void> {
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    const field = panel.getByRole('textbox', { name: 'Internal note' });
    await field.fill(text);
    await field.press('Control+Enter');
  }

  async function notesOn(id: string): Promise<string[]> {
    const comments = (await raw.spoken(id)).filter(({ Type }) => Type === 'Comment');
    const texts = await Promise.all(
      comments.map(async (item) => (await raw.parts(item.id)).map(({ text }) => text.trim())),
    );
    return texts.flat();
  }

  function inRt(id: string, text: string) {
    return until(`"${text}" in RT`, async () => (await notesOn(id)).includes(text) || undefined, 90);
  }

  const status = (window: WorkbenchWindow) => window.page.locator('.statusbar-item[id$="deskside.status"]');

  async function says(window: WorkbenchWindow, pattern: RegExp): Promise<void> {
    const text = async () => (await status(window).getAttribute('aria-label')) ?? '';
    await until(
      `"${pattern.source}" in the status bar`,
      async () => pattern.test(await text()) || undefined,
      60,
    );
  }

  async function allNotifications(): Promise<string[]> {
    return (await Promise.all(windows().map((window) => window.notifications()))).flat();
  }

  /** What each window told since it was last asked: a notification hides after a while. */
  const seen = [new Set<string>(), new Set<string>()];

  async function told(pattern: RegExp): Promise<void> {
    await until(
      `a notification ${pattern.source}`,
      async () => {
        for (const [index, window] of windows().entries()) {
          for (const text of await window.notifications()) seen[index]!.add(text);
        }
        return seen.some((texts) => [...texts].some((text) => pattern.test(text))) || undefined;
      },
      60,
    );
  }

  it('show the same, and ask the server once between them', async () => {
    for (const id of [printer, phone]) await other.row(`RT-${id} `, 'Tickets').waitFor();
    const rows = async (window: WorkbenchWindow) =>
      (await window.treeRows('Tickets')).map(({ label }) => label);
    await until('the same rows', async () =>
      JSON.stringify(await rows(one)) === JSON.stringify(await rows(other)) ? true : undefined,
    );
    const before = polls.length;
    await until('three more polls', () => Promise.resolve(polls.length >= before + 3 || undefined), 90);
    const apart = polls.slice(before + 1).map((at, index) => at - polls[before + index]!);
    assert.ok(Math.min(...apart) > 5_000, `two windows at ten seconds, milliseconds apart: ${apart.join()}`);
  });

  it('send what is written in either, once, and show it in both', async () => {
    const [first, second] = [await panelOf(one, printer), await panelOf(other, phone)];
    const texts = [`Toner is on its way ${unique}`, `Called her back ${unique}`];
    await Promise.all([writeNote(first, texts[0]!), writeNote(second, texts[1]!)]);
    await Promise.all([inRt(printer, texts[0]!), inRt(phone, texts[1]!)]);
    const [there, here] = [await panelOf(other, printer), await panelOf(one, phone)];
    await there.getByRole('article').filter({ hasText: texts[0] }).waitFor();
    await here.getByRole('article').filter({ hasText: texts[1] }).waitFor();
    for (const window of windows()) await says(window, /^Deskside: (in sync|syncing)/);
    assert.deepEqual(await notesOn(printer), [texts[0]]);
    assert.deepEqual(await notesOn(phone), [texts[1]]);
  });

  it('tell of an answer in one of them: the one in front', async () => {
    for (const window of windows()) await window.command('View: Close All Editors');
    await one.page.bringToFront();
    await one.page.locator('.pane-header[aria-label^="Outbox "]').click();
    await answer(printer, 'It hums louder now.');
    await told(new RegExp(`answered RT-${printer}: Printer hums`));
    await one.screenshot('notification');
    await answer(phone, 'It stopped.');
    await told(new RegExp(`answered RT-${phone}: Phone hums`));
    assert.equal(seen[0]!.size, 2, [...seen[0]!].join('\n'));
    assert.equal(seen[1]!.size, 0, [...seen[1]!].join('\n'));
    const toast = one.page.locator('.notification-list-item', { hasText: `RT-${phone}: Phone hums` });
    await toast.hover();
    await toast.getByRole('button', { name: 'Open', exact: true }).click();
    const panel = await one.webview(`RT-${phone}`);
    await panel.getByRole('article').filter({ hasText: 'It stopped.' }).waitFor();
    for (const window of windows()) await window.command('Notifications: Clear All Notifications');
  });

  it('without a network say so in one place, pop nothing up, and go on working; with it, all is sent', async () => {
    await cable.shut();
    for (const window of windows()) await says(window, /offline/);
    const text = `Written in a tunnel ${unique}`;
    const panel = await panelOf(other, phone);
    await panel.getByRole('article').filter({ hasText: 'It stopped.' }).waitFor();
    await writeNote(panel, text);
    for (const window of windows()) await says(window, /offline, 1 in outbox/);
    assert.deepEqual(await allNotifications(), []);
    assert.equal(await one.page.locator('.monaco-dialog-box').count(), 0);
    await status(one).hover();
    const hover = one.page.locator('.workbench-hover', { hasText: 'RT:' });
    await hover.waitFor();
    assert.match((await hover.textContent()) ?? '', /synced\s\d/);
    await one.screenshot('status-offline');

    await cable.open();
    await inRt(phone, text);
    for (const window of windows()) await says(window, /^Deskside: (in sync|syncing)/);
    assert.deepEqual(await notesOn(phone), [`Called her back ${unique}`, text]);
    assert.deepEqual(
      (await allNotifications()).filter((said) => /sign|token|reach|offline/i.test(said)),
      [],
    );
  });

  it('work offline by choice in both, until one goes online', async () => {
    await one.command('Deskside: Work Offline');
    for (const window of windows()) await says(window, /working offline/);
    const before = cable.requests;
    const text = `Kept back ${unique}`;
    await writeNote(await panelOf(other, printer), text);
    for (const window of windows()) await says(window, /working offline, 1 in outbox/);
    assert.equal(cable.requests, before);
    await other.command('Deskside: Go Online');
    await inRt(printer, text);
    for (const window of windows()) await says(window, /^Deskside: (in sync|syncing)/);
  });
});
