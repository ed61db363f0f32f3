import { strict as assert } from 'node:assert';
import { openStore } from '../../../src/store/open.ts';
import { operation, storeTests, value } from './fixtures.ts';

describe('store: a writer that dies', function () {
  this.timeout(60_000);
  const tests = storeTests();
  const workerFile = new URL('mortalWorker.ts', import.meta.url);

  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function mortal() {
    const notices: string[] = [];
    const onNotice = (message: string) => notices.push(message);
    const { reader, writer } = value(await openStore({ folder: tests.folder(), workerFile, onNotice }));
    ends.push(async () => {
      await writer.close();
      reader.close();
    });
    return { reader, writer, notices, die: () => writer.run('deleteLink', 'deadly') };
  }

  it('is replaced: what was written is there, what comes next is written, and it is said once', async () => {
    const { reader, writer, notices, die } = await mortal();
    value(await writer.run('queue', operation('before')));
    const died = die();
    const waiting = writer.run('queue', operation('meanwhile'));
    await died;
    const interrupted = await waiting;
    assert.equal(interrupted.ok || interrupted.error.reason, 'storage');
    value(await writer.run('queue', operation('after')));
    const ids = reader.outbox().map(({ id }) => id);
    assert.ok(ids.includes('before') && ids.includes('after'));
    assert.equal(ids.includes('meanwhile'), false, 'what was refused is not there');
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /started again/);
  });

  it('is given up when it dies again and again; what is there can be read', async () => {
    const { reader, writer, notices, die } = await mortal();
    value(await writer.run('queue', operation('before')));
    for (let n = 0; n < 4; n++) await die();
    const refused = await writer.run('queue', operation('after'));
    assert.match(refused.ok ? '' : refused.error.message, /again and again.*reload/);
    assert.equal(reader.outbox().length, 1);
    assert.equal(notices.length, 2, 'when it began, and when it was given up');
  });
});
