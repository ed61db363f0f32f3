import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { read, type Read } from './helpers.ts';

const real = new URL('../../../../shared/data/incident_event_log.csv', import.meta.url);

/** The same shape as the real one, with what is hard in it: `?`, a reopening, a wrong count, a breach. */
function generatedLog(): string {
  const lines = [
    'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at',
  ];
  const priorities = ['1 - Critical', '2 - High', '3 - Moderate', '4 - Low'];
  for (let n = 0; n < 120; n++) {
    const number = `INC${String(n).padStart(7, '0')}`;
    const states = [
      'New',
      'Active',
      'Awaiting User Info',
      'Resolved',
      ...(n % 7 === 0 ? ['Active', 'Resolved'] : []),
      'Closed',
    ];
    states.forEach((state, step) => {
      const day = String(1 + (n % 20) + Math.floor(step / 2)).padStart(2, '0');
      const last = step === states.length - 1;
      const late = last && n % 3 === 0;
      const count = n % 10 === 0 && step === 0 ? 2 : step;
      const reopened = n % 7 === 0 && step >= 4 ? 1 : 0;
      lines.push(
        [
          number,
          state,
          last ? 'FALSE' : 'TRUE',
          Math.min(step, n % 4),
          reopened,
          count,
          late ? 'FALSE' : 'TRUE',
          `Caller ${n % 30}`,
          n % 5 === 0 ? '?' : `Opened by  ${n % 9}`,
          `${day.replace(/^../, String(1 + (n % 20)).padStart(2, '0'))}-03-2016 01:16`,
          '?',
          '?',
          `Updated by ${step + n}`,
          `${day}-03-2016 ${String(10 + step).padStart(2, '0')}:30`,
          'Phone',
          `Location ${n % 6}`,
          `Category ${n % 8}`,
          `Subcategory ${n % 11}`,
          n % 4 === 0 ? '?' : `Symptom ${n % 13}`,
          '?',
          '2 - Medium',
          '2 - Medium',
          priorities[step < 2 ? 2 : n % 4],
          n % 9 === 0 ? '?' : `Group ${step < 1 ? 70 : n % 12}`,
          n % 6 === 0 ? '?' : `Resolver ${n % 15}`,
          'TRUE',
          'FALSE',
          'Do Not Notify',
          '?',
          '?',
          '?',
          '?',
          'code 6',
          `Resolved by ${n % 15}`,
          n % 11 === 0 ? '?' : `${day}-03-2016 09:00`,
          `${String(1 + (n % 20) + 5).padStart(2, '0')}-03-2016 18:40`,
        ].join(','),
      );
    });
  }
  return lines.join('\n') + '\n';
}

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
      const mine = await read(csv, undefined, { assignee: last.assigned_to!, person });
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
