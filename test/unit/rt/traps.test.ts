import { strict as assert } from 'node:assert';
import { rtBackend } from '../../../src/backends/rt/connector.ts';
import { rtKind } from '../../../src/backends/rt/kind.ts';
import type { Step } from '../../../src/desk/operation.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import { calm, error, post, pullAll, sending, value } from '../../contract/helpers.ts';
import { startFakeServer } from '../../fakes/http/server.ts';
import { FakeGateway, rawTicket, type Answer } from './fakeGateway.ts';

const account = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.test/rt/' };
const change = (fields: object) => ({ type: 'update', fields, before: {} }) as const;

/** What RT does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('RT traps', () => {
  /** An RT that says yes to every change and makes none. */
  const willing = () => {
    const gateway = new FakeGateway({
      '/ticket/7': () => rawTicket('7'),
      '/ticket/7/history': () => ({ items: [] }),
      '/ticket/7/attachments': () => ({ items: [] }),
      '/ticket/7/correspond': () => ['Correspondence added'],
    });
    const backend = rtBackend({ account, gateway, now: () => 0, known: () => undefined });
    const sent = (method: string) => gateway.asked.filter((request) => request.method === method);
    return { backend, sent };
  };

  it('a status that does not fit is refused before RT takes the rest of the change', async () => {
    const { backend, sent } = willing();
    const step = change({ subject: 'New', status: 'nonsense' });
    const refusal = error(await backend.apply(sending('7', step), calm));
    assert.ok(refusal.reason === 'rejected');
    assert.equal(refusal.field, 'status');
    assert.deepEqual(sent('PUT'), []);
  });

  it('what RT says that it did is found out by reading', async () => {
    const { backend } = willing();
    const refusal = error(await backend.apply(sending('7', change({ subject: 'New' })), calm));
    assert.ok(refusal.reason === 'rejected');
    assert.equal(refusal.field, 'subject');
  });

  it('a reply goes without the condition that RT always refuses there', async () => {
    const { backend, sent } = willing();
    const reply = sending('7', post('reply', 'public', 'Hello.'), { revision: '17' });
    value(await backend.apply(reply, calm));
    assert.deepEqual(
      sent('POST').map(({ headers }) => headers?.['if-match']),
      [undefined],
    );
  });

  it('a change says which state it was made on', async () => {
    const { backend, sent } = willing();
    await backend.apply(sending('7', change({ subject: 'New' }), { revision: '17' }), calm);
    assert.equal(sent('PUT')[0]?.headers?.['if-match'], '"17"');
  });

  const backendWith = (answers: Record<string, Answer>, now = 0) => {
    const gateway = new FakeGateway(answers);
    return { gateway, backend: rtBackend({ account, gateway, now: () => now, known: () => undefined }) };
  };

  /** When a condition of TicketSQL begins: a time of ISO is the midnight of a user eight hours behind. */
  const begins = (query: unknown, now: number): number => {
    const [, seconds, date] =
      /(?:Created|LastUpdated) >=? '(?:-(\d+) seconds|(\S+)T\S+)'/.exec(String(query)) ?? [];
    if (date !== undefined) return Date.parse(`${date}T08:00:00Z`);
    return seconds === undefined ? 0 : now - Number(seconds) * 1000;
  };

  it('changes are asked for by number, as RT reads a time as the midnight before or after', async () => {
    const now = Date.parse('2026-01-02T03:00:00Z');
    const { backend } = backendWith({
      '/transactions': ({ query }) => ({
        items: begins(query?.query, now) <= now && query?.page === 1 ? [{ id: '501', ObjectId: '7' }] : [],
      }),
      '/ticket/7': () => rawTicket('7'),
    });
    const { tickets } = await pullAll(backend, JSON.stringify({ high: 500, seen: [500] }));
    assert.deepEqual([...tickets.keys()], ['7']);
  });

  it('a ticket whose answer was lost is looked for in seconds back by the clock of RT', async () => {
    const now = Date.parse('2026-01-02T03:00:00Z');
    const { backend } = backendWith(
      {
        '/tickets': ({ query }) => ({
          items: begins(query?.query, now) <= now - 60_000 ? [{ id: '7' }] : [],
        }),
        '/ticket/7': () => rawTicket('7', { Subject: 'Broken', Creator: { id: 'alice' } }),
        '/ticket/7/history': () => ({
          items: [{ id: '17', Type: 'Create', Created: '2026-01-02T02:59:00Z', Creator: { id: 'alice' } }],
        }),
        '/ticket/7/attachments': ({ query }) => ({
          items:
            query?.fields === 'Content'
              ? [{ id: '3', Content: 'It is.' }]
              : [{ id: '3', TransactionId: '17', ContentType: 'text/plain', ContentLength: 6 }],
        }),
      },
      now,
    );
    const step: Step = {
      type: 'create',
      ticket: { subject: 'Broken', description: 'It is.', kind: 'incident', channel: 'phone', tags: [] },
    };
    // Also by a clock that was put back since.
    for (const sentAt of [now - 60_000, now + 60 * 60_000]) {
      const landed = await backend.landed({ ...sending(undefined, step), sentAt }, calm);
      assert.deepEqual(value(landed), { ticketId: '7' });
    }
  });

  it('a list is read on behind a page that rows were taken out of, as no total is told', async () => {
    const said = (id: number) => ({
      id: String(id),
      Type: 'Comment',
      Created: '2026-01-02T00:00:00Z',
      Creator: { id: 'alice' },
    });
    const { backend } = backendWith({
      '/ticket/7': () => rawTicket('7'),
      '/ticket/7/history': ({ query }) => ({
        total: null,
        pages: null,
        items: query?.page === 1 ? [said(3), said(5)] : query?.page === 2 ? [said(17)] : [],
      }),
      '/ticket/7/attachments': () => ({ items: [] }),
    });
    const { entries } = value(await backend.timeline('7', calm));
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['3', '5', '17'],
    );
  });

  it('only fields that RT knows are asked for, as others break it', async () => {
    const { backend } = backendWith({
      '/transactions': () => ({ items: [] }),
      '/tickets': ({ query }) => ({ items: String(query?.query).endsWith('id > 0') ? [rawTicket('7')] : [] }),
      '/ticket/7': () => rawTicket('7'),
    });
    assert.deepEqual([...(await pullAll(backend)).tickets.keys()], ['7']);
  });

  it('the number of a merged ticket gives the other one, and is shown as closed', async () => {
    const { backend } = backendWith({ '/ticket/7': () => rawTicket('9') });
    const ticket = value(await backend.ticket('7', calm));
    assert.deepEqual([ticket.id, ticket.status.category, ticket.mergedInto?.id], ['7', 'closed', '9']);
  });

  it('a link that RT did not make is noticed, though it says that all is well', async () => {
    const { backend, sent } = willing();
    const relate = { change: 'add', relation: { kind: 'related', ticketId: '9', key: 'RT-9' } } as const;
    const refusal = error(await backend.apply(sending('7', { type: 'relate', ...relate }), calm));
    assert.equal(refusal.reason, 'rejected');
    assert.equal(sent('PUT').length, 1);
  });

  it('a wrong token is told as such: to a browser RT would show its login page instead', async () => {
    const server = await startFakeServer(({ headers }) =>
      headers.cookie !== undefined || headers['user-agent']?.startsWith('Mozilla')
        ? { status: 302, headers: { location: '/NoAuth/Login.html' } }
        : { status: 401, body: { message: 'Unauthorized' } },
    );
    const backend = await connectorTo(rtKind, { ...account, url: server.base }, '1-27-abc');
    assert.equal(error(await backend.signIn(calm)).reason, 'unauthorised');
    await server.close();
  });
});
