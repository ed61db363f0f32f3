import assert from 'node:assert/strict';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { ask, open, question, told, untilTab } from '../harness/ticketSteps.ts';
import { startWorkbench, until, type Workbench } from '../harness/workbench.ts';
import { RawRt, rtServer } from '../live/rtServer.ts';

/** The second step ends only when this test says so. */
const spooler = `---
id: spooler
title: The spooler hangs
type: runbook
---
# The spooler hangs

## Steps

1. Look at the queue

   \`\`\`sh
   seen=kept; printf 'looking at %s: %s\\n' {{ticket}} "{{subject}}"
   \`\`\`

2. Restart it

   \`\`\`bash
   echo "password=hunter2x for restarting, $seen"
   shown=again
   touch "started-$DESKSIDE_TICKET"
   until [ -e "go-$DESKSIDE_TICKET" ]; do
     sleep 0.1
   done
   echo "through!"
   \`\`\`

3. Print a page

   \`\`\`sh
   rm -f "started-$DESKSIDE_TICKET"; echo "printed $shown"
   \`\`\`
`;
const power = `---
id: power
title: The power is gone
type: runbook
---
# The power is gone

## Steps

1. Switch it on

   \`\`\`sh
   touch pwned
   \`\`\`
`;
/** Shells start slowly where there is much else to do. */
const patience = 150;

