import { strict as assert } from 'node:assert';
import path from 'node:path';
import { mine, type Scope } from '../../../src/desk/scope.ts';
import type { StoreReader, TicketFilter } from '../../../src/store/api.ts';
import { Connection } from '../../../src/store/connection.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { cacheSchema } from '../../../src/store/schema.ts';
import { storeTests, ticket, value } from './fixtures.ts';
import { packPage } from '../../shared/page.ts';

const team: Scope = { kind: 'team', team: 'Network' };
const old: Scope = { kind: 'query', name: 'Old ones', query: 'age > 30' };
const bob = { id: 'bob', name: 'Bob' };

function ids(reader: StoreReader, filter: TicketFilter): string[] {
  return reader
    .tickets(filter)
    .map(({ id }) => id)
    .sort();
}

describe('store: scopes', () => {
  const tests = storeTests();

  it('keep a cursor each, and a ticket once', async () => {
    const { reader, writer } = await tests.open();
    const page = { accountId: 'a', tickets: [ticket(1), ticket(2)], timelines: [] };
    value(await writer.run('putPage', packPage({ ...page, scope: mine, cursor: 'm' })));
    value(await writer.run('putPage', packPage({ ...page, scope: team, cursor: 't' })));
    const renamed = { ...old, name: 'Others' };
    value(await writer.run('putPage', packPage({ ...page, scope: old, cursor: 'q' })));
    assert.equal(reader.cursor('a', mine), 'm');
    assert.equal(reader.cursor('a', team), 't');
    assert.equal(reader.cursor('a', renamed), 'q', 'a query goes on under another name');
    assert.equal(reader.cursor('a', { kind: 'team', team: 'age > 30' }), undefined);
    assert.equal(reader.cursor('b', mine), undefined);
    assert.equal(reader.countTickets({}), 2);
  });

  it('are lists: a team’s, what nobody has, what a query found', async () => {
    const { reader, writer } = await tests.open();
    const tickets = [
      ticket(1, { team: 'Network', mine: false }),
      ticket(2, { team: 'Network', mine: false, assignee: bob }),
      ticket(3, { team: 'Helpdesk', mine: true, assignee: bob }),
    ];
    const page = { accountId: 'a', scope: old, tickets, timelines: [], unchanged: ['0'], cursor: '1' };
    value(await writer.run('putPage', packPage(page)));
    assert.deepEqual(ids(reader, { teams: ['Network'] }), ['1', '2']);
    assert.deepEqual(ids(reader, { teams: ['Network'], assigned: false }), ['1']);
    assert.deepEqual(ids(reader, { assigned: true }), ['2', '3']);
    assert.deepEqual(ids(reader, { teams: [] }), []);
    assert.deepEqual(ids(reader, { query: old.query }), ['1', '2', '3']);
    assert.deepEqual(ids(reader, { query: old.query, accountIds: ['b'] }), []);

    value(await writer.run('putMembers', { accountId: 'a', query: old.query, ticketIds: ['0', '2'] }));
    assert.deepEqual(ids(reader, { query: old.query }), ['2'], 'what it finds now');
    value(await writer.run('putTicket', ticket(0)));
    assert.deepEqual(ids(reader, { query: old.query }), ['0', '2'], 'found before it was read');
    value(await writer.run('dropTickets', [{ accountId: 'a', id: '2' }]));
    value(await writer.run('putTicket', ticket(2)));
    assert.deepEqual(ids(reader, { query: old.query }), ['0']);
  });

  it('that are no longer followed are forgotten, the tickets are not', async () => {
    const { reader, writer } = await tests.open();
    for (const scope of [mine, team, old]) {
      const page = { accountId: 'a', scope, tickets: [ticket(1)], timelines: [], cursor: 'c' };
      value(await writer.run('putPage', packPage(page)));
    }
    value(await writer.run('keepScopes', { accountId: 'a', scopes: [mine] }));
    assert.equal(reader.cursor('a', mine), 'c');
    assert.equal(reader.cursor('a', team), undefined);
    assert.equal(reader.cursor('a', old), undefined);
    assert.deepEqual(ids(reader, { query: old.query }), []);
    assert.deepEqual(ids(reader, {}), ['1']);
    value(await writer.run('purgeAccount', { accountId: 'a', work: false }));
    assert.equal(reader.cursor('a', mine), undefined);
  });

  it('came later: what was pulled before goes on from where it was', () => {
    const connection = new Connection(path.join(tests.folder(), 'cache.db'), {
      readOnly: false,
      timeout: 1000,
    });
    migrate(connection, { ...cacheSchema, migrations: cacheSchema.migrations.slice(0, 1) });
    connection.run(`INSERT INTO cursors VALUES ('a', '42')`);
    const json = JSON.stringify(ticket(1, { team: 'Network', assignee: bob }));
    connection.run(
      `INSERT INTO tickets (account_id, id, key, active, mine, due_at, rank, created_at, updated_at, recency, json)
       VALUES ('a', '1', 'DESK-1', 1, 1, 0, 2, 0, 0, 1, ?)`,
      json,
    );
    connection.run(
      `INSERT INTO accounts VALUES ('a', '{"accountId":"a","problems":[],"capabilities":{"createTicket":true}}')`,
    );
    migrate(connection, { ...cacheSchema, migrations: cacheSchema.migrations.slice(0, 2) });
    assert.deepEqual(
      { ...connection.get('SELECT * FROM cursors') },
      { account_id: 'a', scope: 'mine', cursor: '42' },
    );
    assert.deepEqual(
      { ...connection.get('SELECT team, assigned FROM tickets') },
      { team: 'Network', assigned: 1 },
    );
    assert.equal(connection.get('SELECT json FROM accounts')?.json, '{"accountId":"a","problems":[]}');
    connection.close();
  });
});
