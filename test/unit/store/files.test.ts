import { strict as assert } from 'node:assert';
import fs, { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import type { TicketPair } from '../../../src/desk/pair.ts';
import { openStore } from '../../../src/store/open.ts';
import { wordsQuery } from '../../../src/desk/query/parse.ts';
import { draft, entry, operation, storeTests, ticket, value } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

describe('store: its folder', () => {
  const tests = storeTests();

  it('is private, and so is every file in it', async () => {
    const folder = path.join(tests.folder(), 'deep', 'store');
    const { writer } = await tests.open(folder);
    value(await writer.run('queue', operation('o')));
    value(await writer.run('putTicket', ticket(1)));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    const files = readdirSync(folder);
    assert.ok(files.includes('work.db') && files.includes('cache.db') && files.includes('work.db-wal'));
    for (const file of files) assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600, file);
  });

  it('has private files also where they came with wider rights, as out of a backup', async () => {
    const folder = tests.folder();
    writeFileSync(path.join(folder, 'work.db'), '', { mode: 0o644 });
    await tests.open(folder);
    assert.equal(statSync(path.join(folder, 'work.db')).mode & 0o777, 0o600);
  });

  it('may be one that can not be written: then work is kept while the window is open, and that is said', async () => {
    const file = path.join(tests.folder(), 'file');
    writeFileSync(file, 'not a folder');
    const store = await tests.open(path.join(file, 'store'));
    assert.equal(store.notices.length, 1);
    assert.match(store.notices[0]!, /cannot be written.*only until this window is closed/);
    value(await store.writer.run('queue', operation('o')));
    assert.equal(store.reader.outbox().length, 1);
    assert.equal(store.reader.problem(), undefined);
    assert.equal(readFileSync(file, 'utf8'), 'not a folder');
  });

  it('sends nothing from a copy of one that can not be written: another window would send it again', async () => {
    const { folder, writer, close } = await tests.open();
    value(await writer.run('saveDraft', draft('d', 'Kept.')));
    value(await writer.run('queue', operation('o')));
    const pair: TicketPair = {
      id: 'made',
      from: { accountId: 'a', id: '1' },
      notes: true,
      passed: { from: { status: 'open', active: true, seen: { until: 0 } } },
    };
    value(await writer.run('queuePair', { pair, first: operation('made'), second: operation('waits') }));
    await close();
    const restore = writeProtect(folder);
    try {
      const store = await tests.open(folder);
      assert.match(store.notices.join(), /cannot be written.*outbox.*once it can be written/);
      assert.deepEqual(store.reader.outbox(), []);
      assert.deepEqual(store.reader.pairs(), []);
      assert.equal(store.reader.draft('d')?.text, 'Kept.');
      value(await store.writer.run('queue', operation('new')));
      assert.equal(store.reader.outbox().length, 1);
    } finally {
      restore();
    }
    const { reader } = await tests.open(folder);
    assert.deepEqual(
      reader.outbox().map(({ id }) => id),
      ['o', 'made', 'waits'],
    );
  });

  it('gives an error when the writer can not be started', async () => {
    const result = await openStore({
      folder: tests.folder(),
      workerFile: path.join(tests.folder(), 'nowhere.cjs'),
    });
    assert.equal(result.ok || result.error.reason, 'storage');
  });

  it('holds nothing of an account that was purged', async () => {
    const { folder, reader, writer, close } = await tests.open();
    const secret = 'Zanzibarlock';
    const fill = async (accountId: string, word: string) => {
      const one = ticket(1, { accountId, id: accountId, key: accountId, subject: word });
      const page = {
        accountId,
        scope: mine,
        tickets: [one],
        timelines: [{ ticketId: one.id, entries: [entry('e', `${word} in the timeline`)] }],
        cursor: `${word}-cursor`,
      };
      value(await writer.run('putPage', packPage(page)));
      value(await writer.run('putAccountState', { accountId, problems: [word] }));
      value(await writer.run('queue', operation(accountId, { accountId, label: word })));
      value(await writer.run('saveDraft', draft(accountId, word, { accountId })));
      value(await writer.run('markSeen', { ref: one, until: 5 }));
      value(await writer.run('localCreate', { key: accountId, ticket: one, entries: [entry('e', word)] }));
      value(
        await writer.run('putLink', {
          id: accountId,
          ticket: { accountId, id: one.id },
          ticketKey: word,
          document: { title: word, path: `${word}.md` },
          at: 1,
          by: word,
        }),
      );
    };
    await fill('a', secret);
    await fill('b', 'kept');

    value(await writer.run('purgeAccount', { accountId: 'a', work: false }));
    assert.deepEqual(
      reader.tickets({}).map(({ subject }) => subject),
      ['kept'],
    );
    assert.deepEqual(reader.search(wordsQuery(secret), 9), []);
    assert.equal(reader.cursor('a', mine), undefined);
    assert.equal(reader.accountState('a'), undefined);
    assert.equal(reader.outbox().length, 2, 'what the user did is still there');
    assert.equal(reader.drafts().length, 2);

    value(await writer.run('purgeAccount', { accountId: 'a', work: true }));
    assert.deepEqual(
      reader.outbox().map(({ id }) => id),
      ['b'],
    );
    assert.equal(reader.localChanges(0, 9).tickets.length, 1);
    assert.equal(reader.search(wordsQuery('kept'), 9).length, 1);
    await close();
    for (const file of readdirSync(folder)) {
      assert.ok(!readFileSync(path.join(folder, file)).toString('latin1').includes(secret), file);
      assert.ok(
        !readFileSync(path.join(folder, file)).toString('latin1').includes(secret.toLowerCase()),
        file,
      );
    }
    assert.ok(existsSync(path.join(folder, 'work.db')));
  });
});

/** As a disk that is mounted so, which stops an administrator too. Gives what takes it back. */
function writeProtect(folder: string): () => void {
  const { accessSync } = fs;
  const replace = (by: typeof accessSync) => {
    fs.accessSync = by;
    syncBuiltinESMExports();
  };
  replace((file, mode = fs.constants.F_OK) => {
    if (String(file) === folder && (mode & fs.constants.W_OK) !== 0) throw new Error('EROFS');
    accessSync(file, mode);
  });
  return () => replace(accessSync);
}
