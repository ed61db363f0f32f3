import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { StoreReader } from '../../../src/store/api.ts';
import { wordsQuery } from '../../../src/desk/query/parse.ts';
import { entry, storeTests, ticket, value, type TestStore } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { packPage } from '../../shared/page.ts';

describe('store: search', function () {
  this.timeout(240_000);
  const tests = storeTests();
  const keys = (reader: StoreReader, text: string, limit = 10) =>
    reader.search(wordsQuery(text), limit).map((hit) => hit.ticket.key);

  async function filled(): Promise<TestStore> {
    const store = await tests.open();
    const tickets = [
      ticket(1, { key: 'INC0012345', subject: 'Cannot open Outlook' }),
      ticket(2, { key: 'DESK-2', subject: 'Drucker gibt Geräusche von sich' }),
      ticket(3, { key: 'DESK-3', subject: 'VPN drops', assignee: { id: 'bob', name: 'Bob Engineer' } }),
    ];
    const html = '<p class="note">The <b>spooler</b> &amp; its queue</p><script>alert("payload")</script>';
    const timelines = [
      {
        ticketId: '1',
        entries: [entry('e', 'A profile was corrupt; Outlook started after it was recreated.')],
      },
      { ticketId: '2', entries: [entry('e', html, { body: { text: html, format: 'html' } })] },
      { ticketId: '3', entries: [entry('e', 'See the file', { attachments: [file('trace.pcap')] })] },
    ];
    value(
      await store.writer.run(
        'putPage',
        packPage({ accountId: 'a', scope: mine, tickets, timelines, cursor: '1' }),
      ),
    );
    return store;
  }

  const file = (name: string) => ({ id: '1', name, mediaType: 'application/octet-stream' });

  it('finds by key, subject, people, timeline and file name', async () => {
    const { reader } = await filled();
    assert.deepEqual(keys(reader, 'INC0012345'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'desk-3'), ['DESK-3']);
    assert.deepEqual(keys(reader, 'outlook'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'bob'), ['DESK-3']);
    assert.deepEqual(keys(reader, 'carol@example.org'), ['DESK-3', 'DESK-2', 'INC0012345'], 'newest first');
    assert.deepEqual(keys(reader, 'recreated'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'trace.pcap'), ['DESK-3']);
    assert.deepEqual(keys(reader, 'Gerausche'), ['DESK-2'], 'accents do not matter');
  });

  it('wants every word, and takes the last for a beginning', async () => {
    const { reader } = await filled();
    assert.deepEqual(keys(reader, 'corrupt profile'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'corrupt drucker'), []);
    assert.deepEqual(keys(reader, 'outl'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'outl profile'), []);
    assert.deepEqual(keys(reader, 'inc00'), ['INC0012345']);
  });

  it('shows plain text around the match', async () => {
    const { reader } = await filled();
    const [hit] = reader.search(wordsQuery('spooler'), 1);
    assert.equal(hit?.excerpt, 'The spooler & its queue Alice Agent');
    assert.deepEqual(keys(reader, 'payload'), [], 'scripts are not text');
    assert.deepEqual(keys(reader, 'note'), [], 'attributes are not text');
  });

  it('keeps up with what changes', async () => {
    const { reader, writer } = await filled();
    value(
      await writer.run('putTicket', ticket(1, { key: 'INC0012345', subject: 'Calendar', updatedAt: 1.9e12 })),
    );
    assert.deepEqual(keys(reader, 'calendar'), ['INC0012345']);
    assert.deepEqual(keys(reader, 'cannot'), [], 'the old subject is gone');
    assert.deepEqual(keys(reader, 'recreated'), ['INC0012345'], 'the timeline is still there');
    assert.deepEqual(keys(reader, 'example'), ['INC0012345', 'DESK-3', 'DESK-2'], 'and it is the newest now');
    value(await writer.run('putTimeline', { ticket: ticket(3), entries: [] }));
    assert.deepEqual(keys(reader, 'trace'), []);
    value(await writer.run('dropTickets', [ticket(1)]));
    assert.deepEqual(keys(reader, 'calendar'), []);
    assert.deepEqual(keys(reader, 'recreated'), []);
  });

  it('orders many tickets of the same moment, and of impossible ones', async () => {
    const { reader, writer } = await tests.open();
    const same = Array.from({ length: 3000 }, (_, n) => ticket(n, { updatedAt: 1_700_000_000_000 }));
    const odd = [-5, 0.5, 9e15, Number.MAX_VALUE].map((updatedAt, n) => ticket(5000 + n, { updatedAt }));
    const page = { accountId: 'a', scope: mine, tickets: [...same, ...odd], timelines: [], cursor: '1' };
    value(await writer.run('putPage', packPage(page)));
    const ids = reader.tickets({}).map(({ id }) => id);
    assert.equal(new Set(ids).size, 3004);
    assert.deepEqual(new Set(ids.slice(0, 2)), new Set(['5002', '5003']));
    assert.equal(reader.search(wordsQuery('printer'), 5000).length, 3004);
  });

  it('takes nothing that is typed for syntax', async () => {
    const { reader } = await filled();
    const hostile = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('"*^():{}-+\'\0\\;%_ aN')) }),
      fc.constantFrom(
        'AND',
        'a OR b',
        'NEAR(a b)',
        'key : x',
        '"',
        '""',
        'a"b',
        '^a',
        'a*',
        '-a',
        '{key}: a',
        '\ud800',
      ),
    );
    fc.assert(
      fc.property(hostile, fc.nat(5), (typed, limit) => {
        assert.ok(reader.search(wordsQuery(typed), limit).length <= limit);
        assert.equal(reader.problem(), undefined, JSON.stringify(typed));
      }),
      { numRuns: 2000 },
    );
    assert.deepEqual(keys(reader, '   ').length, 3, 'nothing is asked of them');
    assert.deepEqual(keys(reader, '"outlook" OR vpn'), []);
  });

  it('finds every word of a ticket by any beginning of it', async () => {
    const { reader, writer } = await tests.open();
    const word = fc.stringMatching(/^[a-zäöüßé0-9]{2,12}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(), async (words, pick) => {
        value(await writer.run('putTicket', ticket(1, { subject: words.join(' '), revision: words.join() })));
        const chosen = words[pick % words.length]!;
        assert.equal(reader.search(wordsQuery(chosen), 1).length, 1);
        assert.equal(reader.search(wordsQuery(chosen.slice(0, 1 + (pick % chosen.length))), 1).length, 1);
      }),
      { numRuns: 50 },
    );
  });

  it('looks tickets up by key and by the beginning of a key', async () => {
    const { reader } = await filled();
    assert.deepEqual(
      reader.ticketsByKey('inc0012345').map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual(
      reader.ticketsByPrefix('desk-', 5).map(({ key }) => key),
      ['DESK-3', 'DESK-2'],
    );
    assert.equal(reader.ticketsByPrefix('', 2).length, 2);
    assert.deepEqual(reader.ticketsByPrefix('%', 2), []);
  });
});
