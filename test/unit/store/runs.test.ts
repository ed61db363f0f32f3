import { strict as assert } from 'node:assert';
import path from 'node:path';
import { advanceRun } from '../../../src/desk/run.ts';
import { Connection } from '../../../src/store/connection.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { workSchema } from '../../../src/store/schema.ts';
import { run } from '../../shared/runs.ts';
import { storeTests, value } from './fixtures.ts';

describe('store: runs', () => {
  const tests = storeTests();

  it('keeps a run, and of two windows that change it at once lets one look again', async () => {
    const { writer, reader } = await tests.open();
    const first = run();
    assert.equal(value(await writer.run('putRun', first)), true);
    assert.equal(value(await writer.run('putRun', first)), false, 'there is one');
    const stopped = advanceRun(first, { type: 'stopped', at: 1 })!;
    assert.equal(value(await writer.run('putRun', stopped)), true);
    assert.equal(value(await writer.run('putRun', { ...first, version: 2 })), false);
    assert.deepEqual(reader.run(first.id), stopped);
  });

  it('finds those of a ticket, and those that can be gone on with', async () => {
    const { writer, reader } = await tests.open();
    const other = run({ id: 'run-2', startedAt: run().startedAt + 1, state: 'finished' });
    for (const one of [run(), other, run({ id: 'run-3', ticket: { accountId: 'b', id: '1' } })])
      value(await writer.run('putRun', one));
    const ids = (runs: { id: string }[]) => runs.map(({ id }) => id);
    assert.deepEqual(ids(reader.runs({ accountId: 'a', id: '1' })), ['run-2', 'run-1']);
    assert.deepEqual(ids(reader.runs('open')), ['run-3', 'run-1']);
    value(await writer.run('purgeAccount', { accountId: 'b', work: true }));
    assert.deepEqual(ids(reader.runs('open')), ['run-1']);
  });

  it('finds a place in a database from before there were runs', async () => {
    const folder = tests.folder();
    const file = path.join(folder, 'work.db');
    const before = workSchema.migrations.findIndex((sql) => sql.includes('TABLE runs'));
    const connection = new Connection(file, { readOnly: false, timeout: 1000 });
    migrate(connection, { precious: true, migrations: workSchema.migrations.slice(0, before) });
    connection.close();
    const { writer, reader } = await tests.open(folder);
    assert.equal(value(await writer.run('putRun', run())), true);
    assert.equal(reader.run('run-1')?.ticketKey, 'HD-1');
  });
});
