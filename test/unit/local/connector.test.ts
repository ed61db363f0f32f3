import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Backend } from '../../../src/backends/backend.ts';
import { localKind, type LocalDeskPort } from '../../../src/backends/local/kind.ts';
import { readLocalDeskSettings } from '../../../src/backends/local/settings.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { openStore } from '../../../src/store/open.ts';
import { newTicket, post, refusal, start, value } from './fixtures.ts';
import { mine } from '../../../src/desk/scope.ts';
import { calm, sending } from '../../contract/helpers.ts';

describe('local desk: connector', () => {
  let folder: string;
  let reader: StoreReader;
  let writer: StoreWriter;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'deskside-local-'));
    const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
    ({ reader, writer } = value(await openStore({ folder, workerFile })));
  });
  afterEach(async () => {
    await writer.close();
    reader.close();
    rmSync(folder, { recursive: true });
  });

  function backend(more: { accountId?: string; setting?: () => object; port?: Partial<LocalDeskPort> } = {}) {
    const unused = () => Promise.reject(new Error('The local desk has no server.'));
    const port: LocalDeskPort = {
      reader,
      run: writer.run.bind(writer),
      settings: () => readLocalDeskSettings(more.setting?.() ?? { user: 'Alice' }, 'nobody').settings,
      ...more.port,
    };
    return localKind(port).create({
      account: { id: more.accountId ?? 'local', backend: 'local', label: 'Local desk' },
      gateway: { request: unused, stream: unused, identity: unused },
      now: () => start,
      known: () => undefined,
    });
  }

  async function pulled(
    from: Backend,
    cursor?: string,
  ): Promise<{ tickets: Ticket[]; cursor?: string; pages: number }> {
    const tickets: Ticket[] = [];
    let last = cursor;
    let pages = 0;
    for await (const page of from.pull(mine, cursor, calm)) {
      tickets.push(...value(page).tickets);
      last = value(page).cursor;
      pages += 1;
    }
    return { tickets, cursor: last, pages };
  }

  function imported(count: number, more: Partial<Ticket> = {}) {
    const { ticket, entries } = newTicket();
    return Array.from({ length: count }, (_, n) => ({
      ticket: { ...ticket, id: `INC${1000 + n}`, key: `INC${1000 + n}`, ...more },
      entries,
    }));
  }

  it('reads its settings once for a whole pull, however many tickets there are', async () => {
    value(await writer.run('localImport', imported(250)));
    let asked = 0;
    const desk = await backend({ setting: () => ({ user: `Alice ${(asked += 1)}` }) });
    const { tickets } = await pulled(desk);
    assert.equal(tickets.length, 250);
    assert.equal(asked, 1);
  });

  it('gives everything in pages, with the timelines', async () => {
    value(await writer.run('localImport', imported(250)));
    const desk = await backend();
    const first = await pulled(desk);
    assert.equal(first.pages, 3);
    assert.equal(new Set(first.tickets.map(({ id }) => id)).size, 250);
    for await (const page of desk.pull(mine, undefined, calm)) {
      const { tickets, timelines } = value(page);
      assert.deepEqual(
        timelines?.map(({ ticketId }) => ticketId),
        tickets.map(({ id }) => id),
      );
      assert.ok(timelines.every(({ entries }) => entries.length === 1));
    }
  });

  it('stops between two pages when it is cancelled', async () => {
    value(await writer.run('localImport', imported(250)));
    const abort = new AbortController();
    const reasons: string[] = [];
    for await (const page of (await backend()).pull(mine, undefined, abort.signal)) {
      reasons.push(page.ok ? 'page' : page.error.reason);
      abort.abort();
    }
    assert.deepEqual(reasons, ['page', 'cancelled']);
  });

  it('gives everything again when the user or the service levels change', async () => {
    let setting: object = { user: 'Alice' };
    const desk = await backend({ setting: () => setting });
    value(await writer.run('localImport', imported(3, { assignee: { id: 'bob', name: 'Bob' } })));
    const { cursor, tickets } = await pulled(desk);
    assert.ok(tickets.every(({ mine }) => !mine));
    assert.equal((await pulled(desk, cursor)).tickets.length, 0);
    setting = { user: 'Bob' };
    const again = await pulled(desk, cursor);
    assert.equal(again.tickets.filter(({ mine }) => mine).length, 3);
    setting = { user: 'Bob', sla: { targets: { P3: { firstResponse: 1, resolution: 2 } } } };
    const recomputed = await pulled(desk, again.cursor);
    assert.equal(recomputed.tickets[0]?.sla[1]?.dueAt, start + 2 * 60_000);
    assert.equal((await pulled(desk, recomputed.cursor)).tickets.length, 0);
  });

  it('keeps two local desks apart', async () => {
    const [one, other] = [await backend({ accountId: 'one' }), await backend({ accountId: 'other' })];
    const step = { type: 'create', ticket: { ...wanted, subject: 'Private' } } as const;
    const { ticketId } = value(await one.apply(sending(undefined, step, { key: 'k' }), calm));
    assert.equal((await pulled(one)).tickets.length, 1);
    assert.equal((await pulled(other)).tickets.length, 0);
    assert.equal(refusal(await other.ticket(ticketId, calm)).reason, 'not-found');
  });

  it('does a step anew when somebody wrote at the same moment', async () => {
    const { ticketId } = value(
      await (
        await backend()
      ).apply(sending(undefined, { type: 'create', ticket: wanted }, { key: 'k' }), calm),
    );
    let raced = 0;
    const racing: LocalDeskPort['run'] = async (command, argument) => {
      if (command === 'localApply' && raced++ === 0) {
        const other = await backend({ setting: () => ({ user: 'Bob' }) });
        value(
          await other.apply(sending(ticketId, post('note', 'internal', 'From Bob'), { key: 'bob' }), calm),
        );
      }
      return writer.run(command, argument);
    };
    const desk = await backend({ port: { run: racing } });
    value(
      await desk.apply(sending(ticketId, post('note', 'internal', 'From Alice'), { key: 'alice' }), calm),
    );
    const texts = value(await desk.timeline(ticketId, calm)).entries.map(({ body }) => body?.text);
    assert.deepEqual(texts, [wanted.description, 'From Bob', 'From Alice']);
    assert.equal(raced, 2);
  });

  it('refuses a ticket that moved on since it was looked at', async () => {
    const desk = await backend();
    const { ticketId } = value(
      await desk.apply(sending(undefined, { type: 'create', ticket: wanted }, { key: 'k' }), calm),
    );
    const { revision } = value(await desk.ticket(ticketId, calm));
    value(
      await desk.apply(sending(ticketId, post('note', 'internal', 'One'), { key: 'one', revision }), calm),
    );
    const late = await desk.apply(
      sending(ticketId, post('note', 'internal', 'Two'), { key: 'two', revision }),
      calm,
    );
    assert.equal(refusal(late).reason, 'conflict');
    const again = await desk.apply(
      sending(ticketId, post('note', 'internal', 'One'), { key: 'one', revision }),
      calm,
    );
    assert.deepEqual(value(again), { ticketId }, 'what is done is done');
    assert.equal(value(await desk.timeline(ticketId, calm)).entries.length, 2);
  });

  it('does not take a store that can not be read for an empty desk', async () => {
    const problem = () => ({ reason: 'storage', message: 'The store is damaged.' }) as const;
    const blind = { ...reader, localTicket: () => undefined, problem };
    const desk = await backend({ port: { reader: blind } });
    assert.equal(refusal(await desk.ticket('DESK-1', calm)).reason, 'storage');
    for await (const page of desk.pull(mine, undefined, calm)) assert.equal(refusal(page).reason, 'storage');
  });

  it('hands on what the store says', async () => {
    const desk = await backend();
    await writer.close();
    const created = await desk.apply(
      sending(undefined, { type: 'create', ticket: wanted }, { key: 'k' }),
      calm,
    );
    assert.equal(refusal(created).reason, 'storage');
  });
});

const wanted = {
  subject: 'Printer is jammed',
  description: 'It eats the paper.',
  kind: 'incident' as const,
  channel: 'phone' as const,
  tags: [],
};
