import { strict as assert } from 'node:assert';
import { setTimeout } from 'node:timers/promises';
import { Database } from '../../../src/store/database.ts';
import { openReader } from '../../../src/store/openReader.ts';
import { cacheSchema, workSchema } from '../../../src/store/schema.ts';
import { Storehouse } from '../../../src/store/storehouse.ts';
import { wordsQuery } from '../../../src/desk/query/parse.ts';
import { entry, exited, noNotice, operation, startChild, storeTests, ticket, value } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

describe('store: what is written stays written', function () {
  this.timeout(240_000);
  const tests = storeTests();

  it('commits a page and its cursor together: killed at any moment, there is neither or both', async () => {
    for (let kill = 1; kill <= 6; kill++) {
      const folder = tests.folder();
      const child = startChild('pages', folder);
      while ((await child.line()) !== `page ${kill}`);
      await setTimeout(Math.random() * 4);
      child.process.kill('SIGKILL');
      await exited(child.process);

      const reader = value(openReader(folder));
      const cursor = Number(reader.cursor('a', mine) ?? 0);
      const tickets = reader.tickets({});
      reader.close();
      assert.ok(cursor >= kill - 1, `page ${kill - 1} was confirmed, the cursor is ${cursor}`);
      assert.equal(tickets.length, cursor * 40);
      for (const { tags } of tickets) assert.ok(Number(tags[0]?.slice('page '.length)) <= cursor);
    }
  });

  it('keeps nothing of a page that could not be written to its end', () => {
    const folder = tests.folder();
    const storehouse = value(Storehouse.open(folder, noNotice));
    const first = { accountId: 'a', scope: mine, tickets: [ticket(1)], timelines: [], cursor: 'first' };
    value(storehouse.execute('putPage', packPage(first)));
    const second = {
      accountId: 'a',
      scope: mine,
      tickets: [ticket(2), ticket(3)],
      timelines: [{ ticketId: '2', entries: [entry('e', 'text')] }],
      cursor: 'second',
    };
    const packed = packPage(second);
    packed.numbers.fill(NaN, packed.numbers.length / 2);
    const result = storehouse.execute('putPage', packed);
    assert.equal(result.ok || result.error.reason, 'storage');
    const reader = value(openReader(folder));
    assert.equal(reader.cursor('a', mine), 'first');
    assert.deepEqual(
      reader.tickets({}).map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual(reader.search(wordsQuery('Printer'), 9).length, 1);
    reader.close();
    value(storehouse.execute('putTicket', ticket(4)));
    storehouse.close();
  });

  it('says "queued" only of what a kill can no longer take away', async () => {
    for (let kill = 1; kill <= 5; kill++) {
      const folder = tests.folder();
      const child = startChild('queue', folder);
      const last = `operation-${kill * 3}`;
      while ((await child.line()) !== last);
      child.process.kill('SIGKILL');
      await exited(child.process);
      const store = await tests.open(folder);
      assert.deepEqual(store.reader.operation(last), operation(last));
      assert.deepEqual(store.notices, []);
    }
  });

  it('syncs what is precious to disk at every commit, and waits for locks', () => {
    const folder = tests.folder();
    const pragma = (schema: typeof workSchema, name: string) => {
      const database = new Database(folder, schema, noNotice);
      const row = database.connection.get(`PRAGMA ${name}`);
      database.close();
      return Object.values(row!)[0];
    };
    assert.equal(pragma(workSchema, 'synchronous'), 2);
    assert.equal(pragma(workSchema, 'journal_mode'), 'wal');
    assert.equal(pragma(cacheSchema, 'journal_mode'), 'wal');
    assert.equal(pragma(workSchema, 'busy_timeout'), 5000);
  });

  it('advances an operation only from the state it is in', async () => {
    const { reader, writer } = await tests.open();
    value(await writer.run('queue', operation('o')));
    const sending = operation('o', { state: 'sending' });
    const claim = { from: 'queued', done: 0, operation: sending } as const;
    assert.equal(value(await writer.run('advance', claim)), true);
    assert.equal(value(await writer.run('advance', claim)), false);
    assert.equal(value(await writer.run('discard', 'o')), false, 'not while it is sent');
    const wrongStep = { from: 'sending', done: 1, operation: operation('o') } as const;
    assert.equal(value(await writer.run('advance', wrongStep)), false);
    assert.deepEqual(reader.outbox(), [sending]);
    const confirmed = operation('o', { state: 'confirmed', done: 1 });
    value(await writer.run('advance', { from: 'sending', done: 0, operation: confirmed }));
    assert.deepEqual(reader.outbox(), []);
    assert.deepEqual(reader.operation('o'), confirmed);
  });

  it('does not queue the same operation twice', async () => {
    const { reader, writer } = await tests.open();
    value(await writer.run('queue', operation('o')));
    value(
      await writer.run('advance', {
        from: 'queued',
        done: 0,
        operation: operation('o', { state: 'failed' }),
      }),
    );
    value(await writer.run('queue', operation('o')));
    assert.deepEqual(
      reader.outbox().map(({ state }) => state),
      ['failed'],
    );
  });

  it('forgets confirmed operations after a day, and no others', async () => {
    const { reader, writer } = await tests.open();
    const createdAt = 1_700_000_000_000;
    for (const state of ['confirmed', 'failed', 'unknown', 'conflict', 'queued'] as const) {
      value(await writer.run('queue', operation(state, { state, createdAt })));
    }
    value(await writer.run('queue', operation('next', { createdAt: createdAt + 25 * 60 * 60 * 1000 })));
    assert.equal(reader.operation('confirmed'), undefined);
    assert.equal(reader.outbox().length, 5);
  });

  it('answers what was sent before it was closed, and nothing after', async () => {
    const { reader, writer } = await tests.open();
    const pending = writer.run('queue', operation('o'));
    await writer.close();
    value(await pending);
    assert.ok(reader.operation('o'));
    const late = await writer.run('queue', operation('late'));
    assert.equal(late.ok || late.error.reason, 'storage');
  });
});
