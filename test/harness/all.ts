import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureChromium } from './chromium.ts';
import { ensureHost } from './hostInstall.ts';
import { runIntegrationTests } from './integration.ts';
import { runLiveTests } from './live.ts';
import { main } from './main.ts';
import { packageExtension } from './package.ts';
import { out, root, tool } from './paths.ts';
import { run, Unavailable } from './processes.ts';
import { list, type Results } from './reporter.ts';
import { ensureRedmineSeed } from './redmine.ts';
import { ensureRtSeed } from './rt.ts';
import { countTests, needsRedmine, needsRt, suites } from './suites.ts';
import { runUiTests } from './ui.ts';
import { runUnitTests } from './unit.ts';

const total = { passed: 0, failed: 0, skipped: 0 };
const reports: Pick<Results, 'failures' | 'triedAgain' | 'sightings'> = {
  failures: [],
  triedAgain: [],
  sightings: [],
};
/** More files than these are not a matter of a window that was left in an odd state. */
const mostAgain = 3;

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

  // Against servers there is more to wait for than to do, so all else goes on beside it.
  await Promise.all([
    servers.then((reasons) => suite('contract and live', suites.live(), reasons, runLiveTests)),
    checkAll().then(async () => {
      const needs = { ...(await servers), host: await host };
      await suite('integration', suites.integration(), needs, (files, env) =>
        runIntegrationTests({ files, env }),
      );
      await suite('UI', suites.ui(), needs, asAWhole('ui', runUiTests), { again: true });
    }),
  ]);

  // Once more at the end, where it is found: each part's own report is thousands of lines above.
  console.log(
    list('Needed another try', reports.triedAgain) +
      list('Failed', reports.failures) +
      list('What was in sight', reports.sightings),
  );
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0;
});

type Work = (files: readonly string[], env: NodeJS.ProcessEnv) => Promise<boolean>;

/** The report comes as a whole, not among the lines of what runs beside it. */
function asAWhole(name: string, work: Work): Work {
  const report = path.join(out, 'results', `${name}.txt`);
  return async (files, env) => {
    await rm(report, { force: true });
    const passed = await work(files, { ...env, DESKSIDE_REPORT: report });
    process.stdout.write(await readFile(report, 'utf8').catch(() => ''));
    return passed;
  };
}

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
  await suite('unit', suites.unit(), {}, asAWhole('unit', runUnitTests));
}

/** Why this machine can't do `work`; undefined when it could. Anything that merely went wrong is a failure too. */
async function reasonAgainst(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Unavailable) return error.message;
    const reason = error instanceof Error ? error.message : String(error);
    fail(reason);
    return reason;
  }
}

/** A part that is right or wrong as a whole; wrong counts as one failed test. */
async function check(name: string, work: () => Promise<unknown>): Promise<void> {
  await timed(name, async () => {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(reason);
      fail(`${name}: ${reason.split('\n', 1).join('')}`);
    }
  });
}

/** `again`: a file that failed is run once more from its beginning: its tests go on from what was before them. */
async function suite(
  name: string,
  all: readonly string[],
  reasons: { rt?: string; redmine?: string; host?: string },
  work: Work,
  { again }: { again: boolean } = { again: false },
): Promise<void> {
  const reasonFor = (file: string) =>
    reasons.host ??
    (needsRt(file) ? reasons.rt : undefined) ??
    (needsRedmine(file) ? reasons.redmine : undefined);
  const files = all.filter((file) => reasonFor(file) === undefined);
  await timed(name, async () => {
    if (files.length > 0) {
      const first = await results(name, files, work);
      const failed = again ? files.filter((file) => (first.files[file]?.failed ?? 0) > 0) : [];
      const isOdd = failed.length > 0 && failed.length <= mostAgain;
      add(isOdd ? after(first, await results(name, failed, work)) : first);
    }
    for (const file of all) {
      const reason = reasonFor(file);
      if (reason === undefined) continue;
      console.log(`Skipped ${file}: ${reason}`);
      total.skipped += countTests(file);
    }
  });
}

/** The results that the reporter left; a run that failed otherwise counts as one failed test. */
async function results(name: string, files: readonly string[], work: Work): Promise<Results> {
  const file = path.join(out, 'results', `${name.replaceAll(' ', '-')}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const passed = await work(files, { DESKSIDE_RESULTS: file }).catch((error: unknown) => {
    console.error(error);
    return false;
  });
  const none: Results = { files: {}, failures: [], triedAgain: [], sightings: [] };
  const left = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Results,
    () => none,
  );
  if (passed || left.failures.length > 0) return left;
  const broken = { passed: 0, failed: 1, skipped: 0 };
  return {
    ...left,
    files: { ...left.files, [name]: broken },
    failures: [`${name}: did not come to its end`],
  };
}

/** What is known after some files of `first` were run once more. */
function after(first: Results, second: Results): Results {
  return {
    files: { ...first.files, ...second.files },
    failures: second.failures,
    triedAgain: [...first.triedAgain, ...first.failures, ...second.triedAgain],
    sightings: [...first.sightings, ...second.sightings],
  };
}

function add({ files, failures, triedAgain, sightings }: Results): void {
  for (const { passed, failed, skipped } of Object.values(files)) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  reports.failures.push(...failures);
  reports.triedAgain.push(...triedAgain);
  reports.sightings.push(...sightings);
}

function fail(what: string): void {
  total.failed++;
  reports.failures.push(what);
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  console.log(`\n== ${name}`);
  const start = performance.now();
  await work();
  console.log(`== ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
