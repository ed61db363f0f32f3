import { strict as assert } from 'node:assert';
import { workOf } from '../../../src/editor/commands/workExport.ts';
import { draft, entry, operation, storeTests, ticket, value } from '../store/fixtures.ts';

describe('export of my work', () => {
  const tests = storeTests();
  const at = new Date('2026-03-10T12:00:00Z');

  it('is JSON with drafts, outbox, links and the local desk, files included', async () => {
    const { reader, writer } = await tests.open();
    value(await writer.run('saveDraft', draft('d', 'Half a sentence')));
    value(await writer.run('queue', operation('o')));
    const attachment = { id: 'f1', name: 'log.txt', mediaType: 'text/plain' };
    const entries = [entry('e', 'See the log', { attachments: [attachment] })];
    const files = [{ id: 'f1', bytes: Buffer.from('the log') }];
    const many = Array.from({ length: 150 }, (_, n) => ({ ticket: ticket(n + 2), entries: [] }));
    value(await writer.run('localImport', [{ ticket: ticket(1), entries, files }, ...many]));

    const exported = await workOf(reader, at, () => true);
    assert.ok(exported);
    const { drafts, changes, tickets } = exported;
    assert.deepEqual({ drafts, changes, tickets }, { drafts: 1, changes: 1, tickets: 151 });
    const read = JSON.parse(exported.bytes.toString()) as {
      format: string;
      drafts: { text: string }[];
      outbox: { id: string }[];
      localDesk: { ticket: { key: string }; files: { base64: string }[] }[];
    };
    assert.equal(read.format, 'deskside-work/1');
    assert.equal(read.outbox[0]?.id, 'o');
    assert.ok(JSON.stringify(read.drafts).includes('Half a sentence'));
    assert.equal(new Set(read.localDesk.map((one) => one.ticket.key)).size, 151);
    const withFile = read.localDesk.find((one) => one.ticket.key === 'DESK-1');
    assert.equal(Buffer.from(withFile?.files[0]?.base64 ?? '', 'base64').toString(), 'the log');
  });

  it('ends when it is not wanted any more', async () => {
    const { reader } = await tests.open();
    assert.equal(await workOf(reader, at, () => false), undefined);
  });
});
