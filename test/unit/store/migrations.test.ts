import { strict as assert } from 'node:assert';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Connection, versionOf } from '../../../src/store/connection.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { openStore } from '../../../src/store/open.ts';
import { createReader } from '../../../src/store/reader.ts';
import { needsReload } from '../../../src/desk/errors.ts';
import { openReader } from '../../../src/store/openReader.ts';
import { workSchema } from '../../../src/store/schema.ts';
import { operation, storeTests, ticket, value, workerFile } from './fixtures.ts';

describe('store: versions', () => {
  const tests = storeTests();
  const next = {
    ...workSchema,
    migrations: [
      ...workSchema.migrations,
      'ALTER TABLE drafts ADD COLUMN colour TEXT; DELETE FROM operations;',
    ],
  };

  async function oldWork(): Promise<{ folder: string; work: string }> {
    const { folder, writer, close } = await tests.open();
    value(await writer.run('queue', operation('o')));
    await close();
    return { folder, work: path.join(folder, 'work.db') };
  }

  function open(file: string): Connection {
    return new Connection(file, { readOnly: false, timeout: 1000 });
  }

  function operations(connection: Connection): number {
    return connection.all('SELECT id FROM operations').length;
  }

  it('bring a precious database up to date, with a copy of what it was', async () => {
    const { folder, work } = await oldWork();
    const connection = open(work);
    const backup = migrate(connection, next);
    assert.equal(versionOf(connection), workSchema.migrations.length + 1);
    assert.equal(operations(connection), 0);
    connection.close();

    assert.equal(backup, path.join(folder, `work.backup-v${workSchema.migrations.length}.db`));
    assert.equal(statSync(backup).mode & 0o777, 0o600);
    const copy = open(backup);
    assert.equal(versionOf(copy), workSchema.migrations.length);
    assert.equal(operations(copy), 1);
    copy.close();
  });

  it('do it once', async () => {
    const { folder, work } = await oldWork();
    const connection = open(work);
    migrate(connection, next);
    const files = readdirSync(folder);
    assert.equal(migrate(connection, next), undefined);
    assert.deepEqual(readdirSync(folder), files);
    connection.close();
  });

  it('leave the old version as it was when a migration fails', async () => {
    const { work } = await oldWork();
    const connection = open(work);
    const broken = { ...next, migrations: [...next.migrations, 'DELETE FROM drafts; SELECT nonsense'] };
    assert.throws(() => migrate(connection, broken));
    assert.equal(versionOf(connection), workSchema.migrations.length);
    assert.equal(operations(connection), 1);
    connection.close();
  });

  it('refuse a store of a newer version, and leave it alone', async () => {
    const { folder, work } = await oldWork();
    setVersion(work, 99);
    const result = await openStore({ folder, workerFile });
    assert.ok(!result.ok);
    assert.equal(result.error.reason, 'storage');
    assert.match(result.error.message, /newer version.*reload/);
    const reader = openReader(folder);
    assert.ok(!reader.ok && needsReload(reader.error));
    const shown = createReader(folder);
    assert.equal(shown.outbox().length, 1, 'what is there can be read');
    shown.close();
    assert.ok(!readdirSync(folder).some((name) => name.includes('damaged')));
    setVersion(work, workSchema.migrations.length);
    assert.equal((await tests.open(folder)).reader.outbox().length, 1);
  });

  it('stop writing when a newer window has brought the store up to date meanwhile', async () => {
    const { folder, reader, writer } = await tests.open();
    value(await writer.run('queue', operation('o')));
    value(await writer.run('putTicket', ticket(1)));
    const versionBefore = reader.version();
    setVersion(path.join(folder, 'work.db'), 99);
    const result = await writer.run('queue', operation('other'));
    assert.ok(!result.ok);
    assert.equal(result.error.reason, 'storage');
    assert.match(result.error.message, /newer version.*reload/);
    assert.ok(needsReload(result.error));
    assert.notEqual(reader.version(), versionBefore, 'whoever follows the store notices');
    const problem = reader.problem();
    assert.ok(problem && needsReload(problem));
    assert.equal(reader.outbox().length, 1);
  });

  function setVersion(file: string, version: number): void {
    const database = new DatabaseSync(file, { timeout: 1000 });
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  }
});
