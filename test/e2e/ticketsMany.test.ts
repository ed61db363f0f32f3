import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type TreeRow, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

describe('several tickets at once', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await writeFile(path.join(workspace, 'notes.md'), '# Notes\n\n\n');
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.row('Overdue', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  async function mark(...keys: [string, ...string[]]): Promise<void> {
    const [first, ...others] = keys;
    await workbench.clickRow(first, 'Tickets');
    for (const key of others) await workbench.row(key, 'Tickets').click({ modifiers: ['ControlOrMeta'] });
  }

  const asks = (title: string) =>
    until(title, async () => ((await workbench.quickInput()).title === title ? true : undefined));
  const says = (text: string) =>
    until(text, async () =>
      (await workbench.notifications()).some((one) => one.includes(text)) ? true : undefined,
    );

  /** The groups, each with the keys below it. */
  async function grouped(): Promise<Map<string, string[]>> {
    const groups = new Map<string, string[]>();
    let group = '';
    for (const { level, label } of await workbench.treeRows('Tickets')) {
      if (level === 1) group = label;
      else groups.set(group, [...(groups.get(group) ?? []), /HD-\d+/.exec(label)?.[0] ?? '']);
    }
    return groups;
  }

  const isIn = (group: string, ...keys: string[]) =>
    until(`${keys.join()} in ${group}`, async () => {
      const found = (await grouped()).get(group) ?? [];
      return keys.every((key) => found.includes(key)) ? true : undefined;
    });

  it('get a status, and all of them their former one again', async () => {
    await workbench.command('Deskside: Group Tickets By…');
    await workbench.pick('Status');
    await isIn('Open', 'HD-1004', 'HD-1010');
    await mark('HD-1004', 'HD-1010');
    await workbench.command('Deskside: Change Status…');
    await asks('Change Status of 2 tickets');
    await workbench.pick('Pending');
    await isIn('Pending', 'HD-1004', 'HD-1010');
    await says('2 tickets: now Pending');
    await workbench.press('Undo');
    await isIn('Open', 'HD-1004', 'HD-1010');
  });

  it('get a priority from their menu, a team from the palette', async () => {
    const { page } = workbench;
    const item = (label: string) => page.locator(`.monaco-menu .action-label[aria-label="${label}"]`);
    await mark('HD-1004', 'HD-1010');
    await workbench.row('HD-1010', 'Tickets').click({ button: 'right' });
    await item('More Changes').hover();
    await item('Change Priority…').waitFor();
    assert.equal(await item('Merge…').isVisible(), false, 'what is done to one only');
    // A menu takes no click in its first moment.
    await until('the question', async () => {
      const entry = item('Change Priority…');
      if (await entry.isVisible()) await entry.click({ timeout: 2_000 }).catch(() => undefined);
      return (await page.locator('.quick-input-title').isVisible()) || undefined;
    });
    await asks('Change Priority of 2 tickets');
    await workbench.pick('Critical');
    await says('2 tickets: now Critical');
    await workbench.command('Deskside: Change Team…');
    await asks('Change Team of 2 tickets');
    await workbench.pick('Network');
    await says('2 tickets: now in Network');
    const changed = async () => {
      const rows = (await workbench.treeRows('Tickets')).filter(({ label }) => /HD-10(04|10)/.test(label));
      return rows.length === 2 && rows.every(({ description }) => description.includes('P1'))
        ? true
        : undefined;
    };
    await until('both critical', changed);
  });

  it('get tags, typed or marked', async () => {
    await mark('HD-1004', 'HD-1010');
    await workbench.command('Deskside: Change Tags…');
    await asks('Tags of 2 tickets');
    await workbench.fill('q4 audit');
    await until('the new tag', async () =>
      (await workbench.quickInput()).rows[0] === 'q4-audit' ? true : undefined,
    );
    await workbench.key('Enter');
    await says('2 tickets: +q4-audit');
  });

  it('go where they are dropped: on a group, or into a document as links', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.drag(workbench.row('HD-1014', 'Tickets'), workbench.row(/^Pending/, 'Tickets'));
    await isIn('Pending', 'HD-1014');
    await says(' → Pending');
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await workbench.fill('notes.md');
    await workbench.pick('notes.md');
    await until('the file', async () => ((await workbench.activeTab()) === 'notes.md' ? true : undefined));
    const line = workbench.page.locator('.editor-group-container.active .view-line').nth(2);
    await workbench.drag(workbench.row('HD-1004', 'Tickets'), line, 'Shift');
    await until('the link', async () =>
      (await workbench.editorLines()).find((text) => /^\[HD-1004: .+\]\(/.test(text)),
    );
  });

  it('are dropped on a person', async () => {
    await workbench.command('Deskside: Show All Tickets');
    await workbench.command('Deskside: Group Tickets By…');
    await workbench.pick('Assignee');
    const group = await until('a person', async () =>
      (await workbench.treeRows('Tickets')).find(
        ({ level, label }: TreeRow) => level === 1 && label === 'Bob Tier2',
      ),
    );
    assert.equal(group.expanded, true);
    await workbench.toTop('Tickets');
    await workbench.clickRow('Unassigned', 'Tickets');
    const dragged = await until('a ticket', async () => (await grouped()).get('Bob Tier2')?.[0]);
    await workbench.drag(workbench.row(dragged, 'Tickets'), workbench.row(/^Unassigned/, 'Tickets'));
    await says(`${dragged} is assigned to nobody.`);
    await workbench.screenshot('tickets-by-assignee');
  });
});
