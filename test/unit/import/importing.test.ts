import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import {
  guessMapping,
  importTickets,
  openTable,
  scan,
  type ImportSource,
  type ReadOptions,
  type Written,
} from '../../../src/backends/local/import/importer.ts';
import { pacer } from '../../../src/backends/local/import/source.ts';
import type { LocalTicket } from '../../../src/backends/local/port.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import { never, now, open, read } from './helpers.ts';

function rows(count: number, description = 'x'): string {
  const lines = Array.from({ length: count }, (_, n) => `INC${n},Ticket ${n},Open,${description}`);
  return `number,subject,status,description\n${lines.join('\n')}\n`;
}

async function prepared(content: string | ImportSource, signal = never) {
  const table = await open(content);
  const mapping = guessMapping(table, 'utc');
  const options: ReadOptions = { table, mapping, accountId: 'local', now, signal };
  const scanned = await scan({ ...options, signal: never });
  assert.ok(scanned.ok);
  return { options, scanned: scanned.value };
}

/** Keeps what is written, as the store does. */
class Desk {
  readonly batches: LocalTicket[][] = [];

  readonly write = (tickets: LocalTicket[]): Promise<Result<Written>> => {
    this.batches.push(tickets);
    return Promise.resolve(ok({ added: tickets.length, replaced: 0, kept: 0 }));
  };

  get count(): number {
    return this.batches.reduce((sum, batch) => sum + batch.length, 0);
  }
}

describe('import: writing', () => {
  it('shows the first tickets and counts all before anything is written', async () => {
    const { scanned } = await prepared(rows(30));
    assert.deepEqual(
      scanned.preview.map(({ ticket }) => ticket.key),
      ['INC0', 'INC1', 'INC2', 'INC3', 'INC4'],
    );
    assert.equal(scanned.report.tickets, 30);
    assert.equal(scanned.report.entries, 30);
  });

  it('writes what is not too much all or nothing', async () => {
    const { options, scanned } = await prepared(rows(2500));
    const desk = new Desk();
    const result = await importTickets(options, scanned.report, desk.write);
    assert.ok(result.ok);
    assert.equal(desk.batches.length, 1);
    assert.deepEqual([result.value.added, result.value.stopped], [2500, undefined]);
  });

  it('keeps nothing of it when cancelled before', async () => {
    const controller = new AbortController();
    const { options, scanned } = await prepared(rows(2500), controller.signal);
    const desk = new Desk();
    const result = await importTickets(
      { ...options, onProgress: () => controller.abort() },
      scanned.report,
      desk.write,
    );
    assert.deepEqual([result.ok, !result.ok && result.error.reason, desk.count], [false, 'cancelled', 0]);
  });

  it('says what was kept when a large import is cancelled half-way', async () => {
    const controller = new AbortController();
    const { options, scanned } = await prepared(rows(20_000), controller.signal);
    const desk = new Desk();
    const result = await importTickets(options, scanned.report, (tickets) => {
      if (desk.batches.length === 2) controller.abort();
      return desk.write(tickets);
    });
    assert.ok(result.ok);
    assert.equal(result.value.stopped?.reason, 'cancelled');
    assert.equal(result.value.added, desk.count);
    assert.ok(desk.count > 0 && desk.count < 20_000);
  });

  it('stops at the first write that fails, and says why', async () => {
    const { options, scanned } = await prepared(rows(20_000));
    const desk = new Desk();
    const full = fail({ reason: 'storage', message: 'The disk is full.' });
    const result = await importTickets(options, scanned.report, (tickets) =>
      desk.batches.length === 1 ? Promise.resolve(full) : desk.write(tickets),
    );
    assert.ok(result.ok);
    assert.equal(result.value.stopped?.reason, 'storage');
    assert.equal(result.value.added, desk.count);
    const nothing = await importTickets(options, scanned.report, () => Promise.resolve(full));
    assert.equal(nothing.ok, false);
  });

  it('gives the same keys again, with and without a column for them', async () => {
    for (const csv of [rows(3), 'subject,created\nprinter,2024-01-01\nmouse,2024-01-02\n']) {
      const desk = new Desk();
      const { options, scanned } = await prepared(csv);
      await importTickets(options, scanned.report, desk.write);
      await importTickets(options, scanned.report, desk.write);
      const [first, second] = desk.batches.map((batch) => batch.map(({ ticket }) => ticket.key));
      assert.deepEqual(first, second);
      assert.equal(new Set(first).size, first!.length);
    }
  });

  it('takes a key once: what repeats it is left out', async () => {
    const { scanned } = await prepared('number,subject\nA-1,x\nA-2,y\nA-2,z\nA-3,w\n,v\n');
    assert.equal(scanned.report.tickets, 3);
    assert.deepEqual(
      scanned.report.leftOut.map(({ line }) => line),
      [4, 6],
    );
  });

  it('says that a file can’t be read', async () => {
    const missing: ImportSource = {
      name: 'gone.csv',
      size: 1,
      chunks: () => {
        throw Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
      },
    };
    const table = await openTable(missing, never);
    assert.ok(!table.ok && table.error.reason === 'storage');
    assert.match(table.error.message, /gone\.csv could not be read/);
  });
});

