import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { open, shown, told } from '../ticketSteps.ts';
import { until, type Workbench } from '../workbench.ts';
import { editing, writeAll, type Scene } from './scene.ts';

const ticket = 'HD-1007';

async function ask(workbench: Workbench, what: string): Promise<void> {
  await until(what, async () => (await workbench.quickInput()).rows.length > 0 || undefined);
}

const handOff: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, ticket);
  await workbench.command('Deskside: Escalate Ticket…');
  await ask(workbench, 'the teams');
  await camera.take('escalate-teams');
  await workbench.fill('Applications');
  await workbench.pick('Applications');
  await ask(workbench, 'the reasons');
  await camera.take('escalate-reasons');
  await workbench.pick('needs access we do not have');
  await editing(workbench, `Hand-off of ${ticket}`);
  await writeAll(
    workbench,
    'The clock of srv-freight-02 is seven minutes late, because its time service is not running. Sign-ins that reach this node are refused.',
  );
  await workbench.page.keyboard.press('Control+Home');
  await workbench.page.locator('.codelens-decoration', { hasText: 'Escalate with' }).waitFor();
  await workbench.page.locator('.sticky-line-content').first().waitFor({ state: 'hidden' });
  await camera.take('hand-off');
  await workbench.page.keyboard.press('Control+Enter');
  const panel = await shown(workbench, ticket);
  await panel.getByRole('heading', { name: /Handed to Applications by/ }).waitFor();
  await camera.take('handed-over');
};

const returned: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, ticket);
  await workbench.command('Deskside: Return Ticket…');
  await workbench.page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'exact error message' })
    .click();
  await camera.take('return-missing');
  await workbench.page.locator('.quick-input-action', { hasText: 'OK' }).click();
  await editing(workbench, `Return of ${ticket}`);
  await camera.take('return');
  await workbench.page.keyboard.press('Control+Enter');
  const panel = await shown(workbench, ticket);
  await panel.getByRole('article').filter({ hasText: 'Returned to Service Desk' }).first().waitFor();
  await camera.take('returned');
};

const majorIncident: Scene = async (camera) => {
  const { workbench } = camera;
  await open(workbench, 'HD-1003');
  await workbench.command('Deskside: Declare Major Incident…');
  await workbench.fill('HD-1015');
  await workbench.pick('HD-1015');
  await workbench.fill('');
  await camera.take('major-incident-parts');
  await workbench.page.locator('.quick-input-action', { hasText: 'OK' }).click();
  await told(workbench, /HD-1003 is a major incident/);
  await (await shown(workbench, 'HD-1003')).getByText('HD-1015').first().waitFor();
  await camera.take('major-incident');
};

const policy: Scene = async (camera, workspace) => {
  const { workbench } = camera;
  const file = path.join(workspace, '.deskside', 'escalation.yaml');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(
    file,
    'rules:\n  - { name: Reopened, when: { reopenings: 1 }, then: suggest }\n  - { name: Old, when: { unresolved: 3h }, then: suggest }\n',
  );
  await workbench.command('Deskside: Dry-Run Escalation Policy…');
  await ask(workbench, 'the periods');
  await workbench.key('Enter');
  await until('the result', async () => (await workbench.tabs()).length > 0 || undefined);
  await workbench.editorLines();
  await camera.take('policy-dry-run');
  await workbench.command('Deskside: Approve Escalation Policy…');
  await workbench.dialog();
  await camera.take('policy-approve');
  await workbench.press('Approve');
  await told(workbench, /Escalation rules apply/);
  await camera.take('policy-applies');
};

/** From one team to another, and what stands above teams. */
export const escalation = {
  'hand-off': handOff,
  returned,
  'major-incident': majorIncident,
  policy,
};
