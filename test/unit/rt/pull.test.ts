import { strict as assert } from 'node:assert';
import type { Backend } from '../../../src/backends/backend.ts';
import { rtBackend } from '../../../src/backends/rt/connector.ts';
import { fail } from '../../../src/desk/errors.ts';
import { calm, pullAll } from '../../contract/helpers.ts';
import { FakeGateway, rawTicket, type Answer } from './fakeGateway.ts';
import { mine } from '../../../src/desk/scope.ts';

/** Transactions as RT lists them: newest first, a page at a time, without those that may not be seen. */
function listing(transactions: () => { id: number; ticket: string; hidden?: boolean }[]): Answer {
  return ({ query }) => {
    const after = Number(/id > (-?\d+)/.exec(String(query?.query))?.[1] ?? -1);
    const [page, size] = [Number(query?.page), Number(query?.per_page)];
    const matching = transactions()
      .filter(({ id }) => id > after)
      .sort((a, b) => b.id - a.id);
    const shown = matching.slice((page - 1) * size, page * size).filter(({ hidden }) => hidden !== true);
    return { items: shown.map(({ id, ticket }) => ({ id: String(id), ObjectId: ticket })) };
  };
}

function backendWith(
  answers: Record<string, Answer>,
  stored: Record<string, string> = {},
): { backend: Backend; gateway: FakeGateway } {
  const gateway = new FakeGateway(answers);
  const account = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.test/rt/' };
  return { backend: rtBackend({ account, gateway, now: () => 0, known: (id) => stored[id] }), gateway };
}

const at = (high: number, seen: number[] = [high]) => JSON.stringify({ high, seen });

describe('RT: pull', () => {
  it('asks one question when nothing has changed', async () => {
    const transactions = [{ id: 500, ticket: '1' }];
    const { backend, gateway } = backendWith({ '/transactions': listing(() => transactions) });
    assert.equal((await pullAll(backend, at(500))).pages.length, 0);
    assert.equal(gateway.asked.length, 1);
  });

  it('does not fetch what the store has from another scope', async () => {
    const { backend, gateway } = backendWith(
      {
        '/transactions': listing(() => [
          { id: 501, ticket: '7' },
          { id: 502, ticket: '8' },
        ]),
        '/ticket/8': () => rawTicket('8'),
      },
      { '7': '501', '8': '500' },
    );
    const pulled = await pullAll(backend, at(500), { kind: 'team', team: 'Helpdesk' });
    assert.deepEqual([...pulled.tickets.keys()], ['8']);
    assert.deepEqual(
      pulled.pages.flatMap(({ unchanged }) => unchanged),
      ['7'],
    );
    assert.ok(gateway.asked.some(({ query }) => String(query?.query).includes("TicketQueue = '3'")));
    assert.ok(!gateway.asked.some(({ path }) => path.endsWith('/ticket/7')));
  });

  it('leaves out one malformed ticket, says so, and gives the rest', async () => {
    const { backend } = backendWith({
      '/transactions': listing(() => ['7', '8', '9'].map((ticket, index) => ({ id: 501 + index, ticket }))),
      '/ticket/7': () => rawTicket('7'),
      '/ticket/8': () => ({ id: '8', Subject: 'no more' }),
      '/ticket/9': () => rawTicket('9'),
    });
    const pulled = await pullAll(backend, at(500));
    assert.deepEqual([...pulled.tickets.keys()], ['7', '9']);
    const problems = pulled.pages.flatMap((page) => page.problems);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /ticket\/8\b/);
    assert.deepEqual((await pullAll(backend, pulled.cursor)).pages, [], 'and not again and again');
  });

  it('does not take trouble with the server for trouble with a ticket', async () => {
    const { backend, gateway } = backendWith({
      '/transactions': listing(() => [{ id: 501, ticket: '7' }]),
      '/ticket/7': () => rawTicket('7'),
    });
    const request = gateway.request.bind(gateway);
    gateway.request = (asked) =>
      asked.path.endsWith('/ticket/7')
        ? Promise.resolve(fail({ reason: 'protocol', message: 'A web page.' }))
        : request(asked);
    for await (const page of backend.pull(mine, at(500), calm)) {
      assert.ok(!page.ok, 'a page of a captive portal must not move the cursor');
    }
    gateway.request = request;
    assert.ok((await pullAll(backend, at(500))).tickets.has('7'));
  });

  it('leaves out one malformed ticket of the first listing too', async () => {
    const { backend } = backendWith({
      '/transactions': listing(() => []),
      '/tickets': ({ query }) => ({
        items: String(query?.query).endsWith('id > 0') ? [rawTicket('7'), rawTicket('8'), { id: '9' }] : [],
      }),
      '/ticket/7': () => rawTicket('7'),
      '/ticket/8': () => rawTicket('8'),
    });
    const pulled = await pullAll(backend);
    assert.deepEqual([...pulled.tickets.keys()], ['7', '8']);
    assert.equal(pulled.pages.flatMap((page) => page.problems).length, 1);
  });

  it('finds a transaction that became visible after one with a higher number', async () => {
    const transactions = [{ id: 505, ticket: '7' }];
    const { backend } = backendWith({
      '/transactions': listing(() => transactions),
      '/ticket/7': () => rawTicket('7'),
      '/ticket/8': () => rawTicket('8'),
    });
    const first = await pullAll(backend, at(500));
    assert.deepEqual([...first.tickets.keys()], ['7']);
    transactions.push({ id: 503, ticket: '8' });
    const second = await pullAll(backend, first.cursor);
    assert.deepEqual([...second.tickets.keys()], ['8']);
    assert.deepEqual((await pullAll(backend, second.cursor)).pages, []);
  });

  it('does not take a page with hidden rows for the last', async () => {
    const hidden = Array.from({ length: 140 }, (_, index) => ({
      id: 600 + index,
      ticket: '9',
      hidden: true,
    }));
    const shown = Array.from({ length: 60 }, (_, index) => ({ id: 800 + index, ticket: '9' }));
    const { backend } = backendWith({
      '/transactions': listing(() => [{ id: 550, ticket: '7' }, ...hidden, ...shown]),
      '/ticket/7': () => rawTicket('7'),
      '/ticket/9': () => rawTicket('9'),
    });
    const pulled = await pullAll(backend, at(500));
    assert.ok(pulled.tickets.has('9'));
    assert.ok(pulled.tickets.has('7'), 'behind a page of hidden rows');
  });

  it('can be interrupted between pages without losing what is left', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => String(1000 + index));
    const { backend } = backendWith({
      '/transactions': listing(() => ids.map((ticket, index) => ({ id: 501 + index, ticket }))),
      ...Object.fromEntries(ids.map((id) => [`/ticket/${id}`, () => rawTicket(id)])),
    });
    const seen = new Set<string>();
    let cursor: string | undefined = at(500);
    for (let rounds = 0; rounds < 3; rounds++) {
      for await (const page of backend.pull(mine, cursor, calm)) {
        assert.ok(page.ok);
        for (const ticket of page.value.tickets) seen.add(ticket.id);
        cursor = page.value.cursor;
        break;
      }
    }
    assert.equal(seen.size, 120);
  });

  it('ends with the error when the server fails half-way, keeping the cursor before it', async () => {
    const { backend } = backendWith({
      '/transactions': ({ query }) =>
        query?.page === 1 ? { items: [{ id: '700', ObjectId: '7' }] } : 'not a list',
    });
    const results = [];
    for await (const page of backend.pull(mine, at(500), calm)) results.push(page);
    assert.equal(results.length, 1);
    assert.equal(results[0]!.ok, false);
  });
});

