import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** What came of one part of the suite. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Mocha's own `spec` reporter. It leaves the counts in the file that $DESKSIDE_RESULTS names, and writes to the file
 * $DESKSIDE_REPORT, where that is set, instead of the console: in VS Code the console is shared with the whole editor.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const report = process.env.DESKSIDE_REPORT;
    if (report) {
      Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
        appendFileSync(report, `${format(...args)}\n`);
    }
    const again: string[] = [];
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      again.push(`  ${test.fullTitle()}: ${error.message.split('\n', 1).join('')}`);
    });
    runner.once('end', () => {
      if (again.length === 0) return;
      Mocha.reporters.Base.consoleLog(`  ${again.length} needed another try:\n${again.join('\n')}\n`);
    });
    const file = process.env.DESKSIDE_RESULTS;
    if (!file) return;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = { passed: passes, failed: failures, skipped: pending };
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
