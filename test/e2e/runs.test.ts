import assert from 'node:assert/strict';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { open, shown, told, untilTab } from '../harness/ticketSteps.ts';
import { startWorkbench, until, type Workbench } from '../harness/workbench.ts';
import { RawRt, rtServer } from '../live/rtServer.ts';

/** The second step ends only when this test says so. */
const runbook = `---
id: spooler
title: The spooler hangs
type: runbook
---
# The spooler hangs

## Steps

1. Look at the queue

   \`\`\`sh
   printf 'looking at %s: %s\\n' {{ticket}} "{{subject}}"
   \`\`\`

2. Restart it

   \`\`\`bash
   echo "password=hunter2x for restarting"
   touch started
   until [ -e go ]; do
     sleep 0.1
   done
   echo "through!"
   \`\`\`

3. Print a page

   \`\`\`sh
   rm -f started go; echo printed
   \`\`\`
`;
/** Shells start slowly where there is much else to do. */
const patience = 150;

describe('a run of three steps', function () {
  this.timeout(600_000);
  const server = rtServer();
  const raw = new RawRt(server);
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await mkdir(path.join(workspace, 'runbooks'));
    await writeFile(path.join(workspace, 'runbooks', 'spooler.md'), runbook);
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row('HD-1004', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  /** Waits until a step's row says this. */
  async function stepSays(step: string, words: RegExp): Promise<void> {
    await until(
      `${step}: ${words.source}`,
      async () => {
        const rows = await workbench.treeRows('Runs');
        return rows.some(({ label, spoken }) => label.includes(step) && words.test(spoken)) || undefined;
      },
      patience,
    );
  }

  /** Allows the command that is asked about; what the question says. */
  async function allow(): Promise<string> {
    const button = workbench.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: /^Run$/ });
    await button.waitFor();
    const question = await workbench.dialog();
    await button.click();
    return question;
  }

  async function started(): Promise<void> {
    const file = path.join(workspace, 'started');
    await until(
      'the command to begin',
      async () => ((await stat(file).catch(() => undefined)) ? true : undefined),
      patience,
    );
  }

  /** Follows the runbook for the ticket in front, reloads the window in the second step, and attaches what is known. */
  async function follow(key: string, subject: string): Promise<void> {
    await workbench.command('Deskside: Start Run…');
    await workbench.pick('The spooler hangs');
    await untilTab(workbench, 'spooler.md');
    await workbench.openView('Runs');
    await workbench.command('Deskside: Run Step');
    const asked = await allow();
    assert.ok(
      asked.includes(`printf 'looking at %s: %s\\n' "\${DESKSIDE_TICKET}" "\${DESKSIDE_SUBJECT}"`),
      asked,
    );
    assert.ok(asked.includes(`DESKSIDE_TICKET=${key}`) && asked.includes(subject), asked);
    await stepSays('1. Look at the queue', /, done, /);

    await workbench.command('Deskside: Run Step');
    await allow();
    await started();
    await stepSays('2. Restart it', /, running, /);
    await rm(path.join(workspace, 'started'));
    await workbench.reload();

    await stepSays('1. Look at the queue', /, done, /);
    await stepSays('2. Restart it', /, interrupted, outcome unknown, /);
    await workbench.screenshot(`run-interrupted-${key.split('-')[0]}`);
    await workbench.command('Deskside: Run Step');
    assert.match(await allow(), /interrupted before, and may still be running/);
    await started();
    await writeFile(path.join(workspace, 'go'), '');
    await stepSays('2. Restart it', /, done, /);
    await workbench.command('Deskside: Run Step');
    await allow();
    await told(workbench, /every step of "The spooler hangs" is settled/);
    await workbench.screenshot(`run-finished-${key.split('-')[0]}`);
    await workbench.press('Attach Run Record…');
    assert.match(await workbench.dialog(), /internal note.*Secrets that were found and taken out: \d/s);
    await workbench.page
      .locator('.monaco-dialog-box .monaco-button')
      .filter({ hasText: /^Attach$/ })
      .click();
  }

  /** What the one run record says must be all that is known. */
  function isTrue(text: string, key: string, subject: string): void {
    assert.match(text, /Result: finished, 3 of 3 steps settled/);
    assert.match(text, /Done \(exit status 0, [^)]*\): Look at the queue/);
    assert.match(text, /Done \(exit status 0, [^)]*, attempt 2\): Restart it/);
    assert.match(text, /Done \(exit status 0, [^)]*\): Print a page/);
    assert.match(text, /Interrupted, outcome unknown: the editor window went away while it ran/);
    assert.ok(text.includes(`looking at ${key}: ${subject}`), text);
    assert.ok(text.includes('through!') && text.includes('printed'), text);
    assert.ok(!text.includes('hunter2x') && text.includes('password=[password]'), text);
  }

  /** The run records that the panel shows, once there is one. */
  async function recordsIn(panel: Frame): Promise<string[]> {
    const bodies = panel.locator('article[data-kind="run"][data-visibility="internal"] deskside-body');
    await bodies.first().waitFor({ timeout: patience * 1000 });
    // What is written there is in the shadow of its element.
    return bodies.evaluateAll((all) => all.map((body) => body.shadowRoot?.textContent ?? ''));
  }

  it('goes on after a reload in the second, and ends as one run record on the ticket', async () => {
    const panel = await open(workbench, 'HD-1004');
    const subject = (await panel.locator('h1').textContent())?.replace('HD-1004', '').trim() ?? '';
    await follow('HD-1004', subject);
    await open(workbench, 'HD-1004');
    const records = await recordsIn(await shown(workbench, 'HD-1004'));
    assert.equal(records.length, 1);
    isTrue(records[0] ?? '', 'HD-1004', subject);
    await workbench.screenshot('run-record');
  });

  it('does so on Request Tracker, for colleagues alone', async () => {
    const subject = `Spooler $(touch pwned) \${env:HOME} ${process.pid}`;
    const id = await raw.create('carol', { Subject: subject, Content: 'It hangs.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'alice' });
    await workbench.command('Deskside: Add Account…');
    const question = (title: RegExp) =>
      until(title.source, async () => title.test((await workbench.quickInput()).title) || undefined);
    await question(/^Add Account/);
    await workbench.pick('Request Tracker');
    await question(/^Add Account: Request Tracker/);
    await workbench.answer(server.base);
    await question(/^Sign In/);
    await workbench.answer(server.tokens.alice);
    await told(workbench, /^Signed in to Request Tracker as Alice Agent/);
    await workbench.openView('Tickets');
    await workbench.row(`RT-${id} `, 'Tickets').waitFor();
    await open(workbench, `RT-${id}`);
    // No value of a command has what VS Code would fill in.
    const given = subject.replaceAll('${', '$ {');
    await follow(`RT-${id}`, given);
    const comments = () => raw.spoken(id).then((items) => items.filter(({ Type }) => Type === 'Comment'));
    const found = await until(
      'the record in RT',
      async () => ((await comments()).length > 0 ? comments() : undefined),
      90,
    );
    assert.equal(found.length, 1);
    const text = (await raw.parts(found[0]!.id)).map((part) => part.text).join('\n');
    isTrue(text, `RT-${id}`, given);
    assert.ok(text.startsWith('Run record: The spooler hangs'), text);
    await assert.rejects(stat(path.join(workspace, 'pwned')));
    await open(workbench, `RT-${id}`);
    const records = await recordsIn(await shown(workbench, `RT-${id}`));
    assert.equal(records.length, 1);
    isTrue(records[0] ?? '', `RT-${id}`, given);
  });
});
