import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import KeepingReporter from '../harness/reporter.ts';

/** Called by VS Code inside its extension host; each test file is a bundle of its own beside this one. */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, retries: 1, reporter: KeepingReporter });
  const folder = import.meta.dirname;
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(path.join(folder, name));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
