import { strict as assert } from 'node:assert';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { openReader } from '../../../src/store/openReader.ts';
import { draft, entry, operation, startChild, storeTests, ticket, value } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

describe('store: several windows on one folder', function () {
  this.timeout(60_000);
  const tests = storeTests();

  it('write at the same time, and nothing is lost or refused', async () => {
    const { folder, reader } = await tests.open();
    const children = [startChild('share', folder), startChild('share', folder)];
    for (const child of children) assert.equal(await child.line(), 'done');
    assert.equal(reader.outbox().length, 120);
    assert.equal(reader.tickets({}).length, 120);
  });

  it('wait for one another', async () => {
    const { folder, reader, writer } = await tests.open();
    const other = new DatabaseSync(path.join(folder, 'work.db'));
    other.exec('BEGIN IMMEDIATE');
    let settled = false;
    const queued = writer.run('queue', operation('o')).finally(() => (settled = true));
    await setTimeout(100);
    assert.equal(settled, false);
    assert.deepEqual(reader.outbox(), [], 'reading goes on meanwhile');
    other.exec('COMMIT');
    other.close();
    value(await queued);
    assert.equal(reader.outbox().length, 1);
  });

  it('are told apart by leases', async () => {
    const [one, other] = await two();
    const take = async (store: typeof one, holder: string, now: number, until: number) =>
      value(await store.writer.run('takeLease', { name: 'sync a', holder, now, until }));
    assert.equal(await take(one, 'one', 0, 10), true);
    assert.equal(await take(other, 'other', 9, 19), false);
    assert.equal(await take(one, 'one', 9, 20), true, 'renewed');
    assert.equal(await take(other, 'other', 19, 29), false);
    assert.equal(await take(other, 'other', 20, 30), true, 'it ran out');
    assert.equal(await take(one, 'one', 21, 31), false);
    value(await one.writer.run('releaseLease', { name: 'sync a', holder: 'one' }));
    assert.equal(await take(one, 'one', 22, 32), false, 'only the holder releases');
    value(await other.writer.run('releaseLease', { name: 'sync a', holder: 'other' }));
    assert.equal(await take(one, 'one', 23, 33), true);
  });

  it('give a lease to one of many who ask at once', async () => {
    const [one, other] = await two();
    const asked = Array.from({ length: 40 }, (_, n) =>
      (n % 2 ? one : other).writer.run('takeLease', { name: 'x', holder: String(n), now: 0, until: 10 }),
    );
    assert.equal((await Promise.all(asked)).map(value).filter(Boolean).length, 1);
  });

  it('see every change of the others by the version', async () => {
    const [one, other] = await two();
    const changes: [string, () => Promise<unknown>][] = [
      ['a ticket', () => one.writer.run('putTicket', ticket(1))],
      ['a timeline', () => one.writer.run('putTimeline', { ticket: ticket(1), entries: [entry('e', 'x')] })],
      [
        'a page',
        () =>
          other.writer.run(
            'putPage',
            packPage({
              accountId: 'a',
              scope: mine,
              tickets: [],
              timelines: [],
              cursor: '2',
            }),
          ),
      ],
      ['an operation', () => other.writer.run('queue', operation('o'))],
      ['a draft', () => one.writer.run('saveDraft', draft('d', 'text'))],
      ['what was seen', () => one.writer.run('markSeen', { ref: ticket(1), until: 5 })],
      ['a state', () => other.writer.run('putAccountState', { accountId: 'a', problems: [] })],
      ['a ticket gone', () => other.writer.run('dropTickets', [ticket(1)])],
    ];
    const third = value(openReader(one.folder));
    for (const [what, change] of changes) {
      const before = [one, other].map(({ reader }) => reader.version());
      const thirdBefore = third.version();
      await change();
      assert.notEqual(one.reader.version(), before[0], what);
      assert.notEqual(other.reader.version(), before[1], what);
      assert.notEqual(third.version(), thirdBefore, what);
    }
    third.close();
  });

  it('are not woken by what changes nothing', async () => {
    const { reader, writer } = await tests.open();
    const page = { accountId: 'a', scope: mine, tickets: [ticket(1)], timelines: [], cursor: '1' };
    value(await writer.run('putPage', packPage(page)));
    value(await writer.run('markSeen', { ref: ticket(1), until: 5 }));
    const before = reader.version();
    value(await writer.run('putPage', packPage(page)));
    value(await writer.run('takeLease', { name: 'x', holder: 'y', now: 0, until: 10 }));
    value(await writer.run('markSeen', { ref: ticket(1), until: 4 }));
    value(await writer.run('deleteDraft', 'nowhere'));
    assert.equal(reader.version(), before);
  });

  it('may read before anybody has written', async () => {
    const folder = tests.folder();
    const early = value(openReader(folder));
    assert.deepEqual(early.tickets({}), []);
    const { writer } = await tests.open(folder);
    value(await writer.run('putTicket', ticket(1)));
    const version = early.version();
    assert.equal(early.tickets({}).length, 1);
    value(await writer.run('putTicket', ticket(2)));
    assert.notEqual(early.version(), version);
    early.close();
  });

  it('may read after everybody has closed', async () => {
    const { folder, writer, close } = await tests.open();
    value(await writer.run('putTicket', ticket(1)));
    await close();
    const reader = value(openReader(folder));
    assert.deepEqual(reader.ticket(ticket(1)), ticket(1));
    reader.close();
  });

  async function two() {
    const one = await tests.open();
    return [one, await tests.open(one.folder)] as const;
  }
});
