import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { main } from './main.ts';
import { copySampleWorkspace } from './once.ts';
import { ensurePackage } from './package.ts';
import { root, temporaryFolder } from './paths.ts';
import { startWorkbench, until, type Workbench } from './workbench.ts';

/** `npm run shots [-- SCENE…]`: makes the pictures of the README and the manual, in the order of a working day. */
const folder = path.join(root, 'docs', 'images');
const largest = 250_000;
const ticket = 'HD-1001';
const hardest = 'HD-1007';
const unwritten = 'HD-1023';
const incidents = `Number,Short description,Caller,Assigned to,Assignment group,State,Priority,Contact type,Opened
INC0010001,Scanner at gate 2 reads nothing,Jan Peeters,Alice Agent,Service Desk,In Progress,2 - High,Phone,2026-11-02 08:14
INC0010002,New headset for the night shift,Sofie Maes,Alice Agent,Service Desk,New,4 - Low,Self-service,2026-11-02 09:30
INC0010003,Mails to customs come back,Tom Willems,Bob Tier2,Applications,On Hold,3 - Moderate,Email,2026-11-03 10:05
`;

type Scene = (workbench: Workbench, incidentFile: string) => Promise<void>;

const scenes: Record<string, Scene> = {
  tickets,
  import: columnMapping,
  reply,
  'hand-off': handOff,
  runbook,
  hover,
  resolution,
  outbox,
};

async function shoot(workbench: Workbench, file: string): Promise<void> {
  const wanted = process.argv.slice(2);
  await workbench.openView('Tickets');
  await workbench.command('Deskside: Load Sample Desk');
  await workbench.row(ticket, 'Tickets').waitFor();
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('View: Close All Editors');
    try {
      await scene(workbench, file);
    } catch (error) {
      throw new Error(`"${name}" failed; see ${await workbench.screenshot('shots-failed')}`, {
        cause: error,
      });
    }
  }
}

async function tickets(workbench: Workbench): Promise<void> {
  await widenSideBar(workbench, 540);
  await workbench.clickRow(ticket, 'Tickets');
  for (const theme of ['dark', 'hc', 'light'] as const) {
    await workbench.setTheme(theme);
    await opened(workbench, ticket);
    await save(workbench, `tickets-${theme}`);
  }
  await widenSideBar(workbench, 330);
}

async function reply(workbench: Workbench): Promise<void> {
  await show(workbench, ticket);
  await workbench.command('Deskside: Reply…');
  await editing(workbench, `Reply to ${ticket}`);
  await write(
    workbench,
    'Hello Inês,\n\nthank you for telling me about the three drops. The power saving of your Wi-Fi adapter cuts the tunnel; I have just switched it off on LT-0412.\n\nPlease work as usual, also in the call at three. If the VPN drops once more, tell me when, and I will go on from there.\n\nAlice\nService Desk',
  );
  await save(workbench, 'reply');
  await workbench.page.keyboard.press('Control+Enter');
  await workbench.press('Send Public Reply');
  await opened(workbench, ticket);
}

async function handOff(workbench: Workbench): Promise<void> {
  await show(workbench, hardest);
  await workbench.command('Deskside: Escalate Ticket…');
  await question(workbench, '(1/2)');
  await workbench.fill('Applications');
  await workbench.pick('Applications');
  await workbench.pick('needs access we do not have');
  await editing(workbench, `Hand-off of ${hardest}`);
  await write(
    workbench,
    'The clock of srv-freight-02 is seven minutes late, because its time service is not running. Sign-ins that reach this node are refused.',
  );
  await workbench.page.keyboard.press('Control+Home');
  await workbench.page.locator('.codelens-decoration', { hasText: 'Escalate with' }).waitFor();
  await workbench.page.locator('.sticky-line-content').first().waitFor({ state: 'hidden' });
  await save(workbench, 'hand-off');
  await workbench.command('Deskside: Discard Draft');
  await workbench.command('Notifications: Clear All Notifications');
}

async function runbook(workbench: Workbench): Promise<void> {
  await show(workbench, unwritten);
  await workbench.command('Deskside: Write Runbook from Ticket');
  await question(workbench, 'Write Runbook (1/2)');
  await save(workbench, 'redaction');
  await workbench.page.keyboard.press('Enter');
  await question(workbench, 'Write Runbook (2/2)');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.tab.active[data-resource-name$=".md"]').waitFor();
  await workbench.editorLines();
  await workbench.command('Notifications: Clear All Notifications');
  await save(workbench, 'runbook');
}

async function hover(workbench: Workbench): Promise<void> {
  await workbench.command('Go to File...');
  await workbench.fill('vpn-drops.md');
  await workbench.pick('vpn-drops.md');
  await editing(workbench, 'vpn-drops.md');
  const { page } = workbench;
  await page.keyboard.press('Control+End');
  const key = page.locator('.editor-group-container.active .view-line', { hasText: 'Written from HD-1019' });
  await key.waitFor();
  await until('the hover', async () => {
    await overWord(key, 'HD-1019');
    const shown = page.locator('.monaco-hover:visible', { hasText: 'Network & Infrastructure' });
    return (await shown.count()) > 0 || undefined;
  });
  await save(workbench, 'hover', { points: true });
  await page.mouse.move(0, 0);
}

