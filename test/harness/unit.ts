import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { main } from './main.ts';
import { runMocha } from './mocha.ts';
import { out } from './paths.ts';
import { suites } from './suites.ts';

const timeout = 120_000;

/** Runs unit tests; true when all passed. Their report comes as a whole, not among the lines of what runs beside them. */
export async function runUnitTests(files: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const report = path.join(out, 'results', 'unit.txt');
  await rm(report, { force: true });
  const passed = await runMocha(files, { timeout, env: { ...env, DESKSIDE_REPORT: report } });
  process.stdout.write(await readFile(report, 'utf8'));
  return passed;
}

await main(import.meta, () => {
  const files = process.argv.slice(2);
  return runMocha(files.length > 0 ? files : suites.unit(), { timeout });
});
