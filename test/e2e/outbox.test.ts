import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Operation, Step } from '../../src/desk/operation.ts';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { freePort } from '../harness/processes.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';
import { seedStore } from '../shared/seed.ts';
import { aTicket } from '../shared/tickets.ts';

const ticket = aTicket({ id: '12', key: 'RT-12', subject: 'Scanner beeps twice', createdAt: Date.now() });
const body = 'Please scan the code on the back.';
const reply: Step = { type: 'post', kind: 'reply', visibility: 'public', body };
const status: Step = { type: 'update', fields: { status: 'resolved' }, before: { status: 'Open' } };

function operation(id: string, given: Partial<Operation>): Operation {
  return {
    id,
    accountId: 'rt',
    ticketId: '12',
    label: 'RT-12',
    intent: 'reply',
    steps: [reply],
    done: 0,
    state: 'queued',
    baseRevision: '1',
    createdAt: Date.now(),
    attempts: 1,
    forced: false,
    ...given,
  };
}

describe('the outbox', () => {
  let workspace: string;
  let userDataDir: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    userDataDir = await temporaryFolder('outbox');
    await seedStore(userDataDir, async (run) => {
      await run('putTimeline', { ticket, entries: [] });
      await run(
        'queue',
        operation('1-refused', { state: 'failed', error: { reason: 'rejected', message: 'Too long' } }),
      );
      await run(
        'queue',
        operation('2-conflict', {
          state: 'conflict',
          intent: 'status',
          steps: [status],
          conflict: {
            type: 'fields',
            fields: [{ field: 'status', base: 'Open', mine: 'resolved', theirs: 'stalled' }],
          },
        }),
      );
    });
    const url = `http://127.0.0.1:${await freePort()}`;
    workbench = await startWorkbench({
      workspace,
      userDataDir,
      extensionsFrom: await ensurePackage(),
      settings: { 'deskside.accounts': [{ id: 'rt', backend: 'rt', label: 'Request Tracker', url }] },
    });
    await workbench.openView('Tickets');
    await workbench.openView('Outbox');
  });

  after(async () => {
    await workbench.stop();
    for (const folder of [workspace, userDataDir]) await rm(folder, { recursive: true, force: true });
  });

  async function labels(): Promise<string[]> {
    return (await workbench.treeRows('Outbox')).map(({ label }) => label);
  }

  async function shows(what: string, fits: (labels: string[]) => boolean): Promise<void> {
    await until(what, async () => (fits(await labels()) ? true : undefined));
  }

  it('shows what did not arrive, why, and what to do', async () => {
    await shows('both changes', (all) => all.length === 4);
    const [first, why, second, whyToo] = await workbench.treeRows('Outbox');
    assert.equal(first?.label, 'Public reply to RT-12');
    assert.match(first.description, /^not sent · Request Tracker · /);
    assert.match(why?.label ?? '', /The server refused this: Too long\./);
    assert.equal(second?.label, 'RT-12: status resolved');
    assert.match(second.spoken, /changed there meanwhile/);
    assert.match(whyToo?.label ?? '', /status → stalled/);
  });

  it('compares both sides of a conflict', async () => {
    await workbench.rowAction('RT-12: status resolved', 'Compare', 'Outbox');
    await until('the comparison', async () =>
      (await workbench.tabs()).find((tab) => tab.includes('there ↔ your change')),
    );
    const lines = await until('both sides', async () => {
      const shown = (await workbench.editorLines()).join('\n');
      return shown.includes('stalled') && shown.includes('resolved') ? shown : undefined;
    });
    assert.match(lines, /when you began: Open/);
  });

  it('gives a change of fields up without a question, and back on request', async () => {
    await workbench.openView('Outbox');
    await workbench.rowAction('RT-12: status resolved', 'Discard', 'Outbox');
    await shows('one change less', (all) => !all.includes('RT-12: status resolved'));
    await workbench.press('Undo');
    await shows('the change again', (all) => all.includes('RT-12: status resolved'));
  });

  it('does not throw written text away without a question', async () => {
    await workbench.rowAction('Public reply to RT-12', 'Discard', 'Outbox');
    assert.match(await workbench.dialog(), /discard what you wrote\?/);
    await workbench.press('Cancel');
    assert.ok((await labels()).includes('Public reply to RT-12'));
  });

  it('makes a draft of a reply again', async () => {
    await workbench.rowAction('Public reply to RT-12', 'Discard', 'Outbox');
    await workbench.press('Make It a Draft');
    await until('the draft', async () => ((await workbench.editorLines()).includes(body) ? true : undefined));
    await workbench.openView('Outbox');
    await shows('an outbox without the reply', (all) => !all.includes('Public reply to RT-12'));
  });

  it('says of what is sent to a system out of reach that it waits there', async () => {
    await workbench.command('Deskside: Send');
    await workbench.press('Send Public Reply');
    const statusBar = workbench.page.locator('.part.statusbar');
    await statusBar.getByText(/RT-12: waits in the outbox until/).waitFor();
    await shows('the reply again', (all) => all.includes('Public reply to RT-12'));
  });

  it('offers what can be done with a waiting row in its menu and at its right', async () => {
    const { page } = workbench;
    await workbench.row('Public reply to RT-12', 'Outbox').click({ button: 'right' });
    const item = (label: string) => page.locator(`.monaco-menu .action-label[aria-label="${label}"]`);
    await item('Take Back and Edit').waitFor();
    assert.equal(await item('Discard').isVisible(), true);
    await page.keyboard.press('Escape');
    await workbench.rowAction('Public reply to RT-12', 'Discard', 'Outbox');
    assert.match(await workbench.dialog(), /discard what you wrote\?/);
    await workbench.press('Cancel');
    await workbench.rowAction('Public reply to RT-12', 'Take Back and Edit', 'Outbox');
    await shows('an outbox without the reply', (all) => !all.includes('Public reply to RT-12'));
  });
});
