import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { copySampleWorkspace } from '../harness/sampleWorkspace.ts';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { run } from '../harness/processes.ts';
import { open, question, shown, told, untilTab, write } from '../harness/ticketSteps.ts';
import { startWorkbench, until, type Workbench } from '../harness/workbench.ts';
import { RawRt, rtServer } from '../live/rtServer.ts';
import { generator } from '../shared/kill/run.ts';

/** Two agents with Deskside, each in a VS Code of their own, and what RT's own answers say of their work. */
describe('a Request Tracker, from the editor', function () {
  this.timeout(400_000);
  const server = rtServer();
  const raw = new RawRt(server);
  const unique = `${process.pid}-${Date.now().toString(36)}`;
  let workspace: string;
  let alice: Workbench;
  let bob: Workbench | undefined;
  /** The numbers of the tickets. */
  let scanner: string;
  let escalated: string;
  let killed: string;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await copySampleWorkspace(workspace);
    [scanner, escalated, killed] = await Promise.all([
      ticketOfAlice('Scanner beeps twice'),
      ticketOfAlice('No way into the accounts'),
      ticketOfAlice('Phone rings once'),
    ]);
    alice = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await alice.openView('Tickets');
  });

  after(async () => {
    await alice.stop();
    await bob?.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  async function ticketOfAlice(subject: string): Promise<string> {
    const id = await raw.create('carol', { Subject: `${subject} ${unique}`, Content: 'Please help.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'alice' });
    return id;
  }

  /** What was said on a ticket, as RT names it. */
  async function said(id: string): Promise<{ type: string; by: string; text: string }[]> {
    const items = await raw.spoken(id);
    return Promise.all(
      items.map(async (item) => ({
        type: item.Type,
        by: item.Creator.id,
        text: (await raw.parts(item.id)).map(({ text }) => text.trim()).join('\n'),
      })),
    );
  }

  /** Waits until RT has an entry with this text; patiently, as it may first have to be found out who sends it. */
  function inRt(id: string, text: string) {
    const find = async () => (await said(id)).find((entry) => entry.text.includes(text));
    return until(`"${text}" in RT`, find, 90);
  }

  async function signIn(workbench: Workbench, token: string): Promise<void> {
    await question(workbench, /^Add Account/);
    await workbench.pick('Request Tracker');
    await question(workbench, /^Add Account: Request Tracker/);
    await workbench.answer(server.base);
    await question(workbench, /^Sign In/);
    await workbench.answer(token);
  }

  async function compose(panel: Frame, button: 'Reply' | 'Note', text: string): Promise<void> {
    await panel.getByRole('button', { name: button, exact: true }).click();
    const field = panel.getByRole('textbox', {
      name: button === 'Reply' ? /^Public reply/ : 'Internal note',
    });
    await field.fill(text);
    await field.press('Control+Enter');
  }

  it('is not added with a wrong token, which one message says', async () => {
    await alice.command('Deskside: Add Account…');
    await signIn(alice, `${server.tokens.alice.slice(0, -4)}0000`);
    assert.match(await alice.dialog(), /does not accept this authentication token.*Nothing was saved yet/s);
    assert.equal(await alice.page.locator('.monaco-dialog-box').count(), 1);
    const settings = await readFile(path.join(alice.userDataDir, 'User', 'settings.json'), 'utf8');
    assert.doesNotMatch(settings, /deskside\.accounts/);
  });

  it('is added with a right one, and its tickets show in the tree', async () => {
    await alice.press('Try Again');
    await signIn(alice, server.tokens.alice);
    await told(alice, /^Signed in to Request Tracker as Alice Agent/);
    for (const id of [scanner, escalated, killed]) await alice.row(`RT-${id} `, 'Tickets').waitFor();
    assert.ok(!(await alice.notifications()).some((text) => /not accept/.test(text)));
  });

  it('gets a public reply as correspondence and an internal note as a comment', async () => {
    await alice.clickRow(`RT-${scanner} `, 'Tickets');
    const panel = await shown(alice, `RT-${scanner}`);
    await compose(panel, 'Reply', 'Please scan the code on its back.');
    assert.match(await alice.dialog(), /It is public/);
    await alice.press("Don't Ask Again");
    await compose(panel, 'Note', 'This model was recalled last year.');
    const reply = await inRt(scanner, 'scan the code');
    const note = await inRt(scanner, 'recalled last year');
    assert.deepEqual([reply.type, reply.by], ['Correspond', 'alice']);
    assert.deepEqual([note.type, note.by], ['Comment', 'alice']);
    await panel.getByRole('article', { name: /^Public reply by Alice/ }).waitFor();
    await panel.getByRole('article', { name: /^Internal note by Alice/ }).waitFor();
  });

  it('shows what somebody else does there after a sync', async () => {
    const subject = `Scanner beeps thrice ${unique}`;
    await raw.as('bob', 'POST', `/ticket/${scanner}/correspond`, {
      Content: 'A new one is on its way to you.',
      ContentType: 'text/plain',
    });
    await raw.as('bob', 'PUT', `/ticket/${scanner}`, { Subject: subject, Status: 'stalled' });
    await alice.command('Deskside: Sync Now');
    await until('the changed row', async () =>
      (await alice.treeRows('Tickets')).find(
        ({ label, description }) =>
          label.endsWith(`RT-${scanner} ${subject}`) && description.endsWith(' · stalled'),
      ),
    );
    const panel = await shown(alice, `RT-${scanner}`);
    await panel.getByRole('heading', { level: 1, name: subject }).waitFor();
    await panel
      .getByRole('article', { name: /^Public reply by Bob/ })
      .getByText('A new one is on its way')
      .waitFor();
  });

  it('gets a resolution as a note that names the document, its permalink and the outcome', async () => {
    await open(alice, `RT-${scanner}`);
    await alice.command('Deskside: Resolve with Note…');
    await until('the documents', async () => {
      const { title, rows } = await alice.quickInput();
      return (title.includes('1/2') && rows.length > 1) || undefined;
    });
    await alice.fill('printer-queue-stuck.md');
    await alice.key('Enter');
    await alice.pick('It solved the ticket');
    await untilTab(alice, `Resolution of RT-${scanner}`);
    await write(alice, 'The queue was stuck; emptied it.');
    await alice.page.keyboard.press('Control+Enter');
    const note = await inRt(scanner, 'emptied it');
    assert.deepEqual([note.type, note.by], ['Comment', 'alice']);
    const commit = (await run('git', ['-C', workspace, 'rev-parse', 'HEAD'])).trim();
    const link = `https://github.com/harbourline-example/it-operations/blob/${commit}/runbooks/printer-queue-stuck.md`;
    assert.match(note.text, /Document: Printer queue/);
    assert.ok(note.text.includes(link), note.text);
    assert.match(note.text, /Outcome: solved/);
    await until('the status in RT', async () =>
      (await ticket(scanner)).Status === 'resolved' ? true : undefined,
    );
  });

  it('shows a colleague the document and whether it helped', async () => {
    await raw.as('lead', 'PUT', `/ticket/${scanner}`, { Owner: 'bob' });
    bob = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await bob.openView('Tickets');
    await bob.command('Deskside: Add Account…');
    await signIn(bob, server.tokens.bob);
    await told(bob, /^Signed in to Request Tracker as Bob Tier2/);
    const panel = await open(bob, `RT-${scanner}`);
    const note = panel.getByRole('article').filter({ hasText: 'The queue was stuck' });
    await note.getByText('Solved it').waitFor();
    await note.getByRole('button', { name: /Printer queue/ }).click();
    await untilTab(bob, 'printer-queue-stuck.md');
    await bob.stop();
    bob = undefined;
  });

  it('gets an escalation as another queue and a hand-off that the customer can’t read', async () => {
    await open(alice, `RT-${escalated}`);
    await alice.command('Deskside: Escalate Ticket…');
    await question(alice, /1\/2/);
    await alice.pick('Tier 2');
    await alice.pick('needs skill we do not have');
    await untilTab(alice, `Hand-off of RT-${escalated}`);
    await write(alice, 'Her password expired on the old domain.');
    await alice.page.keyboard.press('Control+Enter');
    const note = await inRt(escalated, 'expired on the old domain');
    assert.deepEqual([note.type, note.by], ['Comment', 'alice']);
    await until('the queue in RT', async () =>
      (await ticket(escalated)).Queue.Name === 'Tier 2' ? true : undefined,
    );
    const { items } = await raw.as<{ items: { Type: string }[] }>(
      'carol',
      'GET',
      `/ticket/${escalated}/history?per_page=100&fields=Type`,
    );
    const types = items.map(({ Type }) => Type);
    assert.ok(types.includes('Create'), 'carol reads her ticket');
    assert.ok(!types.includes('Comment'), 'and no hand-off');
  });

  let attempts = 0;

  it('gets each reply once although the extension host is killed while it sends', async function () {
    this.timeout(600_000);
    const random = generator(20260311);
    attempts += 1;
    const replies = [1, 2, 3].map((number) => `Answer ${attempts}.${number}, ${unique}`);
    for (const reply of replies) {
      const panel = await opened();
      await compose(panel, 'Reply', reply);
      await panel
        .getByRole('status')
        .filter({ hasText: /Public reply (queued|sent)/ })
        .waitFor();
      await alice.page.waitForTimeout(random() * 400);
      assert.ok((await alice.killExtensionHost()).length > 0);
      await alice.page.reload();
      await alice.ready();
      await arrived(reply);
    }
    await alice.command('Deskside: Sync Now');
    const panel = await opened();
    const sent = panel.getByRole('article', { name: /^Public reply by Alice/ });
    for (const reply of replies) await sent.filter({ hasText: reply }).waitFor();
    await until('an empty outbox', async () =>
      (await alice.treeRows('Outbox')).length === 0 ? true : undefined,
    );
    const texts = (await said(killed)).filter(({ by }) => by === 'alice').map(({ text }) => text);
    assert.deepEqual(texts.slice(-replies.length), replies);
    assert.equal(new Set(texts).size, texts.length);
  });

  /** The panel of the ticket, by a click on its row. */
  async function opened(): Promise<Frame> {
    await alice.openView('Tickets');
    await alice.clickRow(`RT-${killed} `, 'Tickets');
    return shown(alice, `RT-${killed}`);
  }

  /** Where nobody can know whether a public reply got through, Deskside leaves it to the user to send it again. */
  async function arrived(reply: string): Promise<void> {
    await inRt(killed, reply).catch(async () => {
      await alice.openView('Outbox');
      await alice.rowAction(`Public reply to RT-${killed}`, 'Retry', 'Outbox');
      assert.match(await alice.dialog(), /It may have arrived already/);
      await alice.press('Send Public Reply');
      await inRt(killed, reply);
    });
  }

  function ticket(id: string): Promise<{ Status: string; Queue: { Name: string } }> {
    return raw.as('bob', 'GET', `/ticket/${id}?fields[Queue]=Name`);
  }
});
