import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

describe('queues', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    workbench = await startWorkbench({
      workspace,
      extensionsFrom: await ensurePackage(),
      settings: {
        'deskside.queues': [
          { name: 'Printers', query: 'printer' },
          { name: 'Odd', query: 'is:asleep' },
        ],
      },
    });
    await workbench.openView('Tickets');
    await workbench.command('Deskside: Load Sample Desk');
    await workbench.row('Overdue', 'Tickets').waitFor();
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  /** The number beside a queue. */
  const count = (name: string) =>
    until(`the queue ${name}`, async () => {
      const row = (await workbench.treeRows('Queues')).find(({ label }) => label === name);
      return row && Number(row.description);
    });

  async function shown(): Promise<{ queue: string; tickets: number; groups: string[] }> {
    const rows = await workbench.treeRows('Tickets');
    const header = workbench.page.locator('.pane-header[aria-label^="Tickets "] .description');
    return {
      queue: (await header.textContent()) ?? '',
      tickets: rows.filter(({ level }) => level === 2).length,
      groups: rows.filter(({ level }) => level === 1).map(({ label }) => label),
    };
  }

  const shows = (queue: string, tickets: number) =>
    until(`${tickets} tickets of ${queue}`, async () => {
      const now = await shown();
      return now.queue === queue && now.tickets === tickets ? now : undefined;
    });

  const asks = (title: string) =>
    until(title, async () => ((await workbench.quickInput()).title === title ? true : undefined));

  it('count their tickets and show them at a click', async () => {
    const [mine, me, others] = [
      await count('My tickets'),
      await count('Waiting for me'),
      await count('Waiting for others'),
    ];
    assert.equal(mine, me + others);
    await workbench.clickRow('Waiting for others', 'Queues');
    await shows('Waiting for others', others);
  });

  it('are arranged each for itself, and that is remembered', async () => {
    await workbench.command('Deskside: Group Tickets By…');
    await asks('Group “Waiting for others” By');
    await workbench.pick('Priority');
    await until('groups by priority', async () =>
      (await shown()).groups[0]?.startsWith('P') ? true : undefined,
    );
    await workbench.command('Deskside: Sort Tickets…');
    await asks('Sort “Waiting for others”');
    await workbench.pick('Oldest first');
    await workbench.clickRow('Waiting for me', 'Queues');
    await until('groups by service level', async () =>
      (await shown()).groups.includes('Overdue') ? true : undefined,
    );
    await workbench.command('Deskside: Show Queue…');
    await workbench.pick('Waiting for others');
    await until('groups by priority', async () =>
      (await shown()).groups[0]?.startsWith('P') ? true : undefined,
    );
    await workbench.reload();
    await workbench.row(/^P\d · /, 'Tickets').waitFor();
    assert.equal((await shown()).queue, 'Waiting for others');
    await workbench.command('Deskside: Sort Tickets…');
    await workbench.pick('Most urgent first');
  });

  it('change with what they count', async () => {
    const [me, others] = [await count('Waiting for me'), await count('Waiting for others')];
    await workbench.command('Deskside: Change Status…');
    await workbench.fill('HD-1004');
    await workbench.pick('HD-1004');
    await workbench.pick('Pending');
    await until('the new numbers', async () =>
      (await count('Waiting for me')) === me - 1 && (await count('Waiting for others')) === others + 1
        ? true
        : undefined,
    );
  });

  it('take what is dropped on them', async () => {
    await workbench.clickRow('Unassigned', 'Queues');
    const before = await count('Unassigned');
    const { groups } = await shows('Unassigned', before);
    assert.ok(groups.length > 0);
    const dragged = (await workbench.treeRows('Tickets')).find(({ level }) => level === 2)?.label ?? '';
    const key = /HD-\d+/.exec(dragged)?.[0] ?? '';
    await workbench.drag(workbench.row(key, 'Tickets'), workbench.row('My tickets', 'Queues'));
    await until('one less', async () => ((await count('Unassigned')) === before - 1 ? true : undefined));
    const { queue } = await shown();
    assert.equal(queue, 'Unassigned');
  });

  it('are the user’s own too: made of a query, changed, deleted and brought back', async () => {
    await workbench.command('Deskside: Filter Tickets…');
    await asks('Filter Tickets');
    await workbench.fill('printer is:asl');
    await until('what is not understood', async () =>
      (await workbench.page.locator('.quick-input-list').textContent())?.includes('“is:” does not know “asl”')
        ? true
        : undefined,
    );
    await workbench.fill('printer is:act');
    await workbench.pick('active');
    await until('the completed query', async () =>
      (await workbench.quickInput()).value === 'printer is:active ' ? true : undefined,
    );
    const said = (await workbench.quickInput()).rows[0] ?? '';
    const fitting = Number(/\d+/.exec(said)?.[0]);
    await workbench.pick(/Show \d+ tickets?/);
    await shows('printer is:active', fitting);
    await workbench.screenshot('tickets-filtered');
    await workbench.command('Deskside: New Queue…');
    await workbench.pick(/tickets? now$/);
    await until('the name', async () =>
      (await workbench.quickInput()).title.includes('what is it called') ? true : undefined,
    );
    await workbench.answer('Printers');
    await until('that it is taken', async () =>
      (await workbench.quickInput()).message.includes('already') ? true : undefined,
    );
    await workbench.answer('Paper jams');
    await shows('Paper jams', fitting);
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('Deskside: Delete Queue…');
    await workbench.pick('Paper jams');
    await until('another queue', async () => ((await shown()).queue === 'My tickets' ? true : undefined));
    await workbench.press('Undo');
    await until('the queue is back', async () => {
      await workbench.command('Deskside: Show Queue…');
      await workbench.fill('Paper jams');
      if ((await workbench.quickInput()).rows.some((row) => row.includes('Paper jams'))) return true;
      await workbench.key('Escape');
      return undefined;
    });
    await workbench.pick('Paper jams');
    await shows('Paper jams', fitting);
  });

  it('lead from one ticket to the next, the most urgent first, with the reason', async () => {
    const says = (text: RegExp) =>
      until(String(text), async () =>
        (await workbench.notifications()).some((one) => text.test(one)) ? true : undefined,
      );
    const inHand = workbench.page.locator(
      '.statusbar-item#deskside\\.deskside\\.deskside\\.ticket, [id$="deskside.ticket"]',
    );
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('Deskside: Next Ticket');
    await says(
      /^HD-1015: number 1 of \d+ that wait for you\. It comes before HD-\d+ because it is due first: overdue/,
    );
    await until('it is open', async () =>
      (await workbench.activeTab()).startsWith('HD-1015') ? true : undefined,
    );
    await inHand.filter({ hasText: /HD-1015 −\d+h/ }).waitFor();
    await workbench.command('Deskside: Pin Ticket');
    await workbench.command('Deskside: Next Ticket');
    await says(/^HD-\d+: number 2 of/);
    const second = await until('another is open', async () => {
      const [key = ''] = (await workbench.activeTab()).split(' ');
      return /^HD-\d+$/.test(key) && key !== 'HD-1015' ? key : undefined;
    });
    await inHand.filter({ hasText: 'HD-1015' }).waitFor();
    await workbench.command('Deskside: Unpin Ticket');
    await inHand.filter({ hasText: second }).waitFor();
  });

  it('are of accounts that can be checked, with a walkthrough for who is new', async () => {
    await workbench.command('Deskside: Check Account…');
    await until('the report', async () =>
      (await workbench.activeTab()).startsWith('Check of Local desk') ? true : undefined,
    );
    const lines = await workbench.editorLines();
    assert.ok(lines.some((line) => line.startsWith('- ✓ Signed in: as ')));
    assert.ok(lines.some((line) => /^\| Write internal notes +\| ✓ +\|/.test(line)));
    assert.ok(lines.some((line) => line.includes('not offered by this system')));
    await workbench.screenshot('check-account');
    await workbench.command('Welcome: Open Walkthrough...');
    await workbench.pick('Answer tickets in the editor');
    await workbench.page.getByText('See what is burning').first().waitFor();
    await workbench.screenshot('walkthrough');
    await workbench.command('View: Close All Editors');
  });

  it('go back to what was shown when a filter is taken away', async () => {
    await workbench.command('Deskside: Filter Tickets…');
    await workbench.fill('tag:nothing-has-it ');
    await workbench.pick(/Show 0 tickets/);
    const pane = workbench.page.locator('.pane:has(.pane-header[aria-label^="Tickets "])');
    await pane.getByText('No ticket fits the filter.').waitFor();
    await workbench.screenshot('tickets-filtered-empty');
    await pane.getByRole('button', { name: 'Clear Filter' }).click();
    await until('the queue', async () => ((await shown()).queue === 'Paper jams' ? true : undefined));
  });
});
