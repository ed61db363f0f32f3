import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Entry } from '../../../src/desk/entry.ts';
import { ticketRef, type Ticket } from '../../../src/desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { openStore } from '../../../src/store/open.ts';
import { aTicket, dueIn, hour, now, paused } from '../../shared/tickets.ts';

describe('lists of tickets', () => {
  let folder: string;
  let reader: StoreReader;
  let writer: StoreWriter;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'deskside-lists-'));
    const opened = await openStore({
      folder,
      workerFile: new URL('../../../src/store/worker.ts', import.meta.url),
    });
    assert.ok(opened.ok);
    ({ reader, writer } = opened.value);
  });

  afterEach(async () => {
    reader.close();
    await writer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function put(ticket: Ticket, entries: Entry[] = []): Promise<Ticket> {
    assert.deepEqual(await writer.run('putTimeline', { ticket, entries }), { ok: true, value: undefined });
    return ticket;
  }

  function keys(filter: Parameters<StoreReader['tickets']>[0]): string[] {
    return reader.tickets(filter).map(({ key }) => key);
  }

  it('come by urgency, and in pages, where that is asked for', async () => {
    const low = { name: 'Low', rank: 4 } as const;
    await put(aTicket({ key: 'PAUSED', sla: [paused] }));
    await put(aTicket({ key: 'LATER', sla: [dueIn(9 * hour)] }));
    await put(aTicket({ key: 'SOON-LOW', sla: [dueIn(hour)], priority: low }));
    await put(aTicket({ key: 'SOON', sla: [dueIn(hour)] }));
    await put(aTicket({ key: 'OLD', createdAt: 0 }));
    await put(aTicket({ key: 'DONE', status: { name: 'Done', category: 'closed' }, sla: [dueIn(-hour)] }));
    const filter = { active: true, order: 'urgent' } as const;
    assert.deepEqual(keys(filter), ['SOON', 'SOON-LOW', 'LATER', 'OLD', 'PAUSED']);
    assert.deepEqual(keys({ ...filter, limit: 2 }), ['SOON', 'SOON-LOW']);
    assert.deepEqual(keys({ ...filter, limit: 2, offset: 3 }), ['OLD', 'PAUSED']);
  });

  it('follow a ticket whose clock changes', async () => {
    const first = await put(aTicket({ key: 'FIRST', sla: [dueIn(hour)] }));
    await put(aTicket({ key: 'SECOND', sla: [dueIn(2 * hour)] }));
    await put({ ...first, sla: [dueIn(3 * hour)] });
    assert.deepEqual(keys({ active: true, order: 'urgent' }), ['SECOND', 'FIRST']);
  });

  it('tell which were looked at before their requester wrote', async () => {
    const entry = (at: number, fromRequester: boolean): Entry => ({
      id: String(at),
      at,
      author: { id: 'x', name: 'X' },
      kind: 'reply',
      visibility: 'public',
      changes: [],
      attachments: [],
      fromRequester,
    });
    const answered = await put(aTicket(), [entry(now - hour, true), entry(now + hour, false)]);
    const wrote = await put(aTicket(), [entry(now - hour, true), entry(now + hour, true)]);
    await put(aTicket(), [entry(now + hour, true)]);
    for (const ticket of [answered, wrote]) {
      assert.ok((await writer.run('markSeen', { ref: ticketRef(ticket), until: now })).ok);
    }
    assert.deepEqual(reader.unseen(), [ticketRef(wrote)]);
    assert.ok((await writer.run('markSeen', { ref: ticketRef(wrote), until: now + hour })).ok);
    assert.deepEqual(reader.unseen(), []);
  });
});
