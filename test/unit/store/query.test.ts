import { strict as assert } from 'node:assert';
import path from 'node:path';
import fc from 'fast-check';
import { localCalendar } from '../../../src/desk/query/dates.ts';
import { parseQuery, wordsQuery } from '../../../src/desk/query/parse.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { Connection } from '../../../src/store/connection.ts';
import { mine } from '../../../src/desk/scope.ts';
import { isActive, type PriorityRank, type Ticket } from '../../../src/desk/ticket.ts';
import { draft, entry, storeTests, ticket, value, type TestStore } from './fixtures.ts';
import { packPage } from '../../shared/page.ts';

const hour = 3_600_000;
const now = 1_700_000_000_000;
const names = ['Ada Okafor', 'Ben Lind', 'Chiara Rossi', 'Zoë Park'];
const subjects = ['Printer is jammed', 'VPN drops', 'Mailbox is full', 'Geräusche im Drucker'];
const statuses = [
  { name: 'New', category: 'new' },
  { name: 'In progress', category: 'open' },
  { name: 'On hold', category: 'pending' },
  { name: 'Solved', category: 'resolved' },
] as const;
const person = (n: number) => {
  const name = names[n % names.length]!;
  return { id: name.toLowerCase().replace(' ', '.'), name };
};

/** A ticket of everything: each field goes round at its own pace. */
function varied(n: number): Ticket {
  const status = statuses[n % 4]!;
  const base = ticket(n, {
    accountId: n % 3 === 0 ? 'other-desk' : 'a',
    subject: subjects[n % 4]!,
    requester: person(n),
    ...(n % 5 !== 0 && { assignee: person(n * 7 + 1) }),
    team: n % 2 === 0 ? 'Field service' : 'Network',
    status,
    priority: { name: n % 3 === 0 ? 'Urgent' : 'Normal', rank: ((n % 4) + 1) as PriorityRank },
    tags: n % 4 === 0 ? ['vpn', 'on-boarding'] : [],
    channel: n % 2 === 0 ? 'phone' : 'e-mail',
    updatedAt: now - n * 24 * hour,
    mine: n % 3 === 1,
    ...(n % 6 === 0 && { tier: 2 as const }),
  });
  return n % 7 === 0
    ? { ...base, sla: [{ target: 'resolution', state: 'running', dueAt: now - hour, source: 'policy' }] }
    : base;
}

const timelineOf = (n: number): Entry[] => [
  entry(`e${n}`, n % 2 === 0 ? 'The spooler was restarted twice' : 'Nothing helped', {
    ...(n % 8 === 0 && { attachments: [{ id: '1', name: 'trace.pcap', mediaType: 'x/y' }] }),
    fromRequester: true,
    at: now - n * hour,
  }),
  ...(n % 9 === 4
    ? [
        entry(`h${n}`, 'Over to you', {
          kind: 'hand-off',
          visibility: 'internal',
          author: { id: 'ben.lind', name: 'Ben' },
        }),
      ]
    : []),
];

/** Terms, and what they mean of the ticket made from a number. */
const meanings: [term: string, (n: number, ticket: Ticket) => boolean][] = [
  ['printer', (n) => n % 4 === 0],
  ['spool*', (n) => n % 2 === 0],
  ['"restarted twice"', (n) => n % 2 === 0],
  ['gerausche', (n) => n % 4 === 3],
  ['from:ada', (n) => n % 4 === 0],
  ['from:"zoe park"', (n) => n % 4 === 3],
  ['to:none', (n) => n % 5 === 0],
  ['to:me', (_, { accountId, assignee }) => accountId === 'a' && assignee?.id === 'ben.lind'],
  ['escalated-by:me', (n, { accountId }) => accountId === 'a' && n % 9 === 4],
  ['status:"in progress"', (n) => n % 4 === 1],
  ['status:open', (n) => n % 4 === 1],
  ['status:new,pending', (n) => n % 4 === 0 || n % 4 === 2],
  ['team:field', (n) => n % 2 === 0],
  ['team:"field service"', (n) => n % 2 === 0],
  ['tag:vpn', (n) => n % 4 === 0],
  ['tag:on-boarding', (n) => n % 4 === 0],
  ['tag:"vpn on"', () => false],
  ['priority:urgent', (n) => n % 3 === 0],
  ['priority:1', (n) => n % 4 === 0],
  ['account:other', (n) => n % 3 === 0],
  ['key:DESK-1*', (_, { key }) => key.startsWith('DESK-1')],
  ['subject:vpn', (n) => n % 4 === 1],
  ['channel:phone', (n) => n % 2 === 0],
  ['tier:2', (n) => n % 6 === 0],
  ['is:escalated', (n) => n % 6 === 0],
  ['is:handed-on', (n, one) => n % 9 === 4 && isActive(one)],
  ['is:unaccepted', (n, one) => n % 9 === 4 && isActive(one)],
  ['is:mine', (n) => n % 3 === 1],
  ['is:active', (_, one) => isActive(one)],
  ['is:done', (_, one) => !isActive(one)],
  ['is:resolved', (n) => n % 4 === 3],
  ['is:breached', (n, one) => isActive(one) && n % 7 === 0],
  ['is:unread', (n, one) => isActive(one) && n === 1],
  ['has:attachment', (n) => n % 8 === 0],
  ['has:draft', (n) => n === 5],
  ['has:document', (n) => n === 9],
  ['has:sla', (n) => n % 7 === 0],
  ['after:7d', (_, { updatedAt }) => updatedAt >= localCalendar(now).startOfDay(2023, 11, 7)],
  ['before:2023-11', (_, { updatedAt }) => updatedAt < localCalendar(now).startOfDay(2023, 11, 1)],
];

