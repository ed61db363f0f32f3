import { strict as assert } from 'node:assert';
import type { DraftFile } from '../../../src/desk/draft.ts';
import { draft, operation, storeTests, value, type TestStore } from './fixtures.ts';

const day = 24 * 60 * 60 * 1000;
const at = 1_700_000_000_000;
const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 256);

describe('store: files of drafts', () => {
  const tests = storeTests();

  const file = (id: string): DraftFile => ({
    id,
    name: `${id}.png`,
    mediaType: 'image/png',
    size: bytes.length,
  });

  async function add(store: TestStore, id: string, draftId = 'd'): Promise<void> {
    const added = { draft: { id: draftId, accountId: 'a' }, file: file(id), bytes, at };
    value(await store.writer.run('addFile', added));
  }

  /** Any operation that is queued lets go of what nobody needs any more. */
  async function later(store: TestStore, ms: number): Promise<void> {
    value(await store.writer.run('queue', operation(`later-${ms}`, { createdAt: at + ms })));
  }

  it('are there after a restart, byte by byte and in their order', async () => {
    const before = await tests.open();
    value(await before.writer.run('saveDraft', draft('d', '')));
    await add(before, 'one');
    await add(before, 'two');
    await add(before, 'other', 'another draft');
    await before.close();
    const after = await tests.open(before.folder);
    assert.deepEqual(after.reader.draftFiles('d'), [file('one'), file('two')]);
    assert.deepEqual(after.reader.file('two'), bytes);
    value(await after.writer.run('removeFile', 'one'));
    assert.deepEqual(after.reader.draftFiles('d'), [file('two')]);
    assert.equal(after.reader.file('one'), undefined);
    value(await after.writer.run('moveFiles', { ids: ['two'], draftId: 'another draft' }));
    assert.deepEqual(after.reader.draftFiles('d'), []);
    assert.equal(after.reader.draftFiles('another draft').length, 2);
  });

  it('stay as long as the draft, or an operation that names them, is not done with', async () => {
    const store = await tests.open();
    value(await store.writer.run('saveDraft', draft('d', '')));
    await add(store, 'one');
    await later(store, 9 * day);
    assert.ok(store.reader.file('one'), 'the draft still has it');

    const { name, mediaType } = file('one');
    const sending = operation('o', {
      createdAt: at + 9 * day,
      steps: [
        {
          type: 'post',
          kind: 'reply',
          visibility: 'public',
          body: 'See the picture.',
          files: [{ name, mediaType, base64: '', stored: 'one' }],
        },
      ],
    });
    value(await store.writer.run('queue', sending));
    value(await store.writer.run('deleteDraft', 'd'));
    await later(store, 20 * day);
    assert.ok(store.reader.file('one'), 'it is still on its way');

    const confirmed = { ...sending, state: 'confirmed', done: 1 } as const;
    value(await store.writer.run('advance', { from: 'queued', done: 0, operation: confirmed }));
    await later(store, 21 * day);
    assert.equal(store.reader.file('one'), undefined, 'it has arrived');
  });

  it('of a discarded draft can be had back for a day', async () => {
    const store = await tests.open();
    value(await store.writer.run('saveDraft', draft('d', '')));
    await add(store, 'one');
    value(await store.writer.run('deleteDraft', 'd'));
    await later(store, day - 1);
    value(await store.writer.run('saveDraft', draft('d', '')));
    assert.deepEqual(store.reader.draftFiles('d'), [file('one')]);
    value(await store.writer.run('deleteDraft', 'd'));
    await later(store, day + 1);
    assert.equal(store.reader.file('one'), undefined);
  });

  it('are forgotten with the account', async () => {
    const store = await tests.open();
    await add(store, 'one');
    value(await store.writer.run('purgeAccount', { accountId: 'a', work: true }));
    assert.equal(store.reader.file('one'), undefined);
  });
});