describe('RT: a ticket', () => {
  it('has no times where RT says 1970, and a link into the account', async () => {
    const { backend } = backendWith({ '/ticket/7': () => rawTicket('7') });
    const result = await backend.ticket('7', calm);
    assert.ok(result.ok);
    assert.equal(result.value.resolvedAt, undefined);
    assert.deepEqual(result.value.sla, []);
    assert.equal(result.value.url, 'https://rt.example.test/rt/Ticket/Display.html?id=7');
    assert.equal(result.value.key, 'RT-7');
  });

  it('keeps custom fields it does not know, files and numbers among them', async () => {
    const CustomFields = [
      { id: 4, name: 'Escalation Tier', values: ['2'] },
      { id: '5', name: 'Asset', values: ['PC-1', { filename: 'plan.png', content_type: 'image/png' }] },
    ];
    const { backend } = backendWith({ '/ticket/7': () => rawTicket('7', { CustomFields }) });
    const result = await backend.ticket('7', calm);
    assert.ok(result.ok);
    assert.equal(result.value.tier, 2);
    assert.deepEqual(result.value.customFields, [{ id: '5', name: 'Asset', values: ['PC-1', 'plan.png'] }]);
  });

  it('in a status of its own lifecycle is placed as well as can be', async () => {
    const categories: [string, string, string][] = [
      ['waiting for vendor', '1970-01-01T00:00:00Z', 'pending'],
      ['in progress', '1970-01-01T00:00:00Z', 'open'],
      ['delivered', '2026-01-03T00:00:00Z', 'resolved'],
      ['cancelled', '2026-01-03T00:00:00Z', 'closed'],
    ];
    for (const [Status, Resolved, category] of categories) {
      const { backend } = backendWith({ '/ticket/7': () => rawTicket('7', { Status, Resolved }) });
      const result = await backend.ticket('7', calm);
      assert.ok(result.ok);
      assert.deepEqual(result.value.status, { name: Status, category });
    }
  });

  it('is asked for by number only', async () => {
    const { backend, gateway } = backendWith({});
    for (const id of ['../user/1', '7?x', '', 'seven']) {
      const result = await backend.ticket(id, calm);
      assert.equal(!result.ok && result.error.reason, 'not-found');
    }
    assert.equal(gateway.asked.length, 0);
  });
});
