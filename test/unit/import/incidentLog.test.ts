import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { generatedLog } from '../../shared/incidentRows.ts';
import { read, type Read } from './helpers.ts';

const real = new URL('../../../../shared/data/incident_event_log.csv', import.meta.url);

interface Expected {
  states: string[];
  last: Record<string, string>;
}

/** The truth by other means: lines and commas only (no cell of these logs is quoted), the latest row by its time. */
function count(csv: string): Map<string, Expected> {
  const [head = '', ...lines] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.replace('\r', ''));
  const names = head.split(',');
  const tickets = new Map<string, Expected>();
  for (const line of lines) {
    const cells = line.split(',');
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
    const ticket = tickets.get(row.number!) ?? { states: [], last: row };
    if (ticket.states.at(-1) !== row.incident_state) ticket.states.push(row.incident_state!);
    if (time(row.sys_updated_at) >= time(ticket.last.sys_updated_at)) ticket.last = row;
    tickets.set(row.number!, ticket);
  }
  return tickets;
}

function time(text: string | undefined): number {
  const [, day, month, year, hour, minute] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d)$/.exec(text ?? '') ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

function given(text: string | undefined): string | undefined {
  return text === '?' ? undefined : text;
}

function tally(values: Iterable<string | undefined>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

const logs = [
  { name: 'a generated log', csv: generatedLog(), tickets: 120 },
  ...(existsSync(real)
    ? [{ name: 'the real incident log', csv: readFileSync(real, 'utf8'), tickets: 890 }]
    : []),
];

for (const { name, csv, tickets } of logs) {
  describe(`import: ${name}`, () => {
    let imported: Promise<Read> | undefined;
    const result = () => (imported ??= read(csv));
    const expected = count(csv);

    it(`is recognised as a log and gives ${tickets} tickets, no row left out`, async () => {
      const { mapping, report, tickets: made } = await result();
      assert.equal(mapping.log, true);
      assert.equal(made.length, tickets);
      assert.equal(expected.size, tickets);
      assert.equal(report.leftOutCount, 0);
      assert.deepEqual(new Set(made.map(({ ticket }) => ticket.key)), new Set(expected.keys()));
    });

    it('ends each ticket in the state, priority, group and counts of its last row', async () => {
      for (const { ticket } of (await result()).tickets) {
        const { last } = expected.get(ticket.key)!;
        assert.equal(ticket.status.name, last.incident_state);
        assert.equal(ticket.priority.name, last.priority);
        assert.equal(ticket.priority.rank, Number(last.priority![0]));
        assert.equal(ticket.team, given(last.assignment_group));
        assert.equal(ticket.assignee?.name, given(last.assigned_to));
        assert.equal(ticket.requester?.name, given(last.caller_id));
        assert.equal(ticket.reassignments, Number(last.reassignment_count));
        assert.equal(ticket.reopenings, Number(last.reopen_count));
        assert.equal(ticket.channel, 'phone');
        assert.equal(ticket.kind, 'incident');
        assert.equal(ticket.createdAt, time(last.opened_at));
        assert.equal(ticket.updatedAt, time(last.sys_updated_at));
        assert.equal(ticket.closedAt, time(last.closed_at));
        const resolved = given(last.resolved_at);
        assert.equal(ticket.resolvedAt, resolved === undefined ? ticket.closedAt : time(resolved));
      }
    });

    it('breaches the resolution clock of exactly those that did not make their SLA', async () => {
      for (const { ticket } of (await result()).tickets) {
        const [clock, ...more] = ticket.sla;
        assert.ok(clock && more.length === 0);
        assert.equal(clock.target, 'resolution');
        assert.equal(clock.source, 'backend');
        assert.equal(clock.state, expected.get(ticket.key)!.last.made_sla === 'FALSE' ? 'breached' : 'met');
        assert.equal(clock.stoppedAt, ticket.resolvedAt);
      }
    });

    it('keeps the order of each history, and every change of state in it', async () => {
      for (const { ticket, entries } of (await result()).tickets) {
        const changes = entries.flatMap((entry) => entry.changes.filter(({ field }) => field === 'status'));
        assert.deepEqual(
          changes.map(({ to }) => to),
          expected.get(ticket.key)!.states,
          ticket.key,
        );
        changes.slice(1).forEach(({ from }, index) => assert.equal(from, changes[index]!.to));
        assert.ok(entries.every(({ visibility }) => visibility === 'system'));
      }
    });

    it('comes to the same totals', async () => {
      const made = (await result()).tickets.map(({ ticket }) => ticket);
      const rows = [...expected.values()].map(({ last }) => last);
      assert.deepEqual(
        tally(made.map((ticket) => ticket.priority.name)),
        tally(rows.map((row) => row.priority)),
      );
      assert.deepEqual(
        tally(made.map((ticket) => ticket.team)),
        tally(rows.map((row) => given(row.assignment_group))),
      );
      assert.equal(
        made.filter(({ sla }) => sla[0]?.state === 'breached').length,
        rows.filter((row) => row.made_sla === 'FALSE').length,
      );
    });

    it('names whoever changed it as the author', async () => {
      const { byKey } = await result();
      const [number = ''] = expected.keys();
      const rows = csv.split('\n').filter((line) => line.startsWith(`${number},`));
      const authors = new Set(rows.map((row) => row.split(',')[12]));
      for (const { author } of byKey(number).entries) assert.ok(authors.has(author.name), author.name);
    });

    it('makes a readable subject of symptom and category, and keeps the rest as fields', async () => {
      for (const { ticket } of (await result()).tickets) {
        const { last } = expected.get(ticket.key)!;
        const topic = [last.category, last.subcategory].filter((part) => part !== '?').join(' › ');
        const symptom = given(last.u_symptom);
        if (topic !== '')
          assert.equal(ticket.subject, symptom === undefined ? topic : `${symptom} (${topic})`);
        assert.ok(!ticket.subject.includes('?'));
        assert.deepEqual(ticket.tags, last.category === '?' ? [] : [last.category]);
        assert.ok(ticket.customFields.every(({ values }) => values.every((value) => value !== '?')));
      }
    });

    it('makes the tickets of one assignee mine', async () => {
      const [, { last }] = [...expected].find(([, one]) => one.last.assigned_to !== '?')!;
      const person = { id: 'alice', name: 'Alice Agent' };
      const mine = await read(csv, undefined, { me: { assignee: last.assigned_to!, person } });
      const wanted = [...expected].filter(([, one]) => one.last.assigned_to === last.assigned_to);
      assert.deepEqual(
        mine.tickets.filter(({ ticket }) => ticket.mine).map(({ ticket }) => ticket.key),
        wanted.map(([key]) => key),
      );
      assert.deepEqual(mine.byKey(wanted[0]![0]).ticket.assignee, person);
    });
  });
}

describe('import: the order of a log', () => {
  const log = (rows: string[]) =>
    read(`number,state,sys_mod_count,sys_updated_at,category\n${rows.join('\n')}\n`);
  const states = (result: Read) =>
    result.byKey('INC1').entries.flatMap(({ changes }) => changes.map(({ to }) => to));

  it('is the file’s own where clock or count agree with it, otherwise the clock’s', async () => {
    assert.deepEqual(
      states(
        await log([
          'INC1,New,7,01-03-2016 09:00,x',
          'INC1,Active,1,01-03-2016 10:00,x',
          'INC1,Closed,2,01-03-2016 11:00,x',
        ]),
      ),
      ['New', 'Active', 'Closed'],
    );
    assert.deepEqual(
      states(
        await log([
          'INC1,New,1,01-03-2016 11:10,x',
          'INC1,Active,2,01-03-2016 09:52,x',
          'INC1,Closed,3,01-03-2016 12:00,x',
        ]),
      ),
      ['New', 'Active', 'Closed'],
    );
    assert.deepEqual(
      states(
        await log([
          'INC1,Closed,3,03-03-2016 12:00,x',
          'INC1,Active,2,02-03-2016 12:00,x',
          'INC1,New,1,01-03-2016 12:00,x',
        ]),
      ),
      ['New', 'Active', 'Closed'],
    );
  });
});
