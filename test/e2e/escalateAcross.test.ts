import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { question, shown, told, untilTab, write } from '../harness/ticketSteps.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';
import { RawRedmine, redmineServer, type RawIssue } from '../live/redmineServer.ts';

const key = 'HD-1007';

/** A ticket of the helpdesk for those who work in Redmine, from the palette; and what Redmine itself then says. */
describe('a ticket that is escalated to another account', () => {
  const server = redmineServer();
  const raw = new RawRedmine(server);
  const text = `The licence service is down again ${process.pid}-${Date.now().toString(36)}.`;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.row(key, 'Tickets').waitFor();
    await workbench.command('Deskside: Add Account…');
    await question(workbench, /^Add Account/);
    await workbench.pick('Redmine');
    await question(workbench, /^Add Account: Redmine/);
    await workbench.answer(server.base);
    await question(workbench, /^Sign In/);
    await workbench.answer(server.keys.alice);
    await told(workbench, /^Signed in to Redmine.* as Alice Agent/);
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  async function issueWith(description: string): Promise<RawIssue | undefined> {
    const path = '/issues.json?status_id=*&sort=id:desc&limit=20';
    const { issues } = await raw.as<{ issues: RawIssue[] }>('admin', 'GET', path);
    return issues.find((issue) => issue.description.includes(description));
  }

  it('is made there, and says here where it went; it waits until that one is done', async () => {
    await workbench.clickRow(key, 'Tickets');
    await shown(workbench, key);
    await workbench.command('Deskside: Escalate to Another Account…');
    await question(workbench, /\(1\/3\)$/);
    await workbench.pick('Redmine');
    await question(workbench, /\(2\/3\)/);
    await workbench.pick('Network');
    await question(workbench, /\(3\/3\)$/);
    await workbench.pick('needs skill we do not have');
    await untilTab(workbench, `Hand-off of ${key}`);
    await write(workbench, text);
    await workbench.screenshot('escalated-across-draft');
    await workbench.page.keyboard.press('Control+Enter');
    const issue = await until('the ticket in Redmine', () => issueWith(text));
    assert.equal(issue.project.name, 'Network');
    const panel = await shown(workbench, key);
    const note = panel.getByRole('article').filter({ hasText: new RegExp(`\\b${issue.id}\\b`) });
    await note.filter({ hasText: 'Internal' }).first().waitFor();
    await panel.locator('.pill[data-category="pending"]').first().waitFor();
    await workbench.screenshot('escalated-across');
  });
});
