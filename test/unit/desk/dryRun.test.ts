import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { DryRun, type RuleOutcome } from '../../../src/desk/policy/dryRun.ts';
import { labelsOf } from '../../../src/desk/policy/holds.ts';
import { readPolicy } from '../../../src/desk/policy/readPolicy.ts';
import { generatedLog, incidentRows, instantOf, type Row } from '../../shared/incidentRows.ts';
import { read } from '../import/helpers.ts';

const hour = 3_600_000;
const source = `
rules:
  - { name: Handed around, when: { reassignments: 3 }, then: suggest, to: Tier 2 }
  - { name: Reopened, when: { reopenings: 1 }, then: remind }
  - { name: Critical, when: { priority: P1, unresolved: 8h }, then: draft, to: Tier 2 }
`;

/** The same by other means: from the rows of the file, each of which is the incident as it was from its time on. */
const rules: Record<string, (rows: Row[]) => boolean> = {
  'Handed around': (rows) => Number(rows.at(-1)!.reassignment_count) >= 3,
  Reopened: (rows) => Number(rows.at(-1)!.reopen_count) >= 1,
  Critical: (rows) => {
    const last = rows.at(-1)!;
    const opened = instantOf(rows[0]!.opened_at)!;
    const resolved = instantOf(last.resolved_at) ?? instantOf(last.closed_at)!;
    return rows.some((row, index) => {
      const from = index === 0 ? -Infinity : instantOf(row.sys_updated_at)!;
      const to = instantOf(rows[index + 1]?.sys_updated_at) ?? Infinity;
      return row.priority!.startsWith('1') && Math.max(from, opened + 8 * hour) < Math.min(to, resolved);
    });
  },
};

const real = new URL('../../../../shared/data/incident_event_log.csv', import.meta.url);
const logs = [
  { name: 'a generated log', csv: generatedLog() },
  ...(existsSync(real) ? [{ name: 'the real incident log', csv: readFileSync(real, 'utf8') }] : []),
];

for (const { name, csv } of logs) {
  describe(`the dry run of a policy over ${name}`, () => {
    const { policy } = readPolicy(source);
    assert.ok(policy);
    const fired = ({ firings }: RuleOutcome) => firings.map(({ ticket }) => ticket.key).sort();

    it('fires for exactly the incidents that a count of the rows gives, in less than a second', async () => {
      const { tickets } = await read(csv);
      const begun = performance.now();
      const run = new DryRun(policy, labelsOf(tickets.map(({ ticket }) => ticket)), {
        from: -Infinity,
        until: Infinity,
      });
      for (const { ticket, entries } of tickets) run.add(ticket, entries);
      const outcomes = run.outcomes();
      assert.ok(performance.now() - begun < 1000);

      const incidents = incidentRows(csv);
      assert.equal(run.tickets, incidents.size);
      for (const outcome of outcomes) {
        const expected = [...incidents].filter(([, rows]) => rules[outcome.rule.name]!(rows));
        assert.deepEqual(fired(outcome), expected.map(([key]) => key).sort(), outcome.rule.name);
        assert.ok(expected.length > 0, outcome.rule.name);
      }
    });

    it('dates a time rule to the hour that it ran out, and counts by month add up to the whole', async () => {
      const { tickets } = await read(csv);
      const labels = labelsOf(tickets.map(({ ticket }) => ticket));
      const counted = (from: number, until: number) => {
        const run = new DryRun(policy, labels, { from, until });
        for (const { ticket, entries } of tickets) run.add(ticket, entries);
        return run.outcomes();
      };
      const [, , critical] = counted(-Infinity, Infinity);
      for (const { ticket, at } of critical!.firings) assert.ok(at >= ticket.createdAt + 8 * hour);
      const months = Array.from({ length: 24 }, (_, month) =>
        counted(Date.UTC(2016, month, 1), Date.UTC(2016, month + 1, 1)),
      );
      counted(-Infinity, Infinity).forEach((outcome, rule) => {
        const parts = months.flatMap((month) => fired(month[rule]!));
        assert.deepEqual(parts.sort(), fired(outcome));
      });
    });
  });
}
