import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { open, shown, told, untilTab, write } from './ticketSteps.ts';
import type { Workbench } from './workbench.ts';
import { until } from './workbenchWindow.ts';

export interface MainJob {
  workbench: Workbench;
  workspace: string;
  /** A file to import first; otherwise the sample desk is loaded. */
  importFile?: string;
  /** Told of every step as it begins. */
  step: (name: string, work: () => Promise<void>) => Promise<void>;
}

const reply =
  'Thank you for calling. We found the reason and are testing the fix; you will hear from us today.';
const noteOnSolution =
  'Cleared the cached credentials and signed in again; the caller confirmed that it works.';
const hypothesis = 'The certificate of the gateway was replaced on one node only.';

/** A ticket's whole life, done as a person would do it, through the real user interface. */
export async function doMainJob(job: MainJob): Promise<void> {
  const { workbench, workspace, importFile, step } = job;
  let first = '';
  let second = '';
  let runbook = '';

  await step('bring in tickets', async () => {
    await workbench.openView('Tickets');
    if (importFile === undefined) await loadSample(workbench);
    else await importTickets(workbench, importFile);
    await workbench.screenshot('once-1-imported');
  });

  await step('see what is mine in the tree', async () => {
    if (importFile !== undefined) await workbench.clickRow('Resolved and closed', 'Tickets');
    const keys = await until('two tickets in the tree', async () => {
      const rows = (await workbench.treeRows('Tickets')).filter(({ level }) => level === 2);
      return rows.length >= 2 ? rows.map(({ label }) => /[A-Z#][\w-]*\d/.exec(label)?.[0] ?? '') : undefined;
    });
    [first = '', second = ''] = keys;
    await workbench.screenshot('once-2-tree');
  });

  await step('open one in the panel', async () => {
    await open(workbench, first);
    if (importFile !== undefined) await reopen(workbench, first);
    await workbench.screenshot('once-3-panel');
  });

  await step('answer it in public', async () => {
    const panel = await open(workbench, first);
    await panel.getByRole('radio', { name: 'Public reply' }).check();
    await panel.getByRole('textbox', { name: /public/i }).fill(reply);
    await panel.getByRole('button', { name: /Send public reply/ }).click();
    await workbench.press('Send Public Reply');
    await panel.getByRole('article').filter({ hasText: reply }).filter({ hasText: 'Public' }).waitFor();
    await workbench.screenshot('once-4-replied');
  });

  await step('write a runbook from it', async () => {
    await open(workbench, first);
    await workbench.command('Deskside: Write Runbook from Ticket…');
    const ask = () =>
      until('a question about the runbook', async () => {
        const { title, value } = await workbench.quickInput();
        return /Write Runbook|something like/.test(title) ? { title, value } : undefined;
      });
    let asked = await ask();
    if (asked.title.includes('something like')) {
      await workbench.pick('Write a new one');
      asked = await until('the text to look through', async () => {
        const next = await ask();
        return next.title.includes('Write Runbook') ? next : undefined;
      });
    }
    let file = asked.value;
    if (asked.title.includes('1/2')) {
      await workbench.key('Enter');
      file = await until('the place of the runbook', async () => {
        const { title, value } = await workbench.quickInput();
        return title.includes('2/2') ? value : undefined;
      });
    }
    await workbench.key('Enter');
    runbook = path.join(workspace, file);
    await untilTab(workbench, path.basename(runbook));
    const text = await until('the runbook on disk', () =>
      Promise.resolve(existsSync(runbook) ? readFileSync(runbook, 'utf8') || undefined : undefined),
    );
    assert.match(text, new RegExp(`tickets: \\[${first}\\]`));
    for (const section of ['Issue', 'Environment', 'Steps', 'Verify', 'Escalate when', 'Cause']) {
      assert.match(text, new RegExp(`^## ${section}$`, 'm'));
    }
    await workbench.screenshot('once-5-runbook');
  });

  await step('escalate another from the command palette', async () => {
    await open(workbench, second);
    await workbench.command('Deskside: Escalate Ticket…');
    await until('the teams', async () => {
      const { title, rows } = await workbench.quickInput();
      return (title.includes('1/2') && rows.length > 0) || undefined;
    });
    await workbench.key('Enter');
    await workbench.pick('needs skill we do not have');
    await untilTab(workbench, `Hand-off of ${second}`);
    await write(workbench, hypothesis);
    await workbench.screenshot('once-6-hand-off');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = await shown(workbench, second);
    await panel
      .getByRole('article')
      .filter({ hasText: hypothesis })
      .filter({ hasText: 'Internal' })
      .waitFor();
    await panel.getByText('Tier 2').first().waitFor();
    await workbench.screenshot('once-7-escalated');
  });

  await step('resolve the first with a note linked to the runbook', async () => {
    await open(workbench, first);
    await workbench.command('Deskside: Resolve with Note…');
    await until('the documents', async () => {
      const { title, rows } = await workbench.quickInput();
      return (title.includes('1/2') && rows.length > 1) || undefined;
    });
    await workbench.fill(path.basename(runbook));
    await workbench.key('Enter');
    await workbench.pick('It solved the ticket');
    await untilTab(workbench, `Resolution of ${first}`);
    await write(workbench, noteOnSolution);
    await workbench.page.keyboard.press('Control+Enter');
    await assertResolved(await shown(workbench, first));
    await workbench.screenshot('once-8-resolved');
  });

  await step('reload the window and find all of it', async () => {
    await workbench.reload();
    const again = await open(workbench, first);
    await again.getByRole('article').filter({ hasText: reply }).waitFor();
    await assertResolved(again);
    const escalated = await open(workbench, second);
    await escalated.getByRole('article').filter({ hasText: hypothesis }).waitFor();
    assert.ok(existsSync(runbook));
    assert.deepEqual(await workbench.treeRows('Outbox'), []);
    await workbench.screenshot('once-9-reloaded');
  });
}

async function loadSample(workbench: Workbench): Promise<void> {
  await workbench.command('Deskside: Load Sample Desk');
  await told(workbench, /sample desk is loaded/);
}

async function importTickets(workbench: Workbench, file: string): Promise<void> {
  const question = (title: RegExp) =>
    until(
      `the question ${title.source}`,
      async () => title.test((await workbench.quickInput()).title) || undefined,
    );
  await workbench.command('Deskside: Import Tickets (CSV/JSON)…');
  await until('the file dialog', async () => (await workbench.quickInput()).rows.includes('..') || undefined);
  await workbench.fill(file);
  await workbench.pick(path.basename(file));
  await question(/what the columns mean/);
  await workbench.pick('Looks right, go on');
  await question(/Which of these assignees/);
  await workbench.pick('Resolver 201');
  await question(/preview/);
  await workbench.pick('Import 890 tickets');
  await told(workbench, /^890 tickets imported/);
}

async function reopen(workbench: Workbench, key: string): Promise<void> {
  await workbench.command('Deskside: Change Status…');
  await workbench.pick('Open');
  const panel = await shown(workbench, key);
  await panel.getByText('Open', { exact: true }).first().waitFor();
}

async function assertResolved(panel: Frame): Promise<void> {
  await panel.getByText('Resolved', { exact: true }).first().waitFor();
  await panel
    .getByRole('article')
    .filter({ hasText: noteOnSolution })
    .filter({ hasText: 'Solved it' })
    .waitFor();
}
