import { main } from './main.ts';
import { runMocha } from './mocha.ts';
import { suites } from './suites.ts';

/** Runs unit tests; true when all passed. */
export function runUnitTests(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return runMocha(files, { timeout: 120_000, env });
}

await main(import.meta, () => {
  const files = process.argv.slice(2);
  return runUnitTests(files.length > 0 ? files : suites.unit());
});
