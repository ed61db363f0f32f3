import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureChromium } from './chromium.ts';
import { ensureHost } from './hostInstall.ts';
import { runIntegrationTests } from './integration.ts';
import { runLiveTests } from './live.ts';
import { main } from './main.ts';
import { runMocha } from './mocha.ts';
import { packageExtension } from './package.ts';
import { out, root, tool } from './paths.ts';
import { run, Unavailable } from './processes.ts';
import type { Counts } from './reporter.ts';
import { ensureRedmineSeed } from './redmine.ts';
import { ensureRtSeed } from './rt.ts';
import { countTests, needsRedmine, needsRt, suites } from './suites.ts';
import { runUiTests } from './ui.ts';

const total: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Everything: `npm test`. The last line says how many passed, failed and were skipped. */
await main(import.meta, async () => {
  // Slow where nothing is installed yet, so it goes on beside the checks that do not need it.
  const host = reasonAgainst(async () => {
    await ensureChromium();
    await ensureHost();
  });
  const servers = reasonAgainst(ensureRtSeed).then(async (rt) => ({
    rt,
    redmine: await reasonAgainst(ensureRedmineSeed),
  }));

  // Against servers there is more to wait for than to do, so all that needs none goes on beside it.
  await Promise.all([
    servers.then((reasons) => suite('contract and live', suites.live(), reasons, runLiveTests)),
    checkAll(),
  ]);
  const needs = { ...(await servers), host: await host };
  await suite('integration', suites.integration(), needs, (files, env) =>
    runIntegrationTests({ files, env }),
  );
  await suite('UI', suites.ui(), needs, runUiTests);

  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0;
});

/** What needs neither servers nor an editor. */
async function checkAll(): Promise<void> {
  await Promise.all([
    check('types', () => run(tool('tsc'), ['--noEmit'], { cwd: root })),
    check('lint', () => run(tool('eslint'), ['.'], { cwd: root })),
    check('format', () => run(tool('prettier'), ['--check', '.', '--log-level', 'warn'], { cwd: root })),
  ]);
  await check('build and package', async () => {
    const { vsix, withinBudget } = await packageExtension();
    process.env.DESKSIDE_VSIX = vsix;
    if (!withinBudget) throw new Error('A bundle is over its budget.');
  });
  await suite('unit', suites.unit(), {}, runUnitTests);
}

/** Their report comes as a whole, not among the lines of what runs beside them. */
async function runUnitTests(files: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const report = path.join(out, 'results', 'unit.txt');
  await rm(report, { force: true });
  const passed = await runMocha(files, { timeout: 120_000, env: { ...env, DESKSIDE_REPORT: report } });
  process.stdout.write(await readFile(report, 'utf8'));
  return passed;
}

/** Why this machine can't do `work`; undefined when it could. Anything that merely went wrong is a failure too. */
async function reasonAgainst(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Unavailable) return error.message;
    total.failed++;
    return error instanceof Error ? error.message : String(error);
  }
}

/** A part that is right or wrong as a whole; wrong counts as one failed test. */
async function check(name: string, work: () => Promise<unknown>): Promise<void> {
  await timed(name, async () => {
    try {
      await work();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      total.failed++;
    }
  });
}

async function suite(
  name: string,
  all: readonly string[],
  reasons: { rt?: string; redmine?: string; host?: string },
  work: (files: readonly string[], env: NodeJS.ProcessEnv) => Promise<boolean>,
): Promise<void> {
  const reasonFor = (file: string) =>
    reasons.host ??
    (needsRt(file) ? reasons.rt : undefined) ??
    (needsRedmine(file) ? reasons.redmine : undefined);
  const files = all.filter((file) => reasonFor(file) === undefined);
  await timed(name, async () => {
    if (files.length > 0) add(await counted(name, (env) => work(files, env)));
    for (const file of all) {
      const reason = reasonFor(file);
      if (reason === undefined) continue;
      console.log(`Skipped ${file}: ${reason}`);
      total.skipped += countTests(file);
    }
  });
}

/** The counts that the reporter left; a run that failed otherwise counts as one failed test. */
async function counted(name: string, work: (env: NodeJS.ProcessEnv) => Promise<boolean>): Promise<Counts> {
  const results = path.join(out, 'results', `${name.replaceAll(' ', '-')}.json`);
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  const passed = await work({ DESKSIDE_RESULTS: results }).catch((error: unknown) => {
    console.error(error);
    return false;
  });
  const none: Counts = { passed: 0, failed: 0, skipped: 0 };
  const counts = await readFile(results, 'utf8').then(
    (text) => JSON.parse(text) as Counts,
    () => none,
  );
  return passed ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  console.log(`\n== ${name}`);
  const start = performance.now();
  await work();
  console.log(`== ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
