import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { open, untilTab } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

const runbook = `---
id: vpn
title: VPN disconnects on Wi-Fi every few minutes
type: runbook
audience: internal
---

# VPN disconnects on Wi-Fi every few minutes

## Issue

The tunnel drops.

## Steps

1. Restart the client.

## History

- 2026-01-01: written.
`;
const template = `---
id: {{id}}
title: {{title}}
tickets: [{{tickets}}]
---
# {{title}}

## Quick steps

{{steps}}
`;

describe('runbooks written from tickets', () => {
  let workspace: string;
  let workbench: Workbench;
  const file = (...names: string[]) => path.join(workspace, ...names);

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await mkdir(file('runbooks'));
    await mkdir(file('.deskside', 'templates'), { recursive: true });
    await writeFile(file('runbooks', 'vpn.md'), runbook);
    await writeFile(file('.deskside', 'templates', 'short.md'), template);
    const settings = { 'files.autoSave': 'off' };
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage(), settings });
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row('HD-1004', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true });
  });

  const question = (title: string) =>
    until(`the question "${title}"`, async () => {
      const asked = await workbench.quickInput();
      return asked.title.includes(title) ? asked : undefined;
    });
  /** Takes what is proposed, question by question, until the last one. */
  const accept = async (first: string, last: string) => {
    for (;;) {
      const { title, value } = await until(`a question from "${first}" to "${last}"`, async () => {
        const asked = await workbench.quickInput();
        return asked.title.includes(first) || asked.title.includes(last) ? asked : undefined;
      });
      await workbench.key('Enter');
      if (title.includes(last)) return value;
      await question(last);
    }
  };

  it('improve one that is there already, which stays unsaved until it was read', async () => {
    await open(workbench, 'HD-1019');
    await workbench.command('Deskside: Write Runbook from Ticket…');
    await question('something like HD-1019');
    await workbench.screenshot('runbook-like');
    await workbench.pick('VPN disconnects on Wi-Fi');
    await question('what does HD-1019 add?');
    await workbench.screenshot('runbook-additions');
    await workbench.key('Enter');
    await untilTab(workbench, 'vpn.md');
    await until(
      'the ticket in the front matter',
      async () =>
        (await workbench.editorLines()).some((line) => line.startsWith('tickets: [HD-1019')) || undefined,
    );
    await workbench.screenshot('runbook-improved');
    assert.equal(readFileSync(file('runbooks', 'vpn.md'), 'utf8'), runbook);
    await workbench.command('File: Save');
    await until('the file', () => {
      const text = readFileSync(file('runbooks', 'vpn.md'), 'utf8');
      return Promise.resolve(/1\. Restart the client\.\n2\. /.test(text) || undefined);
    });
  });

  it('become a manual that customers may read', async () => {
    await workbench.command('Deskside: Write Manual for Customers…');
    const name = await accept('Write Manual (1/2)', 'Write Manual (2/2)');
    await untilTab(workbench, path.basename(name));
    const text = readFileSync(file(name), 'utf8');
    assert.match(text, /^audience: customer$/m);
    assert.match(text, /## What to do\n\n1\. Restart the client\./);
    assert.doesNotMatch(text, /HD-1019|## History/);
    await workbench.screenshot('runbook-manual');
  });

  it("have the workspace's own form, once it was approved", async () => {
    await open(workbench, 'HD-1023');
    await workbench.command('Deskside: Write Runbook from Ticket…');
    await question('in which form?');
    await workbench.pick('short');
    await until(
      'the question whether to use it',
      async () => (await workbench.dialog()).includes('Use the template "short"') || undefined,
    );
    await workbench.screenshot('runbook-template');
    await workbench.press('Use It');
    const name = await accept('Write Runbook (1/2)', 'Write Runbook (2/2)');
    await untilTab(workbench, path.basename(name));
    const text = readFileSync(file(name), 'utf8');
    assert.match(text, /^tickets: \["HD-1023"\]$/m);
    assert.match(text, /^## Quick steps$/m);
    await open(workbench, 'HD-1023');
    await workbench.command('Deskside: Write Runbook from Ticket…');
    await question('something like HD-1023');
    await workbench.pick('Write a new one');
    await question('in which form?');
    await workbench.pick('short');
    await question('Write Runbook (');
    await workbench.key('Escape');
  });
});
