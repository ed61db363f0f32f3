import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { importReport } from '../../../src/editor/import/report.ts';
import { read } from './helpers.ts';
import { unaligned } from '../../shared/unaligned.ts';

const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));

describe('import: the report', () => {
  it('says what was left out and why, and how the file was read', async () => {
    const { table, mapping, report } = await read(
      'number;subject;status;created\nA-1;x;Purple;31.01.2024\nA-2;y\nA-3;z;Open;31.02.2024\n',
    );
    const text = unaligned(
      importReport({ table, mapping, report, result: { added: 1, replaced: 0, kept: 0 } }, t),
    );
    assert.match(text, /^# Import of tickets\.csv$/m);
    assert.match(text, /^- Rows left out: 2$/m);
    assert.match(text, /^- New on the desk: 1$/m);
    assert.match(text, /^\| 3 \| The row has 2 columns where the header has 4\. \|$/m);
    assert.match(text, /^\| 4 \| "31\.02\.2024" in the column "created" is not a date/m);
    assert.match(text, /^- Purple: 1$/m);
    assert.match(text, /^- CSV, encoding utf-8, delimiter ";"$/m);
    assert.match(text, /^\| created \| Created at \| day-month-year, as 31-03-2026 \|$/m);
    assert.doesNotMatch(text, /ended early/);
  });

  it('says when it ended early', async () => {
    const { table, mapping, report } = await read('number,subject\nA-1,x\n');
    const stopped = { reason: 'cancelled' as const, message: '' };
    const text = importReport(
      { table, mapping, report, result: { added: 5, replaced: 2, kept: 1, stopped } },
      t,
    );
    assert.match(text, /ended early; what is counted below was kept/);
    assert.match(text, /^- Brought up to date: 2$/m);
  });

  it('lets nothing in the file become Markdown or HTML', async () => {
    const { table, mapping, report } = await read(
      'number,subject,<b>[x](command:y)</b>|\nA-1,x,1\n"A-<img src=x>",y,1\n"A-<img src=x>",y,1\n',
    );
    const text = importReport({ table, mapping, report }, t);
    assert.doesNotMatch(text, /(?<!\\)[<\]]/);
    assert.match(text, /\\<img src=x\\>/);
  });
});