describe('store: queries', function () {
  this.timeout(60_000);
  const tests = storeTests();
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  const context = {
    calendar: localCalendar(now),
    accounts: ['a', 'other-desk'].map((id) => ({ id, label: id })),
  };
  const parse = (text: string) => parseQuery(`${text} `, context);
  const found = (reader: StoreReader, text: string) => {
    assert.deepEqual(parse(text).problems, []);
    const hits = reader.search(parse(text), 100).map((hit) => Number(hit.ticket.id));
    assert.equal(reader.problem(), undefined, text);
    return hits;
  };

  async function filled(): Promise<TestStore> {
    const store = await tests.open();
    const run: StoreWriter['run'] = (command, argument) => store.writer.run(command, argument);
    for (const accountId of ['a', 'other-desk']) {
      const tickets = numbers.map(varied).filter((one) => one.accountId === accountId);
      const timelines = tickets.map(({ id }) => ({ ticketId: id, entries: timelineOf(Number(id)) }));
      value(await run('putPage', packPage({ accountId, scope: mine, tickets, timelines, cursor: '1' })));
    }
    value(
      await run('putAccountState', { accountId: 'a', problems: [], me: { id: 'ben.lind', name: 'Ben' } }),
    );
    value(await run('markSeen', { ref: varied(1), until: now - 2 * hour }));
    value(await run('saveDraft', draft('d', 'text', { accountId: varied(5).accountId, ticketId: '5' })));
    const document = { title: 'VPN', path: 'vpn.md' };
    const link = { id: 'l', ticket: varied(9), ticketKey: 'DESK-9', document, at: 1, by: 'alice' };
    value(await run('putLink', link));
    return store;
  }

  it('mean what they say, each operator by itself', async () => {
    const { reader } = await filled();
    for (const [term, means] of meanings) {
      const expected = numbers.filter((n) => means(n, varied(n)));
      assert.deepEqual(found(reader, term), expected, term);
      assert.deepEqual(
        found(reader, `-${term}`),
        numbers.filter((n) => (term.includes(',') ? !expected.includes(n) : !means(n, varied(n)))),
        `-${term}`,
      );
      assert.ok(expected.length > 0 || term === 'tag:"vpn on"', `${term} finds something`);
    }
  });

  it('mean what they say together, in search and in lists', async () => {
    const { reader } = await filled();
    const condition = fc.record({ meaning: fc.constantFrom(...meanings), negated: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (clauses) => {
          // A comma with a minus before it, or beside OR, is several conditions: told apart above.
          const simple = clauses.map((clause) => clause.filter(({ meaning }) => !meaning[0].includes(',')));
          const wanted = simple.filter((clause) => clause.length > 0);
          const text = wanted
            .map((clause) =>
              clause.map(({ meaning, negated }) => `${negated ? '-' : ''}${meaning[0]}`).join(' OR '),
            )
            .join(' ');
          const expected = numbers.filter((n) =>
            wanted.every((clause) =>
              clause.some(({ meaning, negated }) => meaning[1](n, varied(n)) !== negated),
            ),
          );
          assert.deepEqual(found(reader, text), expected, text);
          const filter = { fits: parse(text), active: true, accountIds: ['a'] };
          const listed = expected.filter((n) => isActive(varied(n)) && varied(n).accountId === 'a');
          const ids = (list: Ticket[]) => list.map(({ id }) => Number(id)).sort((a, b) => a - b);
          assert.deepEqual(ids(reader.tickets({ ...filter, order: 'urgent' })), listed, text);
          assert.equal(reader.countTickets(filter), listed.length);
          assert.equal(reader.problem(), undefined);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('follow a ticket that changes', async () => {
    const { reader, writer } = await filled();
    value(await writer.run('putTicket', { ...varied(1), team: 'Telephony', mine: false }));
    assert.deepEqual(found(reader, 'team:telephony'), [1]);
    assert.ok(!found(reader, 'team:network').includes(1));
    assert.ok(!found(reader, 'is:mine').includes(1));
    assert.ok(found(reader, 'nothing').includes(1), 'its timeline is still there');
  });

  it('find what is not searchable yet as soon as there is time', async () => {
    const { writer, folder, close } = await tests.open();
    for (let page = 0; page < 30; page++) {
      const tickets = Array.from({ length: 100 }, (_, n) => ticket(page * 100 + n));
      const timelines = [{ ticketId: tickets[0]!.id, entries: [entry('e', `Page ${page} arrived`)] }];
      const put = { accountId: 'a', scope: mine, tickets, timelines, cursor: String(page) };
      value(await writer.run('putPage', packPage(put)));
    }
    await close();
    const cache = new Connection(path.join(folder, 'cache.db'), { readOnly: false, timeout: 1000 });
    cache.exec('DELETE FROM search; INSERT INTO unindexed SELECT number FROM tickets');
    cache.close();

    const before = await tests.open(folder);
    assert.equal(before.reader.unindexed(), 3000);
    value(await before.writer.run('putTicket', ticket(2999, { subject: 'Another subject', revision: '2' })));
    value(await before.writer.run('dropTickets', [ticket(2998)]));
    await before.close();

    const next = await tests.open(folder);
    while (next.reader.unindexed() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const all = (text: string) => next.reader.search(wordsQuery(text), 5000).length;
    assert.equal(all('printer'), 2998);
    assert.equal(all('another'), 1);
    assert.equal(all('arrived'), 30);
  });
});
