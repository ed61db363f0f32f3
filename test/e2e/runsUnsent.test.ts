import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../harness/paths.ts';
import { startRtWindow } from '../harness/rtWindow.ts';
import { ask, open, question, untilTab } from '../harness/ticketSteps.ts';
import { until, type Workbench } from '../harness/workbench.ts';
import { RawRt, rtServer } from '../live/rtServer.ts';
import { FaultProxy } from '../shared/faultProxy.ts';

const runbook = `---
id: scanner
title: The scanner beeps
type: runbook
---
# The scanner beeps

## Steps

1. Look at its light.

2. Change its battery.
`;
const done = 'Red, and slowly fading.';
const note = 'The batteries are in cupboard 4.';

/** A live Request Tracker behind a cable that can be pulled, and a door that can be shut. */
describe('a run that is handed over', function () {
  this.timeout(400_000);
  const server = rtServer();
  const raw = new RawRt(server);
  const cable = new FaultProxy(server.base);
  let isRefused = false;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    await cable.open();
    cable.add({
      wants: ({ method, path: asked }) => isRefused && method === 'POST' && asked.endsWith('/comment'),
      skip: 0,
      times: Infinity,
      act: ({ reply }) =>
        reply({
          status: 403,
          headers: { 'content-type': 'application/json' },
          body: Buffer.from('{"message":"Forbidden"}'),
        }),
    });
    workspace = await temporaryFolder('workspace');
    await mkdir(path.join(workspace, 'runbooks'));
    await writeFile(path.join(workspace, 'runbooks', 'scanner.md'), runbook);
    workbench = await startRtWindow(workspace, cable.port, server.tokens.alice);
  });

  after(async () => {
    await workbench.stop();
    await cable.close();
    await rm(workspace, { recursive: true, force: true });
  });

  /** Begins a run for a new ticket of alice's, and ticks its first step; the ticket's id in RT. */
  async function halfDone(subject: string): Promise<string> {
    const id = await raw.create('carol', { Subject: `${subject} ${process.pid}`, Content: 'It beeps.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'alice' });
    await workbench.command('Deskside: Sync Now');
    await workbench.row(`RT-${id} `, 'Tickets').waitFor();
    await open(workbench, `RT-${id}`);
    await ask(workbench, 'Deskside: Start Run…', async () => {
      await workbench.fill('The scanner beeps', 10_000);
      await workbench.accept('The scanner beeps', 10_000);
    });
    await untilTab(workbench, 'scanner.md');
    await ask(workbench, 'Deskside: Tick Step', async () => {
      await workbench.fill(done, 10_000);
      await workbench.key('Enter');
    });
    return id;
  }

  async function handOver(id: string): Promise<void> {
    await ask(workbench, 'Deskside: Hand Over Run…', async () => {
      await workbench.fill('Bob', 10_000);
      await workbench.key('Enter');
    });
    await question(workbench, /^Hand over to Bob/);
    await workbench.answer(note);
    const attach = workbench.page
      .locator('.monaco-dialog-box .monaco-button')
      .filter({ hasText: /^Attach$/ });
    await attach.waitFor();
    assert.ok((await workbench.dialog()).includes(`RT-${id}`));
    await attach.click();
  }

  async function outboxSays(label: string, words: RegExp): Promise<void> {
    await workbench.openView('Outbox');
    await until(
      `${words.source} in the outbox`,
      async () => {
        const rows = await workbench.treeRows('Outbox');
        return rows.some((row) => row.label === label && words.test(row.spoken)) || undefined;
      },
      90,
    );
  }

  /** What RT was told internally. */
  async function recordsInRt(id: string): Promise<string[]> {
    const comments = (await raw.spoken(id)).filter(({ Type }) => Type === 'Comment');
    return Promise.all(
      comments.map(async (item) => (await raw.parts(item.id)).map(({ text }) => text).join('\n')),
    );
  }

  /** Everything that was known is in RT, once. */
  async function arrived(id: string): Promise<void> {
    await until('the record in RT', async () => ((await recordsInRt(id)).length > 0 ? true : undefined), 120);
    await until('an empty outbox', async () =>
      (await workbench.treeRows('Outbox')).every(({ label }) => !label.includes(`RT-${id}`))
        ? true
        : undefined,
    );
    const [record = '', ...others] = await recordsInRt(id);
    assert.equal(others.length, 0);
    assert.match(record, /^Run record: The scanner beeps/);
    for (const known of ['handed over to Bob', note, done]) assert.ok(record.includes(known), record);
  }

  it('waits in the outbox while there is no network, also over a reload, and arrives when it is back', async () => {
    const id = await halfDone('Scanner beeps offline');
    await cable.shut();
    await handOver(id);
    await outboxSays(`Run record on RT-${id}`, /, waiting .* can.t be reached/);
    await workbench.reload();
    await outboxSays(`Run record on RT-${id}`, /, waiting .* can.t be reached/);
    assert.deepEqual(await recordsInRt(id), []);
    await cable.open();
    await arrived(id);
  });

  it('stays in the outbox with the reason where it is refused, and arrives when it is sent again', async () => {
    const id = await halfDone('Scanner beeps at the door');
    isRefused = true;
    await handOver(id);
    await outboxSays(`Run record on RT-${id}`, /, not sent .* Your account may not do this there/);
    assert.deepEqual(await recordsInRt(id), []);
    isRefused = false;
    await workbench.rowAction(`Run record on RT-${id}`, 'Retry', 'Outbox');
    await arrived(id);
  });
});
