import { strict as assert } from 'node:assert';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openReader } from '../../../src/store/openReader.ts';
import { draft, entry, noNotice, operation, storeTests, ticket, value, type TestStore } from './fixtures.ts';
import { cacheCommands } from '../../../src/store/commands/cache.ts';
import { Database } from '../../../src/store/database.ts';
import { storageError } from '../../../src/store/failure.ts';
import { cacheSchema } from '../../../src/store/schema.ts';
import { wordsQuery } from '../../../src/desk/query/parse.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

const pageSize = 4096;

describe('store: damaged files', function () {
  this.timeout(60_000);
  const tests = storeTests();

  /** A closed store with some of everything. */
  async function filled(): Promise<{ folder: string; cache: string; work: string }> {
    const { folder, writer, close } = await tests.open();
    const tickets = Array.from({ length: 300 }, (_, n) => ticket(n));
    value(
      await writer.run(
        'putPage',
        packPage({ accountId: 'a', scope: mine, tickets, timelines: [], cursor: '300' }),
      ),
    );
    for (let n = 0; n < 40; n++) {
      value(await writer.run('queue', operation(`operation-${n}`)));
      value(await writer.run('saveDraft', draft(`draft-${n}`, `${n} `.repeat(700), { ticketId: String(n) })));
    }
    const entries = [entry('e', 'text')];
    value(await writer.run('localCreate', { key: 'step', ticket: ticket(1), entries }));
    await close();
    return { folder, cache: path.join(folder, 'cache.db'), work: path.join(folder, 'work.db') };
  }

  function overwrite(file: string, from: number, to: number): void {
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(to - from, 0xa5), 0, to - from, from);
    closeSync(handle);
  }

  function overwriteText(file: string, from: string, to: string): void {
    const bytes = readFileSync(file);
    bytes.write(to, bytes.indexOf(from));
    writeFileSync(file, bytes);
  }

  function overwritePage(file: string, page: number): void {
    overwrite(file, (page - 1) * pageSize, page * pageSize);
  }

  function rootOf(table: string, file: string): number {
    const database = new DatabaseSync(file, { readOnly: true });
    const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
    database.close();
    return Number(row?.rootpage);
  }

  async function worksAgain({ reader, writer }: TestStore): Promise<void> {
    value(await writer.run('putTicket', ticket(7)));
    value(await writer.run('queue', operation('after')));
    assert.deepEqual(reader.ticket(ticket(7)), ticket(7));
    assert.deepEqual(reader.operation('after'), operation('after'));
    assert.equal(reader.problem(), undefined);
  }

  const harm: [string, (file: string) => void][] = [
    ['cut short', (file) => truncateSync(file, statSync(file).size - pageSize * 2 - 100)],
    ['cut to one page', (file) => truncateSync(file, pageSize)],
    ['cut in the header', (file) => truncateSync(file, 50)],
    ['other content', (file) => writeFileSync(file, 'This is not a database. '.repeat(500))],
    ['a broken header', (file) => overwrite(file, 0, 100)],
  ];
  for (const [what, damage] of harm) {
    it(`starts the cache anew: ${what}`, async () => {
      const { folder, cache } = await filled();
      damage(cache);
      const store = await tests.open(folder);
      assert.deepEqual(store.reader.tickets({}), []);
      assert.equal(store.reader.cursor('a', mine), undefined, 'so that everything is fetched again');
      assert.equal(store.reader.outbox().length, 40, 'the work is untouched');
      assert.equal(store.notices.length, 1);
      assert.match(store.notices[0]!, /cache.*damaged/);
      assert.ok(readdirSync(folder).includes('cache.damaged.db'), 'it is kept aside');
      await worksAgain(store);
    });

    it(`never loses sight of damaged work: ${what}`, async () => {
      const { folder, work } = await filled();
      damage(work);
      const damaged = readFileSync(work);
      const store = await tests.open(folder);
      assert.equal(store.notices.length, 1);
      assert.match(store.notices[0]!, /damaged/);
      assert.deepEqual(readFileSync(path.join(folder, 'work.damaged.db')), damaged, 'kept as it was found');
      assert.equal(store.reader.tickets({}).length, 300, 'the cache is untouched');
      await worksAgain(store);
    });
  }

  it('saves all rows that are still there of work that was cut short', async () => {
    const { folder, work } = await filled();
    truncateSync(work, statSync(work).size - pageSize * 3);
    const rest = readFileSync(work);
    const left = (kind: string) =>
      Array.from({ length: 40 }, (_, n) => `${kind}-${n}`).filter((id) => rest.includes(`"id":"${id}"`));
    const { reader } = await tests.open(folder);
    const saved = [reader.outbox(), reader.drafts()].map((list) => list.map(({ id }) => id).sort());
    assert.deepEqual(saved, [left('operation').sort(), left('draft').sort()]);
    assert.ok(left('draft').length > 30 && left('draft').length + left('operation').length < 80);
    for (const { id, text } of reader.drafts()) assert.ok(text.startsWith(id.slice('draft-'.length)));
  });

  it('saves the rows on both sides of a damaged page', async () => {
    const { folder, work } = await filled();
    const page = readFileSync(work).indexOf('19 19 19 19');
    const start = Math.floor(page / pageSize) * pageSize;
    overwrite(work, start, start + pageSize);
    const store = await tests.open(folder);
    value(await store.writer.run('discard', 'nothing'));
    assert.ok(store.reader.drafts().length < 40);
    assert.notEqual(store.reader.problem(), undefined, 'half a list is no answer');
    // The reader has told the writer, which mends it before it does anything else.
    value(await store.writer.run('deleteDraft', 'nowhere'));
    const ids = store.reader.drafts().map(({ id }) => id);
    assert.equal(store.reader.problem(), undefined);
    assert.ok(ids.includes('draft-0') && ids.includes('draft-39'));
    assert.ok(ids.length >= 38, `${ids.length} drafts`);
    assert.equal(store.reader.outbox().length, 40);
    assert.match(store.notices[0]!, /damaged/);
    await worksAgain(store);
  });

  it('goes on counting local tickets where it was, even if the count itself is lost', async () => {
    const { folder, work } = await filled();
    const before = value(openReader(folder));
    const { sequence } = before.localChanges(0, 100);
    before.close();
    overwritePage(work, rootOf('local_counters', work));
    const { reader, writer } = await tests.open(folder);
    const id = value(await writer.run('localCreate', { key: 'next', ticket: ticket(2), entries: [] }));
    assert.deepEqual(
      reader.localChanges(sequence, 100).tickets.map((local) => local.ticket.id),
      [id],
    );
  });

  it('writes nothing more into a file that another window has replaced', async () => {
    const { folder, work } = await filled();
    const [one, other] = [await tests.open(folder), await tests.open(folder)];
    overwritePage(work, rootOf('links', work));
    const document = { title: 'VPN', path: 'vpn.md' };
    const link = {
      id: 'l',
      ticket: { accountId: 'a', id: '1' },
      ticketKey: 'DESK-1',
      document,
      at: 1,
      by: 'alice',
    };
    value(await one.writer.run('putLink', link));
    assert.equal(one.notices.length, 1);
    value(await other.writer.run('queue', operation('by the other')));
    assert.ok(one.reader.operation('by the other'));
    assert.deepEqual(other.notices, [], 'one has told it');
  });

  it('mends a cache that is damaged while it is in use, in all windows', async () => {
    const { folder, cache } = await filled();
    const one = await tests.open(folder);
    const other = await tests.open(folder);
    const language = value(openReader(folder));
    assert.equal(other.reader.tickets({}).length, 300);
    overwrite(cache, pageSize, statSync(cache).size);
    value(await one.writer.run('putTicket', ticket(1, { subject: 'Written over the damage' })));
    for (const reader of [one.reader, other.reader, language]) {
      reader.version();
      assert.deepEqual(
        reader.tickets({}).map(({ subject }) => subject),
        ['Written over the damage'],
      );
      assert.equal(reader.problem(), undefined);
    }
    value(await other.writer.run('putTicket', ticket(2)));
    assert.equal(one.reader.tickets({}).length, 2);
    assert.equal(one.notices.length + other.notices.length, 1, 'told once');
    language.close();
  });

  it('notices what SQLite does not: rows that are no longer what was written', async () => {
    const { folder, work } = await filled();
    const text = '"id":"draft-7","kind"';
    overwriteText(work, text, text.replace('"draft', '+draft'));
    const store = await tests.open(folder);
    assert.deepEqual(store.reader.drafts(), []);
    assert.notEqual(store.reader.problem(), undefined);
    value(await store.writer.run('deleteDraft', 'nowhere'));
    const ids = store.reader.drafts().map(({ id }) => id);
    assert.equal(ids.length, 39);
    assert.ok(!ids.includes('draft-7'));
    assert.equal(store.notices.length, 1);
  });

  for (const name of ['cache', 'work'] as const) {
    it(`goes on in a new file when one is renamed under a running window: ${name}`, async () => {
      const { folder } = await filled();
      const store = await tests.open(folder);
      const other = value(openReader(folder));
      for (const suffix of ['', '-wal', '-shm']) {
        const file = path.join(folder, `${name}.db${suffix}`);
        if (existsSync(file)) renameSync(file, path.join(folder, `renamed-${name}.db${suffix}`));
      }
      await worksAgain(store);
      assert.equal(store.reader.tickets({}).length, 300);
      assert.equal(store.reader.outbox().length, 41);
      assert.equal(store.notices.length, 1);
      assert.match(store.notices[0]!, /moved or deleted.*carried over/);
      assert.ok(readdirSync(folder).includes(`${name}.2.db`));
      other.version();
      assert.deepEqual(other.operation('after'), operation('after'), 'others follow');
      other.close();
    });
  }

  it('takes nothing in when the disk is full, and goes on when there is room again', () => {
    const folder = tests.folder();
    const cache = new Database(folder, cacheSchema, noNotice);
    const commands = cacheCommands(cache);
    const page = (first: number) =>
      packPage({
        accountId: 'a',
        scope: mine,
        tickets: Array.from({ length: 200 }, (_, n) => ticket(first + n)),
        timelines: [],
        cursor: String(first),
      });
    commands.putPage(page(0));
    const pages = cache.connection.get('PRAGMA page_count')?.page_count;
    cache.connection.exec(`PRAGMA max_page_count = ${Number(pages) + 5}`);
    let error: unknown;
    try {
      commands.putPage(page(1000));
    } catch (caught) {
      error = caught;
    }
    assert.match(storageError(error).message, /disk is full. Nothing was changed/);
    const reader = value(openReader(folder));
    assert.equal(reader.tickets({}).length, 200);
    assert.equal(reader.cursor('a', mine), '0', 'the next sync asks for the page again');
    cache.connection.exec('PRAGMA max_page_count = 1000000');
    commands.putPage(page(1000));
    assert.equal(reader.tickets({}).length, 400);
    assert.equal(reader.search(wordsQuery('printer'), 1000).length, 400);
    reader.close();
    cache.close();
  });

  it('says so when the work was emptied', async () => {
    const { folder, work } = await filled();
    truncateSync(work, 0);
    const store = await tests.open(folder);
    assert.match(store.notices.join(), /found empty/);
    await worksAgain(store);
  });

  it('finishes a replacement that was cut short', async () => {
    const { folder, work } = await filled();
    truncateSync(work, statSync(work).size - pageSize);
    writeFileSync(path.join(folder, 'work.2.db'), '');
    const store = await tests.open(folder);
    assert.equal(store.reader.outbox().length, 40);
    await worksAgain(store);
  });

  it('says that it can not read instead of finding nothing', async () => {
    const { folder, cache } = await filled();
    writeFileSync(cache, 'This is not a database. '.repeat(500));
    const opened = openReader(folder);
    assert.equal(opened.ok || opened.error.reason, 'storage');
  });
});
