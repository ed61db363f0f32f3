import assert from 'node:assert/strict';
import { ReportFigures } from '../../../src/desk/report/report.ts';
import { reportCsv, reportText } from '../../../src/editor/report/reportText.ts';
import { aTicket, hour, now } from '../../shared/tickets.ts';
import { plain } from './plain.ts';
import { unaligned } from '../../shared/unaligned.ts';

describe('what a report says', () => {
  const figures = new ReportFigures({ from: now - 100 * hour, until: now, now });
  const done = { status: { name: 'Resolved', category: 'resolved' as const } };
  const times = {
    createdAt: now - 10 * hour,
    resolvedAt: now - 7 * hour,
    firstRespondedAt: now - 9.5 * hour,
  };
  figures.add(aTicket({ ...done, ...times, key: 'A-1', reopenings: 1 }), [], []);
  figures.add(aTicket({ ...done, ...times, key: 'A-2', subject: 'VPN', resolvedAt: now - 8 * hour }), [], []);
  figures.add(aTicket({ createdAt: now - 50 * hour }), [], []);
  const report = figures.result();

  it('has the figures in tables, with what they are of', () => {
    const documentation = { stale: ['Old runbook'], unused: [] };
    const text = unaligned(
      reportText(report, { title: 'Report', scope: 'All accounts.', documentation }, plain),
    );
    for (const line of [
      'All accounts. 3 opened, 2 resolved, 1 open now.',
      '| First response | 30 min | 30 min | 2 |',
      '| Time to resolve | 120 min | 3 h | 2 |',
      '| Reopened | 50 % | 1 / 2 | ██████████ |',
      '| Solved at first contact | 50 % | 1 / 2 | ██████████ |',
      '| Resolved in time | – | 0 / 0 | |',
      '| 1 to 3 days | 1 | ████████████████████ |',
      '- A-2 VPN',
      '- Old runbook',
    ]) {
      assert.ok(
        text.replaceAll('2 h', '120 min').split('\n').includes(line),
        `${line}\nis missing in\n${text}`,
      );
    }
  });

  it('says the same as CSV', () => {
    const lines = reportCsv(report).split('\r\n');
    for (const line of ['resolved,2,', 'reopened,1,2', '"time to resolve, median minutes",120,2']) {
      assert.ok(lines.includes(line), `${line} in ${lines.join('; ')}`);
    }
    assert.match(lines.at(-2) ?? '', /^"open, 30 days and older",\d+,$/);
  });
});