describe('runs', function () {
  this.timeout(600_000);
  const server = rtServer();
  const raw = new RawRt(server);
  const subject = `Spooler $(touch pwned) \${env:HOME} ${process.pid}`;
  /** No value of a command has what VS Code would fill in. */
  const given = subject.replaceAll('${', '$ {');
  /** Each try has a ticket of its own. */
  const desks = ['HD-1010', 'HD-1004'];
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await mkdir(path.join(workspace, 'runbooks'));
    await writeFile(path.join(workspace, 'runbooks', 'spooler.md'), spooler);
    await writeFile(path.join(workspace, 'runbooks', 'power.md'), power);
    workbench = await startWorkbench({
      workspace,
      extensionsFrom: await ensurePackage(),
      workspaceTrust: true,
    });
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row('HD-1004', 'Tickets').waitFor();
    await workbench.command('Deskside: Add Account…');
    await question(workbench, /^Add Account/);
    await workbench.pick('Request Tracker');
    await question(workbench, /^Add Account: Request Tracker/);
    await workbench.answer(server.base);
    await question(workbench, /^Sign In/);
    await workbench.answer(server.tokens.alice);
    await told(workbench, /^Signed in to Request Tracker as Alice Agent/);
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  /** A ticket of alice's in Request Tracker; its id there. */
  async function ticketInRt(): Promise<string> {
    const id = await raw.create('carol', { Subject: subject, Content: 'It hangs.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'alice' });
    await workbench.command('Deskside: Sync Now');
    await workbench.row(`RT-${id} `, 'Tickets').waitFor();
    return id;
  }

  /** Opens a ticket, and begins to follow a runbook for it. */
  async function start(key: string, title: string, file: string): Promise<void> {
    await open(workbench, key);
    await ask(workbench, 'Deskside: Start Run…', async () => {
      await workbench.fill(title, 10_000);
      await workbench.accept(title, 10_000);
    });
    await untilTab(workbench, file);
  }

  /** Waits until a step's row says this; where several runs are in progress, in any. */
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

  /** Runs the next step of the ticket's run, as soon as none is running; what was asked before. */
  async function runStep(key: string): Promise<string> {
    await open(workbench, key);
    return ask(workbench, 'Deskside: Run Step', async () => {
      const button = workbench.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: /^Run$/ });
      await button.waitFor({ timeout: 8000 });
      const asked = await workbench.dialog();
      await button.click();
      assert.ok(asked.includes(`for ${key}?`), asked);
      return asked;
    });
  }

  /** Runs the first step, whose values come from the ticket. */
  async function look(key: string, said: string): Promise<void> {
    await start(key, 'The spooler hangs', 'spooler.md');
    const asked = await runStep(key);
    assert.ok(
      asked.includes(`seen=kept; printf 'looking at %s: %s\\n' "\${DESKSIDE_TICKET}" "\${DESKSIDE_SUBJECT}"`),
      asked,
    );
    assert.ok(asked.includes(`DESKSIDE_TICKET=${key}`) && asked.includes(said), asked);
    await stepSays('1. Look at the queue', /, done, /);
  }

  async function started(key: string): Promise<void> {
    const file = path.join(workspace, `started-${key}`);
    await until(
      'the command to begin',
      async () => ((await stat(file).catch(() => undefined)) ? true : undefined),
      patience,
    );
  }

  async function goOn(key: string): Promise<void> {
    await writeFile(path.join(workspace, `go-${key}`), '');
  }

  /** Runs the second step once more, then the last, and attaches what is known. */
  async function again(key: string): Promise<void> {
    assert.match(await runStep(key), /interrupted before, and may still be running/);
    await started(key);
    await goOn(key);
    await stepSays('2. Restart it', /, done, /);
    await runStep(key);
    await told(workbench, new RegExp(`^${key}: every step of "The spooler hangs" is settled`));
    await attach();
  }

  async function attach(): Promise<void> {
    await workbench.press('Attach Run Record…');
    const button = workbench.page
      .locator('.monaco-dialog-box .monaco-button')
      .filter({ hasText: /^Attach$/ });
    await button.waitFor();
    assert.match(await workbench.dialog(), /It becomes an internal note/);
    await button.click();
  }

  /** What the one run record says must be all that is known. */
  function isTrue(text: string, key: string, said: string): void {
    assert.match(text, /Result: finished, 3 of 3 steps settled/);
    assert.match(text, /Done \(exit status 0, [^)]*\): Look at the queue/);
    assert.match(text, /Done \(exit status 0, [^)]*\): Print a page/);
    assert.ok(text.includes(`looking at ${key}: ${said}`), text);
    assert.ok(text.includes('through!') && text.includes('printed again'), text);
    assert.match(text, /Done \(exit status 0, [^)]*, attempt 2\): Restart it/);
    assert.match(text, /Interrupted, outcome unknown: the editor window went away while it ran/);
    // What may still run in the terminal of the first attempt is left alone.
    assert.match(text, /for restarting,\s*through!/);
    assert.ok(!text.includes('hunter2x') && text.includes('password=[password]'), text);
  }

  /** The run records that the panel shows, once there is one. */
  async function recordsIn(panel: Frame): Promise<string[]> {
    const bodies = panel.locator('article[data-kind="run"][data-visibility="internal"] deskside-body');
    await bodies.first().waitFor({ timeout: patience * 1000 });
    // What is written there is in the shadow of its element.
    return bodies.evaluateAll((all) => all.map((body) => body.shadowRoot?.textContent ?? ''));
  }

  it('run nothing in a workspace that is not trusted, say so, and are ticked off', async () => {
    await start('HD-1003', 'The power is gone', 'power.md');
    await workbench.command('Deskside: Run Step');
    await told(workbench, /^Nothing is run in a workspace that is not trusted/);
    await workbench.press('Manage Workspace Trust');
    const trust = workbench.page.locator('.workspace-trust-editor');
    await trust.waitFor();
    assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await workbench.page.locator('.terminal-wrapper').count(), 0);
    await ask(workbench, 'Deskside: Tick Step', async () => {
      await workbench.fill('Done at the machine.', 10_000);
      await workbench.key('Enter');
    });
    await told(workbench, /every step of "The power is gone" is settled/);
    await attach();
    const [record = ''] = await recordsIn(await open(workbench, 'HD-1003'));
    assert.match(record, /Of its command nothing was recorded with that\./);
    await assert.rejects(stat(path.join(workspace, 'pwned')));

    await workbench.command('Workspaces: Manage Workspace Trust');
    await trust
      .locator('.monaco-button')
      .filter({ hasText: /^Trust$/ })
      .click();
    await trust.locator('.workspace-trust-trusted').first().waitFor();
  });

  it('go on after a reload in the second step, and end as one run record on the ticket, in Request Tracker too', async () => {
    const desk = desks.pop() ?? '';
    const rt = await ticketInRt();
    const key = `RT-${rt}`;
    await look(key, given);
    await runStep(key);
    await started(key);
    const title = await (await open(workbench, desk)).locator('h1').textContent();
    const said = title?.replace(desk, '').trim() ?? '';
    await look(desk, said);
    await runStep(desk);
    await started(desk);
    await stepSays('2. Restart it', /, running, /);
    await Promise.all([desk, key].map((one) => rm(path.join(workspace, `started-${one}`))));
    await workbench.reload();

    await stepSays('1. Look at the queue', /, done, /);
    await stepSays('2. Restart it', /, interrupted, outcome unknown, /);
    await workbench.screenshot('run-interrupted');
    await again(desk);
    const [record = '', ...others] = await recordsIn(await open(workbench, desk));
    assert.equal(others.length, 0);
    isTrue(record, desk, said);
    await workbench.screenshot('run-record');

    await again(key);
    const comments = () => raw.spoken(rt).then((items) => items.filter(({ Type }) => Type === 'Comment'));
    const found = await until(
      'the record in RT',
      async () => ((await comments()).length > 0 ? comments() : undefined),
      90,
    );
    assert.equal(found.length, 1);
    const text = (await raw.parts(found[0]!.id)).map((part) => part.text).join('\n');
    isTrue(text, key, given);
    assert.ok(text.startsWith('Run record: The spooler hangs'), text);
    await assert.rejects(stat(path.join(workspace, 'pwned')));
    const ofRt = await recordsIn(await open(workbench, key));
    assert.equal(ofRt.length, 1);
    isTrue(ofRt[0] ?? '', key, given);
  });
});
