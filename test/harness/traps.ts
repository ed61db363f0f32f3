import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Trap, Traps } from '../traps/trap.ts';
import { main } from './main.ts';
import { root } from './paths.ts';

/** Whatever the files in test/traps list. */
async function all(): Promise<Traps[]> {
  const files = globSync('test/traps/*.ts', { cwd: root }).sort();
  const modules = await Promise.all(files.map((file) => import(path.join(root, file))));
  return modules.flatMap((lists) => Object.values(lists as Record<string, Traps>));
}

interface Outcome {
  passes: { fullTitle: string }[];
}

/** Runs the tests of a copy, or those whose title ends so; gives the titles of those that passed. */
function passing(copy: string, tests: string, title = ''): string[] {
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const pattern = `${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const ran = spawnSync(
    process.execPath,
    [mocha, '--no-config', '--reporter', 'json', '--timeout', '20000', '--exit', '--grep', pattern, tests],
    { cwd: copy, encoding: 'utf8' },
  );
  const from = ran.stdout.indexOf('{\n  "stats"');
  if (from === -1) return [];
  const { passes } = JSON.parse(ran.stdout.slice(from)) as Outcome;
  return passes.map(({ fullTitle }) => fullTitle);
}

/** Whether the test passes with the handling, and fails without. A sentence where it does not. */
function problemOf(copy: string, tests: string, before: readonly string[], trap: Trap): string | undefined {
  if (before.filter((title) => title.endsWith(trap.test)).length !== 1)
    return 'there is not one such test that passes with the handling';
  const file = path.join(copy, trap.file);
  const source = readFileSync(file, 'utf8');
  if (source.split(trap.find).length !== 2) return `"${trap.find}" is not in ${trap.file} once`;
  writeFileSync(
    file,
    source.replace(trap.find, () => trap.replace),
  );
  const without = passing(copy, tests, trap.test);
  writeFileSync(file, source);
  return without.length > 0 ? `the test passes without the handling in ${trap.file}` : undefined;
}

/** Takes the handling of each trap out in turn, in a copy, and shows that its test fails then. */
await main(import.meta, async () => {
  const only = process.argv.slice(2);
  const copy = mkdtempSync(path.join(tmpdir(), 'deskside-traps-'));
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  let failed = 0;
  let shown = 0;
  for (const traps of (await all()).filter(({ backend }) => only.length === 0 || only.includes(backend))) {
    const before = passing(copy, traps.tests);
    for (const trap of traps.traps) {
      const problem = problemOf(copy, traps.tests, before, trap);
      console.log(
        `${problem === undefined ? '✔' : '✘'} ${traps.backend}: ${trap.test}${problem === undefined ? '' : ` (${problem})`}`,
      );
      shown += 1;
      failed += problem === undefined ? 0 : 1;
    }
  }
  rmSync(copy, { recursive: true, force: true });
  console.log(`${shown - failed} of ${shown} traps: the test fails when the handling is taken out`);
  return shown > 0 && failed === 0;
});
