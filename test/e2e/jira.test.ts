import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { adfOf } from '../../src/backends/jira/fromMarkdown.ts';
import { FakeJira } from '../fakes/jira/jira.ts';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { ask, question, shown, told } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

/** Jira, from the editor: what a status asks for on the way is asked here, by its type. */
describe('a Jira, from the editor', () => {
  const jira = new FakeJira();
  const issue = jira.open('5b10:carol', 'Printer is silent', { ...adfOf('It *is*.') });
  issue.assignee = '5b10:alice';
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    const { base } = await jira.start();
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Add Account…');
    await question(workbench, /^Add Account/);
    await workbench.pick('Jira Service Management (Cloud)');
    await question(workbench, /^Add Account: Jira/);
    await workbench.answer(base);
    await question(workbench, /^Sign In/);
    await workbench.answer('alice@example.test');
    await prompt(/API token/);
    await workbench.answer('token-alice');
    await told(workbench, /^Signed in to Jira.* as Alice Agent/);
    await workbench.row(issue.key, 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await jira.server?.close();
    await rm(workspace, { recursive: true });
  });

  const prompt = (text: RegExp) =>
    until(`the prompt ${text.source}`, async () =>
      text.test(await workbench.page.locator('.quick-input-widget').innerText()) ? true : undefined,
    );
  const become = (status: string) =>
    ask(workbench, 'Deskside: Change Status…', () => workbench.pick(status, 10_000));
  const inJira = (what: string, is: () => boolean) =>
    until(what, () => Promise.resolve(is() || undefined), 60);

  it('asks for what a status insists on, and sets it with the status', async () => {
    await workbench.clickRow(issue.key, 'Tickets');
    await shown(workbench, issue.key);
    await become('Escalated');
    await question(workbench, new RegExp(`^${issue.key} → Escalated`));
    await workbench.screenshot('jira-status-field');
    await workbench.pick('Software');
    await inJira('the status in Jira', () => issue.status === 'Escalated');
    assert.deepEqual(issue.custom.customfield_10103, { value: 'Software' });
  });

  it('changes nothing when the question is left', async () => {
    jira.set(issue, '5b10:bob', 'status', 'Waiting for support');
    await workbench.command('Deskside: Sync Now');
    const panel = await shown(workbench, issue.key);
    // Not the timeline's: that names the former status too.
    await panel.locator('.pill[data-category]', { hasText: 'Waiting for support' }).first().waitFor();
    await become('Escalated');
    await question(workbench, new RegExp(`^${issue.key} → Escalated`));
    await workbench.key('Escape');
    await become('Waiting for customer');
    await inJira('the other status in Jira', () => issue.status === 'Waiting for customer');
    assert.equal(
      jira.server!.exchanges.filter(
        ({ request }) => request.path.endsWith('/transitions') && request.method === 'POST',
      ).length,
      2,
    );
  });
});