describe('import: a file of 100 MB', () => {
  const megabytes = 100;
  const pieces = megabytes * 16;

  /** Made while it is read, so that only the importer could hold it. */
  function huge(pulled: { chunks: number }): ImportSource {
    const text = 'The printer on the second floor prints every page twice. '.repeat(17);
    return {
      name: 'huge.csv',
      size: megabytes * 2 ** 20,
      async *chunks() {
        pulled.chunks = 0;
        let number = 0;
        yield Buffer.from('number,subject,status,description\n');
        for (let piece = 0; piece < pieces; piece++) {
          let chunk = '';
          while (chunk.length < 65_536) chunk += `INC${number++},Printer,Open,"${text}"\n`;
          pulled.chunks++;
          yield await Promise.resolve(Buffer.from(chunk));
        }
      },
    };
  }

  it('is read piece by piece, lets others have their turn, and hands tickets on as it goes', async function () {
    this.timeout(180_000);
    const pulled = { chunks: 0 };
    const { options, scanned } = await prepared(huge(pulled));
    assert.ok(scanned.report.tickets > 100_000);
    let turns = 0;
    const others = new AbortController();
    void (async () => {
      for (; !others.signal.aborted; turns++) await setImmediate();
    })();
    const ahead: number[] = [];
    let written = 0;
    const perPiece = scanned.report.tickets / pieces;
    const result = await importTickets(options, scanned.report, (tickets) => {
      written += tickets.length;
      assert.ok(tickets.length <= 2000, 'A batch is small enough to be handed over at once.');
      ahead.push(pulled.chunks - written / perPiece);
      return Promise.resolve(ok({ added: tickets.length, replaced: 0, kept: 0 }));
    });
    others.abort();
    assert.ok(result.ok);
    assert.equal(result.value.added, scanned.report.tickets);
    assert.ok(Math.max(...ahead) < 8, `It was ${Math.max(...ahead)} pieces ahead of what it had handed on.`);
    assert.ok(turns >= pieces / 16, `Others had ${turns} turns.`);
  });

  it('is cancelled at once', async function () {
    this.timeout(60_000);
    const pulled = { chunks: 0 };
    const controller = new AbortController();
    const opening = huge(pulled);
    const table = await openTable(
      {
        ...opening,
        async *chunks() {
          for await (const chunk of opening.chunks()) {
            if (pulled.chunks === 20) controller.abort();
            yield chunk;
          }
        },
      },
      controller.signal,
    );
    assert.ok(!table.ok && table.error.reason === 'cancelled');
    assert.ok(pulled.chunks <= 21);
  });
});

describe('import: pacer', () => {
  it('lets pending events through, and ends cancelled work', async () => {
    const controller = new AbortController();
    const pause = pacer(controller.signal, 0);
    let others = 0;
    const other = setImmediate().then(() => others++);
    await pause();
    assert.equal(others, 1);
    await other;
    controller.abort();
    await assert.rejects(pause, { name: 'AbortError' });
  });
});

