import { strict as assert } from 'node:assert';
import { wordsQuery } from '../../../src/desk/query/parse.ts';
import { mine } from '../../../src/desk/scope.ts';
import { reuse } from '../../../src/store/packedText.ts';
import { openReader } from '../../../src/store/openReader.ts';
import { Storehouse } from '../../../src/store/storehouse.ts';
import { entry, noNotice, storeTests, ticket, value } from './fixtures.ts';
import { packPage } from '../../shared/page.ts';

describe('store: pages as they cross to the writer', () => {
  const tests = storeTests();

  it('keep every character, whatever room there was', () => {
    const folder = tests.folder();
    const storehouse = value(Storehouse.open(folder, noNotice));
    const subjects = ['Drucker für Zürich – “später” 🖨️', '印刷'.repeat(5_000), 'plain'];
    const tickets = subjects.map((subject, n) => ({ ...ticket(n + 1), subject }));
    const timelines = [{ ticketId: '2', entries: [entry('e', 'Žluťoučký kůň '.repeat(3_000))] }];
    reuse(new ArrayBuffer(10));
    const page = packPage({ accountId: 'a', scope: mine, tickets, timelines, cursor: 'c' });
    value(storehouse.execute('putPage', page));
    const reader = value(openReader(folder));
    for (const one of tickets) assert.deepEqual(reader.ticket(one), one);
    assert.deepEqual(reader.entries({ accountId: 'a', id: '2' }), timelines[0]?.entries);
    reader.close();
    storehouse.close();
  });

  it('may hold a ticket twice: the later one counts, and is found once', () => {
    const folder = tests.folder();
    const storehouse = value(Storehouse.open(folder, noNotice));
    const later = { ...ticket(1), subject: 'Rewritten', updatedAt: ticket(1).updatedAt + 1 };
    for (const cursor of ['first', 'again']) {
      const tickets = [ticket(1), ticket(2), later];
      const page = packPage({ accountId: 'a', scope: mine, tickets, timelines: [], cursor });
      value(storehouse.execute('putPage', page));
    }
    const reader = value(openReader(folder));
    assert.deepEqual(reader.ticket(later), later);
    assert.equal(reader.search(wordsQuery('rewritten'), 9).length, 1);
    assert.equal(reader.countTickets({}), 2);
    reader.close();
    storehouse.close();
  });

  it('come into one index in the end, however many there were', () => {
    const folder = tests.folder();
    const storehouse = value(Storehouse.open(folder, noNotice));
    for (let n = 1; n <= 30; n++) {
      const tickets = [ticket(n)];
      const page = packPage({ accountId: 'a', scope: mine, tickets, timelines: [], cursor: String(n) });
      value(storehouse.execute('putPage', page));
    }
    let merges = 0;
    while (storehouse.mergeIndex()) merges += 1;
    assert.ok(merges > 0);
    const reader = value(openReader(folder));
    assert.equal(reader.search(wordsQuery('printer'), 99).length, 30);
    reader.close();
    storehouse.close();
  });
});
