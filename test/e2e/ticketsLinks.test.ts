import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

describe('links to tickets', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    execFileSync('git', ['init', '--quiet'], { cwd: workspace });
    await writeFile(path.join(workspace, 'notes.txt'), 'The charset is utf-8, sha-256; see HD-1003 there.\n');
    await writeFile(path.join(workspace, 'notes.md'), '# Notes\n\n');
    workbench = await startWorkbench({
      workspace,
      extensionsFrom: await ensurePackage(),
      settings: {
        'terminal.integrated.gpuAcceleration': 'off',
        'extensions.confirmedUriHandlerExtensionIds': ['deskside.deskside'],
        'editor.hover.delay': 50,
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

  async function openFile(name: string): Promise<void> {
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await workbench.fill(name);
    await workbench.pick(name);
    await until(name, async () => ((await workbench.activeTab()) === name ? true : undefined));
    await workbench.editorLines();
  }

  async function closeAll(): Promise<void> {
    await workbench.command('View: Close All Editors');
    await until('no tab', async () => ((await workbench.tabs()).length === 0 ? true : undefined));
  }

  const shows = (key: string) =>
    until(`the panel of ${key}`, async () =>
      (await workbench.activeTab()).startsWith(key) ? true : undefined,
    );

  it('are copied for a chat, and open the ticket', async () => {
    await workbench.clickRow('HD-1003', 'Tickets');
    await shows('HD-1003');
    await workbench.command('Deskside: Copy Link to Ticket');
    const copied = await until('the link', async () => {
      const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
      return text.includes('://') ? text.split('\n') : undefined;
    });
    assert.match(copied[0] ?? '', /^HD-1003 \S/);
    assert.match(copied.at(-1) ?? '', /^[\w-]+:\/\/deskside\.deskside\/ticket\/HD-1003$/);
    await closeAll();
    await workbench.command('Developer: Open URL');
    await workbench.answer(copied.at(-1) ?? '');
    await shows('HD-1003');
  });

  it('say so where they lead nowhere', async () => {
    await workbench.command('Developer: Open URL');
    await workbench.answer('code-oss://deskside.deskside/ticket/HD-4711');
    await until('the reason', async () =>
      (await workbench.notifications()).some((text) => text.startsWith('HD-4711 is not among'))
        ? true
        : undefined,
    );
    await workbench.press('Sync and Try Again');
    await until('the answer', async () =>
      (await workbench.notifications()).some((text) => text.includes('did not come with the sync'))
        ? true
        : undefined,
    );
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('are written into a Markdown file where the cursor is', async () => {
    await openFile('notes.md');
    await workbench.page.keyboard.press('ControlOrMeta+End');
    await workbench.command('Deskside: Insert Link to Ticket…');
    await workbench.fill('HD-1002');
    await workbench.pick('HD-1002');
    const line = await until('the link', async () =>
      (await workbench.editorLines()).find((text) => text.startsWith('[HD-1002: ')),
    );
    assert.match(line, /^\[HD-1002: .+\]\([\w-]+:\/\/deskside\.deskside\/ticket\/HD-1002\)$/);
  });

  it('are behind ticket keys in any file, and nothing is behind what merely looks like one', async () => {
    await openFile('notes.txt');
    const word = (text: string) =>
      workbench.page
        .locator('.editor-group-container.active .view-line')
        .first()
        .evaluate((element, wanted) => {
          const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!;
          const start = node.textContent!.indexOf(wanted);
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }, text);
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'Label printer' });
    const over = async (text: string) => {
      const { x, y } = await word(text);
      await workbench.page.mouse.move(x - 4, y);
      await workbench.page.mouse.move(x, y, { steps: 3 });
    };
    await over('HD-1003');
    await hover.waitFor();
    await workbench.screenshot('ticket-hover-any-file');
    await over('utf-8');
    await hover.waitFor({ state: 'hidden' });
    await closeAll();
  });

  it('are behind ticket keys in a terminal', async () => {
    await workbench.command('Terminal: Create New Terminal');
    const rows = workbench.page.locator('.terminal-wrapper.active .xterm-rows');
    await rows.waitFor();
    await until('a prompt', async () => ((await rows.textContent())?.trim() ? true : undefined));
    await workbench.page.keyboard.type('echo done HD-10""03 utf-8\n');
    const line = rows
      .locator('> div', { hasText: /^done HD-1003 utf-8/ })
      .locator('span')
      .first();
    await line.waitFor();
    const isOpen = async () => (await workbench.tabs()).some((tab) => tab.startsWith('HD-1003'));
    const seen = { timeout: 1000 };
    await until('the panel', async () => {
      if (await isOpen()) return true;
      const looked = Promise.all([line.boundingBox(seen), line.textContent(seen)]);
      const [span, text] = await looked.catch(() => []);
      if (!span || !text?.includes('HD-1003')) return undefined; // It is just being drawn anew.
      const x = span.x + (span.width / text.length) * (text.indexOf('HD-1003') + 3);
      // From elsewhere: what was found under a pointer that rests is not looked for again.
      await workbench.page.mouse.move(x, span.y + span.height * 6);
      await workbench.page.mouse.move(x, span.y + span.height / 2, { steps: 3 });
      await workbench.page.waitForTimeout(300);
      await workbench.page.keyboard.down('ControlOrMeta');
      await workbench.page.mouse.click(x, span.y + span.height / 2);
      await workbench.page.keyboard.up('ControlOrMeta');
      return (await isOpen()) || undefined;
    });
  });
});
