import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { ReportFigures } from '../../../src/desk/report/report.ts';
import { generatedLog, incidentRows, instantOf } from '../../shared/incidentRows.ts';
import { read } from '../import/helpers.ts';
import { ticket } from '../store/fixtures.ts';

const real = new URL('../../../../shared/data/incident_event_log.csv', import.meta.url);
const logs = [
  { name: 'a generated log', csv: generatedLog() },
  ...(existsSync(real) ? [{ name: 'the real incident log', csv: readFileSync(real, 'utf8') }] : []),
];

for (const { name, csv } of logs) {
  describe(`the report of ${name}`, () => {
    for (const month of [1, 2, 3, undefined]) {
      it(`is what a count of the rows gives, ${month === undefined ? 'all in all' : `month ${month + 1}`}`, async () => {
        const [from, until] =
          month === undefined
            ? [-Infinity, Infinity]
            : [Date.UTC(2016, month, 1), Date.UTC(2016, month + 1, 1)];
        const figures = new ReportFigures({ from, until, now: Date.UTC(2017, 0, 1) });
        for (const { ticket, entries } of (await read(csv)).tickets) figures.add(ticket, entries, []);
        const report = figures.result();

        const last = [...incidentRows(csv).values()].map((rows) => rows.at(-1)!);
        const isIn = (at: number) => at >= from && at < until;
        const resolvedAt = (row: (typeof last)[number]) =>
          instantOf(row.resolved_at) ?? instantOf(row.closed_at)!;
        const solved = last.filter((row) => isIn(resolvedAt(row)));
        const times = solved
          .map((row) => Math.max(0, resolvedAt(row) - instantOf(row.opened_at)!))
          .sort((a, b) => a - b);
        assert.equal(report.opened, last.filter((row) => isIn(instantOf(row.opened_at)!)).length);
        assert.equal(report.resolved, solved.length);
        assert.equal(report.timeToResolve.median, times[Math.ceil(times.length / 2) - 1]);
        assert.equal(report.timeToResolve.ninth, times[Math.ceil(times.length * 0.9) - 1]);
        const among = (fits: (row: (typeof last)[number]) => boolean) => ({
          part: solved.filter(fits).length,
          of: solved.length,
        });
        assert.deepEqual(
          report.reopened,
          among((row) => Number(row.reopen_count) > 0),
        );
        assert.deepEqual(
          report.reassigned,
          among((row) => Number(row.reassignment_count) > 0),
        );
        assert.deepEqual(
          report.targetsMet.resolution,
          among((row) => row.made_sla === 'TRUE'),
        );
        assert.equal(report.undocumented.length, solved.length);
        assert.deepEqual(report.backlog, [0, 0, 0, 0, 0]);
      });
    }
  });
}

describe('the report of tickets whose timelines are not all here', () => {
  it('counts what only a timeline tells among those that have one', () => {
    const solved = (id: number) => ({
      ...ticket(id),
      status: { name: 'done', category: 'resolved' as const },
      createdAt: 1_000,
      resolvedAt: 2_000,
    });
    const figures = new ReportFigures({ from: 0, until: 10_000, now: 10_000 });
    figures.add(solved(1), [], []);
    figures.add(solved(2), undefined, []);
    const document = { title: 'Fix', path: 'fix.md' };
    const link = { id: 'l', ticketKey: 'T-3', document, outcome: 'solved', at: 1, by: 'Alice' } as const;
    figures.add(solved(3), undefined, [{ ...link, ticket: { accountId: 'a', id: '3' } }]);
    const report = figures.result();
    assert.equal(report.resolved, 3);
    assert.deepEqual(report.firstContact, { part: 1, of: 1 });
    assert.deepEqual(report.escalated, { part: 0, of: 1 });
    assert.deepEqual(report.documented, { part: 1, of: 2 });
    assert.deepEqual(
      report.undocumented.map(({ id }) => id),
      [solved(1).id],
    );
  });
});
