import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver/node';
import { entry, storeTests, ticket, value, type TestStore } from '../store/fixtures.ts';
import { ServerProcess } from '../../shared/serverProcess.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

const keyPatterns = [
  { accountId: 'a', source: '(?<![\\w-])DESK-\\d+(?![\\w-])' },
  { accountId: 'rt', source: '(?<![\\w-])RT[-#]\\d+(?![\\w-])' },
  { accountId: 'rt2', source: '(?<![\\w-])RT[-#]\\d+(?![\\w-])' },
];
const settings = { keyPatterns, runbooksFolder: 'runbooks', linksAreChecked: false };

async function fill({ writer }: TestStore): Promise<void> {
  const hostile = ticket(7, { subject: '<img src=x> [x](command:quit) `a`', id: '7' });
  const rt = ticket(3, { accountId: 'rt', key: 'RT-3', subject: 'From the first system' });
  const rt2 = ticket(3, { accountId: 'rt2', key: 'RT-3', subject: 'From the second system' });
  const tickets = [ticket(12, { subject: 'VPN drops' }), ticket(120), ticket(13), hostile];
  value(
    await writer.run(
      'putPage',
      packPage({ accountId: 'a', scope: mine, tickets, timelines: [], cursor: '1' }),
    ),
  );
  for (const one of [rt, rt2]) value(await writer.run('putTicket', one));
  const entries = [entry('1', 'It drops every hour.', { fromRequester: true })];
  value(await writer.run('putTimeline', { ticket: ticket(12, { subject: 'VPN drops' }), entries }));
}

describe('the language server, over a process of its own', () => {
  const stores = storeTests();
  let server: ServerProcess;

  beforeEach(async () => {
    const store = await stores.open();
    await fill(store);
    server = await ServerProcess.start({ ...settings, storeFolder: store.folder });
  });
  afterEach(() => server.kill());

  it('completes ticket keys with subject and status, the latest first', async () => {
    const { items } = await server.complete('See DESK-1|');
    assert.deepEqual(
      items.map(({ label, labelDetails }) => `${label}: ${String(labelDetails?.description)}`),
      [
        'DESK-120: Printer 120 is jammed (Open)',
        'DESK-13: Printer 13 is jammed (Open)',
        'DESK-12: VPN drops (Open)',
      ],
    );
    assert.deepEqual(items[0]?.textEdit, {
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 10 } },
      newText: 'DESK-120',
    });
    assert.equal((await server.complete('- RT|')).items.length, 2);
    assert.equal((await server.complete('de-|')).items.length, 0);
  });

  it('completes nothing in words, addresses and paths', async () => {
    for (const text of ['a desk|', 'UNDESK-|', 'https://x/DESK-1|', 'D|', '# |', 'utf-8|']) {
      assert.deepEqual((await server.complete(text)).items, [], text);
    }
  });

  it('shows in a hover what one wants to know, and nothing that acts', async () => {
    const hover = await server.hover('Line\nSee DE|SK-12, please.');
    const { kind, value: text } = hover?.contents as MarkupContent;
    assert.equal(kind, 'markdown');
    assert.match(text, /^\*\*DESK-12\*\* VPN drops\n\nOpen · High · from Carol Jones · assigned to nobody/);
    assert.match(text, /public message:\n\n> It drops every hour\.$/);
    assert.deepEqual(hover?.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 11 } });
    const hostile = (await server.hover('DESK-7|'))?.contents as MarkupContent;
    assert.match(hostile.value, /\\<img src=x> \\\[x\\\]\(command:quit\) \\`a\\`/);
  });

  it('shows no hover for what is no ticket', async () => {
    for (const text of ['DESK-99|', 'x|', 'https://example.com/DESK-12|', '|', 'DESK-12 |x']) {
      assert.equal(await server.hover(text), null, text);
    }
  });

  it('leads to the ticket, or to each of several that a key may mean', async () => {
    assert.deepEqual(
      (await server.define('DESK-12|')).map(({ targetUri }) => targetUri),
      ['deskside-ticket:/a/DESK-12.md'],
    );
    assert.deepEqual((await server.define('RT#3|')).map(({ targetUri }) => targetUri).sort(), [
      'deskside-ticket:/rt/RT-3.md',
      'deskside-ticket:/rt2/RT-3.md',
    ]);
    assert.deepEqual(await server.define('DESK-99|'), []);
  });

  it('learns of new accounts while it runs', async () => {
    assert.equal(await server.hover('[HD-1|]'), null);
    const patterns = [{ accountId: 'a', source: 'DESK-1\\d' }];
    await server.connection.sendNotification('deskside/settings', { ...settings, keyPatterns: patterns });
    assert.equal((await server.define('RT-3|')).length, 0);
    assert.equal((await server.define('DESK-13|')).length, 1);
  });
});

describe('the language server over its life', () => {
  const stores = storeTests();

  it('sees a store that appears later, and what is written while it runs', async () => {
    const folder = stores.folder();
    const server = await ServerProcess.start({ ...settings, storeFolder: folder });
    try {
      assert.equal(await server.hover('DESK-12|'), null);
      const text = '---\ntickets: [DESK-12]\n---\nDESK-99';
      const uri = await server.open(text);
      const store = await stores.open(folder);
      await fill(store);
      const state = { accountId: 'a', lastSyncedAt: 1, problems: [] };
      value(await store.writer.run('putAccountState', state));
      await server.diagnostics(uri, text, (found) => found.length === 1);
      assert.notEqual(await server.hover('DESK-12|'), null);
    } finally {
      await server.kill();
    }
  });

  it('can be killed at any moment: the next one answers the same', async () => {
    const store = await stores.open();
    await fill(store);
    for (let round = 0; round < 3; round++) {
      const server = await ServerProcess.start({ ...settings, storeFolder: store.folder });
      const unanswered = Array.from({ length: 20 }, () => server.hover('DESK-12|').catch(() => undefined));
      if (round > 0) await unanswered[round];
      await server.kill();
      const next = await ServerProcess.start({ ...settings, storeFolder: store.folder });
      assert.notEqual(await next.hover('DESK-12|'), null);
      await next.kill();
    }
    value(await store.writer.run('putTicket', ticket(500)));
  });

  it('ends when it is asked to', async () => {
    const server = await ServerProcess.start({ ...settings, storeFolder: stores.folder() });
    assert.equal(await server.stop(), 0);
  });

  it('goes on after requests that make no sense', async () => {
    const store = await stores.open();
    await fill(store);
    const server = await ServerProcess.start({ ...settings, storeFolder: store.folder });
    try {
      const textDocument = { uri: 'untitled:nothing.md' };
      const position = { line: 5, character: 900 };
      assert.equal(
        await server.connection.sendRequest('textDocument/hover', { textDocument, position }),
        null,
      );
      await assert.rejects(server.connection.sendRequest('deskside/nothing', {}));
      const changes = [
        { uri: 'file:///nowhere/at/all.md', type: 1 },
        { uri: 'untitled:x', type: 3 },
      ];
      await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
      assert.notEqual(await server.hover('DESK-12|'), null);
    } finally {
      await server.kill();
    }
  });
});
