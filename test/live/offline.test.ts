import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rtKind } from '../../src/backends/rt/kind.ts';
import { fieldsBefore, type Intent, type Step, type TicketFields } from '../../src/desk/operation.ts';
import { unique } from '../contract/helpers.ts';
import { JumpingClock } from '../shared/faults/clock.ts';
import { accountId, openWindow, value, type Window } from '../shared/faults/window.ts';
import { FaultProxy } from '../shared/faultProxy.ts';
import { RawRt, rtServer } from './rtServer.ts';

interface Change {
  ticketId: string;
  intent: Intent;
  step: Step;
  /** What RT's history says when it has arrived. */
  trace: string;
}

/** An hour without a network, with a day's work in it. */
describe('an hour offline with 50 changes', function () {
  this.timeout(900_000);
  const server = rtServer();
  const raw = new RawRt(server);
  const cable = new FaultProxy(server.base);
  const clock = new JumpingClock();
  const never = new AbortController().signal;
  let folder: string;
  let window: Window;
  let ids: string[];

  before(async () => {
    await cable.open();
    folder = await mkdtemp(path.join(tmpdir(), 'deskside-offline-'));
    const names = Array.from({ length: 10 }, (_, n) => unique(`offline ${n}`));
    ids = await Promise.all(
      names.map((Subject) => raw.create('carol', { Subject, Content: 'It does not work.', Owner: 'lead' })),
    );
    const subject = { name: 'RT', kind: rtKind, base: server.base, token: server.tokens.lead };
    window = await openWindow(subject, `http://127.0.0.1:${cable.port}`, folder, clock, 60_000);
    value(await window.sync.syncNow(undefined, never));
    const { reader } = window;
    await until('all timelines', () => ids.every((id) => reader.hasTimeline({ accountId, id })));
  });

  after(async () => {
    await window.close();
    await cable.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ticket = (id: string) => {
    const found = window.reader.ticket({ accountId, id });
    assert.ok(found);
    return found;
  };

  /** Five for each ticket: a conversation on one, work on the fields of the next. */
  function changesOf(ticketId: string, n: number): Change[] {
    const note = (which: number): Change => {
      const body = `Note ${which} on ${ticketId}`;
      const step = { type: 'post', kind: 'note', visibility: 'internal', body } as const;
      return { ticketId, intent: 'note', step, trace: `Comment ${body}` };
    };
    const reply = (which: number): Change => {
      const body = `Reply ${which} on ${ticketId}`;
      const step = { type: 'post', kind: 'reply', visibility: 'public', body } as const;
      return { ticketId, intent: 'reply', step, trace: `Correspond ${body}` };
    };
    const set = (intent: 'priority' | 'status', fields: TicketFields, trace: string): Change => {
      const step = { type: 'update', fields, before: fieldsBefore(ticket(ticketId), fields) } as const;
      return { ticketId, intent, step, trace };
    };
    if (n % 2 === 0) return [note(1), reply(2), note(3), reply(4), note(5)];
    return [
      note(1),
      set('priority', { priority: 'High' }, 'Set Priority 100'),
      note(3),
      set('status', { status: 'stalled' }, 'Status stalled'),
      note(5),
    ];
  }

  /** What the user did there, in RT's own words and order. */
  async function historyOf(id: string): Promise<string[]> {
    const { items } = await raw.as<{ items: Record<string, string & { id: string }>[] }>(
      'root',
      'GET',
      `/ticket/${id}/history?per_page=100&fields=Type,Creator,Field,NewValue`,
    );
    const own = items.filter(({ Creator }) => Creator?.id === 'lead');
    const lines = own.map(async ({ id: transaction = '', Type, Field, NewValue }) => {
      if (Type === 'Comment' || Type === 'Correspond') {
        const [part] = await raw.parts(transaction);
        return `${Type} ${part?.text.trim() ?? ''}`;
      }
      if (Type === 'Status') return `Status ${NewValue ?? ''}`;
      return Type === 'Set' ? `Set ${Field ?? ''} ${NewValue ?? ''}` : '';
    });
    return (await Promise.all(lines)).filter((line) => line !== '');
  }

  it('sends all in order, but for those on what somebody else changed meanwhile, which it shows', async () => {
    const { reader, sync } = window;
    sync.start();
    await cable.shut();
    const perTicket = ids.map(changesOf);
    const rounds = [0, 1, 2, 3, 4].flatMap((round) => perTicket.map((changes) => changes[round]!));
    for (const { ticketId, intent, step } of rounds) {
      const request = { accountId, ticket: ticket(ticketId), label: ticketId, intent, steps: [step] };
      value(await sync.enqueue(request));
      clock.jump(72_000);
    }
    assert.equal(reader.outbox().length, 50);

    const [answered, reprioritised, commented, renamed] = [ids[0]!, ids[1]!, ids[3]!, ids[5]!];
    await raw.as('carol', 'POST', `/ticket/${answered}/correspond`, {
      Content: 'I found it myself.',
      ContentType: 'text/plain',
    });
    await raw.as('root', 'PUT', `/ticket/${reprioritised}`, { Priority: 'Medium' });
    await raw.as('bob', 'POST', `/ticket/${commented}/comment`, {
      Content: 'I know this one.',
      ContentType: 'text/plain',
    });
    await raw.as('root', 'PUT', `/ticket/${renamed}`, { Subject: unique('renamed') });

    await cable.open();
    clock.jump(600_000);
    const conflicts = () => reader.outbox().filter(({ state }) => state === 'conflict');
    const waiting = () =>
      reader.outbox().map(({ ticketId, intent, state, error }) => [ticketId, intent, state, error?.message]);
    await until(
      'all that can be sent is sent',
      () => reader.outbox().length === 8 && conflicts().length === 2,
      waiting,
    );
    assert.deepEqual(
      conflicts().map(({ ticketId, conflict }) => [ticketId, conflict?.type]),
      [
        [answered, 'unseen-entries'],
        [reprioritised, 'fields'],
      ],
    );
    for (const [n, id] of ids.entries()) {
      const sent = id === answered || id === reprioritised ? 1 : 5;
      const expected = perTicket[n]!.slice(0, sent).map(({ trace }) => trace);
      assert.deepEqual(await historyOf(id), expected, `ticket ${n}`);
    }

    for (const { id } of conflicts()) value(await sync.retry(id, { force: true }));
    await until('the rest, as the user decided', () => {
      for (const { id } of conflicts()) void sync.retry(id, { force: true });
      return reader.outbox().length === 0;
    });
    for (const [n, id] of ids.entries()) {
      assert.deepEqual(
        await historyOf(id),
        perTicket[n]!.map(({ trace }) => trace),
        `ticket ${n}`,
      );
    }
    value(await sync.syncNow(undefined, never));
    assert.equal(ticket(renamed).priority.name, 'High');
    assert.equal(ticket(reprioritised).priority.name, 'High');
  });
});

async function until(
  what: string,
  condition: () => boolean,
  instead: () => unknown = () => undefined,
): Promise<void> {
  const deadline = Date.now() + 400_000;
  while (!condition()) {
    if (Date.now() > deadline) assert.fail(`never: ${what} ${JSON.stringify(instead())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