async function resolution(workbench: Workbench): Promise<void> {
  await show(workbench, ticket);
  await workbench.command('Deskside: Resolve with Note…');
  await question(workbench, '(1/2)');
  await workbench.pick('VPN drops after a few minutes');
  await workbench.pick('It solved the ticket');
  await editing(workbench, `Resolution of ${ticket}`);
  await write(workbench, 'Switched off the power saving of the Wi-Fi adapter. No drop for a working day.');
  await save(workbench, 'resolution');
  await workbench.page.keyboard.press('Control+Enter');
  const panel = await opened(workbench, ticket);
  await panel.getByRole('article').filter({ hasText: 'Outcome: solved' }).waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await save(workbench, 'resolved');
}

async function columnMapping(workbench: Workbench, file: string): Promise<void> {
  await workbench.command('Deskside: Import Tickets (CSV/JSON)…');
  await until('the file dialog', async () => (await workbench.quickInput()).value.includes('/') || undefined);
  await workbench.fill(file);
  await workbench.pick(path.basename(file));
  await question(workbench, 'what the columns mean');
  await save(workbench, 'import');
  await workbench.page.keyboard.press('Escape');
}

/** A ticketing system that can't be reached, and what waits for it. */
async function outbox(workbench: Workbench): Promise<void> {
  await workbench.command('Deskside: Add Account…');
  await workbench.pick('Request Tracker');
  await workbench.answer('rt.example.com');
  await question(workbench, 'Sign In');
  await workbench.answer('1-14-0123456789abcdef0123456789abcdef');
  await workbench.press('Save Anyway');
  await workbench.command('Deskside: New Ticket…');
  await workbench.pick('Request Tracker');
  await editing(workbench, 'New ticket');
  await write(workbench, ' Monitor stays black after the docking station was changed');
  await workbench.page.keyboard.press('Control+Enter');
  await workbench.row('New ticket: Monitor', 'Outbox').waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await widenSideBar(workbench, 640);
  await save(workbench, 'outbox', { width: 690 });
}

/** Opens a ticket as the palette does it. */
async function show(workbench: Workbench, key: string): Promise<Frame> {
  await workbench.command('Deskside: Go to Ticket…');
  await workbench.fill(key);
  await workbench.pick(key);
  return await opened(workbench, key);
}

async function opened(workbench: Workbench, key: string): Promise<Frame> {
  const panel = await workbench.webview(key);
  await panel.getByRole('article').first().waitFor();
  return panel;
}

async function editing(workbench: Workbench, title: string): Promise<void> {
  await until(`"${title}"`, async () => (await workbench.activeTab()).includes(title) || undefined);
  await workbench.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await workbench.editorLines();
}

async function question(workbench: Workbench, title: string): Promise<void> {
  await until(
    `the question "${title}"`,
    async () => (await workbench.quickInput()).title.includes(title) || undefined,
  );
}

/** Pasting takes a moment: VS Code asks its extensions how. */
async function write(workbench: Workbench, text: string): Promise<void> {
  await workbench.paste(text);
  const end = text.trim().slice(-12);
  await until(
    'the text in the editor',
    async () => (await workbench.editorLines()).join('\n').includes(end) || undefined,
  );
}

/** Drags the border between the side bar and the editors. */
async function widenSideBar(workbench: Workbench, width: number): Promise<void> {
  const { page } = workbench;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no side bar.');
  const [x, y] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

/** Moves the pointer over a word of a line of text. */
async function overWord(line: Locator, word: string): Promise<void> {
  const at = await line.evaluate((element, text) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const start = node.textContent?.indexOf(text) ?? -1;
      if (start === -1) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    return undefined;
  }, word);
  if (!at) throw new Error(`"${word}" is not in one piece in the line.`);
  await line.page().mouse.move(at.x - 5, at.y);
  await line.page().mouse.move(at.x, at.y, { steps: 3 });
  await line.page().waitForTimeout(800);
}

/** Saves a picture of the window, or of so many pixels of it from the left; the pointer is out of the way unless it `points`. */
async function save(
  workbench: Workbench,
  name: string,
  { width, points = false }: { width?: number; points?: boolean } = {},
): Promise<void> {
  const { page } = workbench;
  const file = path.join(folder, `${name}.png`);
  await page.locator('.statusbar', { hasText: 'Activating' }).waitFor({ state: 'detached' });
  if (!points) {
    await page.mouse.move(0, 0);
    await page.locator('.workbench-hover:visible').waitFor({ state: 'detached' });
  }
  const clip = width === undefined ? undefined : { x: 0, y: 0, width, height: 900 };
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
  const { size } = await stat(file);
  console.log(`${(size / 1000).toFixed(0).padStart(5)} kB  ${name}${size > largest ? '  (large)' : ''}`);
}

await main(import.meta, async () => {
  const data = await temporaryFolder('shots');
  const workspace = path.join(data, 'it-operations');
  await copySampleWorkspace(workspace);
  const file = path.join(data, 'incidents.csv');
  await writeFile(file, incidents);
  await mkdir(folder, { recursive: true });
  const workbench = await startWorkbench({
    workspace,
    extensionsFrom: await ensurePackage(),
    settings: { 'deskside.localDesk': { user: 'Alice Agent' } },
  });
  try {
    await shoot(workbench, file);
    return true;
  } finally {
    await workbench.stop();
  }
});
