import { ensureChromium } from './chromium.ts';
import { ensureHost } from './hostInstall.ts';
import { main } from './main.ts';
import { runMocha } from './mocha.ts';
import { ensurePackage } from './package.ts';
import { suites, withServers } from './suites.ts';

/** Runs UI tests over the installed VSIX; true when all passed. */
export async function runUiTests(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  await ensureHost();
  await ensureChromium();
  const DESKSIDE_VSIX = await ensurePackage();
  return await withServers(files, (servers) =>
    runMocha(files, {
      timeout: 300_000,
      // A browser and an editor draw when they like; what needs another try is named at the end.
      retries: 1,
      env: { DESKSIDE_VSIX, ...env, ...servers },
      hooks: './test/harness/failureReport.ts',
    }),
  );
}

await main(import.meta, () => {
  const files = process.argv.slice(2);
  return runUiTests(files.length > 0 ? files : suites.ui());
});
