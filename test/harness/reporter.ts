import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { root } from './paths.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What came of one part of the suite. */
export interface Results {
  /** How many tests of each file, by its path from the root. */
  files: Record<string, Counts>;
  /** Each test that failed, with the first line of its error. */
  failures: string[];
  /** Each test that did not pass at its first try, with the first line of the error it had then. */
  triedAgain: string[];
  /** What was in sight when a test failed, in lines. */
  sightings: string[];
}

/** Where a hook puts what it saw after a test that failed. */
export const sightings: string[] = [];

/**
 * Mocha's own `spec` reporter. It leaves the results in the file that $DESKSIDE_RESULTS names, and writes to the file
 * $DESKSIDE_REPORT, where that is set, instead of the console: in VS Code the console is shared with the whole editor.
 */
export default class KeepingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const report = process.env.DESKSIDE_REPORT;
    if (report) {
      Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
        appendFileSync(report, `${format(...args)}\n`);
    }
    const files: Results['files'] = {};
    const failures: string[] = [];
    const triedAgain: string[] = [];
    const count = ({ file = '' }: Mocha.Runnable, as: keyof Counts) => {
      const name = path.relative(root, file).replaceAll(path.sep, '/');
      files[name] ??= { passed: 0, failed: 0, skipped: 0 };
      files[name][as]++;
    };
    runner.on('pass', (test) => count(test, 'passed'));
    runner.on('pending', (test) => count(test, 'skipped'));
    runner.on('fail', (test, error: Error) => {
      count(test, 'failed');
      failures.push(named(test, error));
    });
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      triedAgain.push(named(test, error));
      Mocha.reporters.Base.consoleLog(`    another try of ${named(test, error)}`);
    });
    runner.once('end', () => {
      if (triedAgain.length > 0) Mocha.reporters.Base.consoleLog(list('Needed another try', triedAgain));
      const file = process.env.DESKSIDE_RESULTS;
      if (!file) return;
      const results: Results = { files, failures, triedAgain, sightings };
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(results));
    });
  }
}

/** A heading with its lines; nothing where there are none. */
export function list(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n  ${heading}:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

function named(test: Mocha.Runnable, error: Error): string {
  return `${test.fullTitle()}: ${error.message.split('\n', 1).join('')}`;
}