describe('import: what a ticket is made of', () => {
  it('maps a plain export field by field', async () => {
    const csv = [
      'Ticket ID;Title;Body;Requester;Email;Owner;Queue;State;Priority;Type;Source;Tags;Created;Updated;Solved at;Due date;Resolution notes;Shoe size',
      'HELP-7;No sound;<p>Nothing <b>at all</b></p>;Zoë Kröger;zoe@example.com;Bob <bob@example.com>;Desk;Solved;High;Service Request;Web form;audio, headset;01.03.2024 10:00;02.03.2024 12:00;02.03.2024 11:00;01.03.2024 18:00;Replaced it.;42',
    ].join('\n');
    const { options } = await prepared(csv);
    const desk = new Desk();
    await importTickets({ ...options, me: undefined }, { tickets: 1, entries: 2 }, desk.write);
    const { ticket, entries } = desk.batches[0]![0]!;
    assert.deepEqual(ticket, {
      accountId: 'local',
      id: 'HELP-7',
      key: 'HELP-7',
      subject: 'No sound',
      requester: { id: 'zoe@example.com', name: 'Zoë Kröger', email: 'zoe@example.com' },
      assignee: { id: 'bob@example.com', name: 'Bob', email: 'bob@example.com' },
      team: 'Desk',
      status: { name: 'Solved', category: 'resolved' },
      priority: { name: 'High', rank: 2 },
      kind: 'request',
      channel: 'portal',
      tier: undefined,
      tags: ['audio', 'headset'],
      assets: [],
      customFields: [{ id: 'import:Shoe size', name: 'Shoe size', values: ['42'] }],
      createdAt: Date.UTC(2024, 2, 1, 10),
      updatedAt: Date.UTC(2024, 2, 2, 12),
      firstRespondedAt: undefined,
      resolvedAt: Date.UTC(2024, 2, 2, 11),
      reassignments: 0,
      reopenings: 0,
      sla: [
        {
          target: 'resolution',
          state: 'breached',
          dueAt: Date.UTC(2024, 2, 1, 18),
          stoppedAt: Date.UTC(2024, 2, 2, 11),
          source: 'backend',
        },
      ],
      revision: '',
      mine: false,
    });
    assert.deepEqual(
      entries.map(({ id, kind, visibility, fromRequester, body, at }) => [
        id,
        kind,
        visibility,
        fromRequester,
        body,
        at,
      ]),
      [
        [
          'HELP-7-1',
          'reply',
          'public',
          true,
          { text: '<p>Nothing <b>at all</b></p>', format: 'html' },
          Date.UTC(2024, 2, 1, 10),
        ],
        [
          'HELP-7-2',
          'resolution',
          'internal',
          false,
          { text: 'Replaced it.', format: 'text' },
          Date.UTC(2024, 2, 2, 11),
        ],
      ],
    );
  });

  it('makes a subject of hostile text at once', async function () {
    this.timeout(20_000); // Takes some milliseconds; what is not linear would take a minute.
    const { tickets } = await read(`number,description\nINC1,${'<'.repeat(200_000)}\n`);
    assert.equal(tickets[0]?.ticket.subject.length, 100);
  });

  it('takes comments apart as Jira and ServiceNow write them', async () => {
    const jira = await prepared(
      'Issue key,Summary,Created,Comment,Comment\nA-1,x,01/Mar/24 9:00 AM,02/Mar/24 10:15 AM;jdoe;one; and two,01/Mar/24 9:30 AM;ann;zero\n',
    );
    assert.deepEqual(
      jira.scanned.preview[0]!.entries.map(({ author, body, visibility }) => [
        author.name,
        body?.text,
        visibility,
      ]),
      [
        ['ann', 'zero', 'internal'],
        ['jdoe', 'one; and two', 'internal'],
      ],
    );
    const journal =
      '"2024-01-05 10:22:11 - Bob Smith (Work notes)\nSecond\n\n2024-01-05 09:00:00 - Ann Lee (Additional comments)\nFirst\nline two\n"';
    const now = await prepared(`number,short_description,comments_and_work_notes\nINC1,x,${journal}\n`);
    assert.deepEqual(
      now.scanned.preview[0]!.entries.map(({ author, body, visibility }) => [
        author.name,
        body?.text,
        visibility,
      ]),
      [
        ['Ann Lee', 'First\nline two', 'public'],
        ['Bob Smith', 'Second', 'internal'],
      ],
    );
  });
});

describe('import: people', () => {
  const bob = { id: 'bob.tier2@example.org', name: 'Bob Tier2', email: 'bob.tier2@example.org' };
  const kims = ['kim', 'kim.lee'].map((id) => ({ id: `${id}@example.org`, name: 'Kim Lee' }));
  const alice = { id: 'alice', name: 'Alice Agent' };
  const csv = [
    'number,subject,requester,requester email,assignee',
    'A-1,Toner,Bob Tier2,,bob tier2',
    'A-2,Paper,Bob Tier2,bob@elsewhere.example,Kim Lee',
    'A-3,Mouse,Zoe,,Someone',
  ].join('\n');

  it('are those whom the desk knows, where one of them has the name', async () => {
    const { byKey } = await read(csv, undefined, { known: [bob, ...kims, alice] });
    const first = byKey('A-1').ticket;
    assert.deepEqual([first.requester, first.assignee], [bob, bob]);
    const second = byKey('A-2').ticket;
    assert.equal(second.requester?.id, 'bob@elsewhere.example', 'an address says who it is');
    assert.equal(second.assignee?.id, 'kim lee', 'which of the two is not known');
    assert.equal(byKey('A-3').ticket.assignee?.id, 'someone');
  });

  it('are the user under the name that was chosen, which the desk may know of somebody', async () => {
    const { byKey } = await read(csv, undefined, {
      known: [bob],
      me: { assignee: 'Bob Tier2', person: alice },
    });
    assert.deepEqual(byKey('A-1').ticket.assignee, alice);
  });
});
