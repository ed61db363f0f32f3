import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { ask, open, shown, told, untilTab, write } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

const key = 'HD-1007';

describe('a ticket that goes to another team', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({
      workspace,
      extensionsFrom: await ensurePackage(),
      settings: { 'deskside.escalation.required': { Applications: ['verifyFirst'] } },
    });
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.openView('Tickets');
    await workbench.row(key, 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true });
  });

  const line = (start: string) =>
    until(`a line "${start}"`, async () =>
      (await workbench.editorLines()).find((text) => text.startsWith(start)),
    );
  const entry = async (text: string) => {
    const panel = await shown(workbench, key);
    // For a moment it may stand among what waits too.
    await panel
      .getByRole('article')
      .filter({ hasText: text })
      .filter({ hasText: 'Internal' })
      .first()
      .waitFor();
    return panel;
  };

  it('is held back until what the team requires is there, and then goes with all that is known', async () => {
    await open(workbench, key);
    await ask(workbench, 'Deskside: Escalate Ticket…', () => workbench.pick('Applications', 10_000));
    await workbench.pick('needs skill we do not have');
    await untilTab(workbench, `Hand-off of ${key}`);
    await write(workbench, 'The licence service is down again.');
    await workbench.page.keyboard.press('Control+Enter');
    await told(workbench, /Applications wants these to be filled in: Verify first/);
    await workbench.page.locator('.squiggly-warning').first().waitFor();
    await workbench.screenshot('what-is-unwritten');
    await write(workbench, '- Licence server log since Monday.\n- Who else uses the licence');
    await line('- Licence server log');
    await workbench.screenshot('hand-off');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = await entry('Licence server log since Monday.');
    await panel.getByText('Applications').first().waitFor();
  });

  it('comes first in the panel, with points that stay ticked, and is accepted with one key and a word', async () => {
    const panel = await shown(workbench, key);
    await panel.getByRole('heading', { name: /Handed to Applications by/ }).waitFor();
    await panel.getByText('2 of 2 left').waitFor();
    await panel.getByLabel('Licence server log since Monday.').check();
    await panel.getByText('1 of 2 left').waitFor();
    await workbench.screenshot('hand-off-first');
    await panel.locator('.timeline').focus();
    await workbench.page.keyboard.press('Alt+Shift+A');
    await workbench.answer('Looking at the log now.');
    const after = await entry('Looking at the log now.');
    await after.getByRole('heading', { name: /accepted by/ }).waitFor();
    await after.getByText(/accepted by .* after/).waitFor();
    await after.getByText('1 of 2 left').waitFor();
  });

  it('goes back to where it came from with what is missing', async () => {
    await ask(workbench, 'Deskside: Return Ticket…', () =>
      workbench.page
        .locator('.quick-input-list .monaco-list-row', { hasText: 'exact error message' })
        .click({ timeout: 10_000 }),
    );
    await workbench.screenshot('what-is-missing');
    await workbench.page.locator('.quick-input-action', { hasText: 'OK' }).click();
    await untilTab(workbench, `Return of ${key}`);
    assert.match(await line('team:'), /Service Desk/);
    await line('- [ ] The exact error message');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = await entry('Returned to Service Desk');
    await workbench.screenshot('returned');
    await panel.getByText('Service Desk').first().waitFor();
  });

  it('is begun anew for another target, with what was written kept below', async () => {
    const other = 'HD-1010';
    const escalate = async (team: string) => {
      await ask(workbench, 'Deskside: Escalate Ticket…', async () => {
        await workbench.fill(team, 10_000);
        await workbench.accept(team, 10_000);
      });
      await workbench.pick('out of time');
    };
    await open(workbench, other);
    await escalate('Applications');
    await untilTab(workbench, `Hand-off of ${other}`);
    await write(workbench, 'The headset is not the cause.');
    await escalate('Network');
    await workbench.pick('Begin anew');
    // The editor may not have the keyboard back yet: the key is pressed until its first lines are in sight.
    await until('the other team', async () => {
      await workbench.page.keyboard.press('Control+Home');
      return (await workbench.editorLines()).some((text) => /^team:.*Network/.test(text)) || undefined;
    });
    await workbench.page.keyboard.press('Control+End');
    await line('The headset is not the cause.');
    await workbench.command('Deskside: Discard Draft');
    await until(
      'the draft to close',
      async () => !(await workbench.activeTab()).includes('Hand-off') || undefined,
    );
  });

  it('goes by keyboard alone, from the palette to sent', async () => {
    await open(workbench, key);
    const began = performance.now();
    await ask(workbench, 'Deskside: Escalate Ticket…', () => workbench.pick('Network', 10_000));
    await workbench.pick('out of time');
    await untilTab(workbench, `Hand-off of ${key}`);
    await write(workbench, 'The licence server is not reachable from building B.');
    await line('The licence server is not');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = await entry('not reachable from building B');
    console.log(`      palette to the server's timeline: ${Math.round(performance.now() - began)} ms`);
    await panel.getByRole('list', { name: 'At a glance' }).getByText('Network & Infrastructure').waitFor();
  });

  it('calls several teams together, and stays where it is', async () => {
    await open(workbench, key);
    await ask(workbench, 'Deskside: Swarm Ticket…', async () => {
      for (const team of ['Desktop Support', 'Service Desk']) {
        await workbench.fill(team, 10_000);
        await workbench.pick(team, 10_000);
        await workbench.fill('', 10_000);
      }
    });
    await workbench.screenshot('swarm-teams');
    await workbench.page.locator('.quick-input-action', { hasText: 'OK' }).click();
    await workbench.pick('severity');
    await untilTab(workbench, `Swarm on ${key}`);
    await write(workbench, 'All of building B is without licences.');
    await line('All of building B');
    await workbench.page.keyboard.press('Control+Enter');
    const panel = await entry('All of building B');
    await panel.getByRole('heading', { name: /called together by/ }).waitFor();
    await workbench.screenshot('swarm-panel');
  });

  it('stands for others as a major incident, and one update goes to all of them', async () => {
    const [incident, ...children] = ['HD-1003', 'HD-1015', 'HD-1013'] as const;
    await open(workbench, incident);
    await ask(workbench, 'Deskside: Declare Major Incident…', async () => {
      for (const child of children) {
        await workbench.fill(child, 10_000);
        await workbench.pick(child, 10_000);
        await workbench.fill('', 10_000);
      }
    });
    await workbench.screenshot('major-incident-parts');
    await workbench.page.locator('.quick-input-action', { hasText: 'OK' }).click();
    await told(workbench, /HD-1003 is a major incident/);
    await workbench.press('Update All…');
    await workbench.pick('Public reply');
    await untilTab(workbench, `Update of ${incident}`);
    await write(workbench, 'Printing at the gates works again by noon.');
    await line('Printing at the gates');
    await workbench.command('Deskside: Update Major Incident…');
    const asked = await until('the question who reads it', async () => {
      const text = await workbench.dialog();
      return text.includes('requesters of 3 tickets') ? text : undefined;
    });
    for (const one of [incident, ...children]) assert.ok(asked.includes(one), asked);
    await workbench.screenshot('major-incident-update');
    await workbench.press('Send 3 Public Replies');
    await told(workbench, /Queued for HD-1003, .*HD-1013/);
    const part = await open(workbench, 'HD-1013');
    for (const said of ['Part of the major incident HD-1003', 'works again by noon']) {
      await part.getByRole('article').filter({ hasText: said }).first().waitFor();
    }
    await workbench.screenshot('major-incident-part');
  });

  it('is spoken of as soon as the policy that concerns it is approved, and not before', async () => {
    const policy = path.join(workspace, '.deskside', 'escalation.yaml');
    await mkdir(path.dirname(policy));
    await writeFile(policy, 'rules:\n  - { name: All of ours, when: { unresolved: 0m }, then: suggest }\n');
    await workbench.command('Deskside: Approve Escalation Policy…');
    await until(
      'the question what takes effect',
      async () => (await workbench.dialog()).includes('All of ours') || undefined,
    );
    assert.ok(!(await workbench.notifications()).some((text) => text.includes('Escalation rules apply')));
    await workbench.screenshot('policy-approve');
    await workbench.press('Approve');
    await told(workbench, /Escalation rules apply to \d+ tickets/);
    await workbench.screenshot('policy-applies');
  });
});
