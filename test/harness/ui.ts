import { ensureChromium } from './chromium.ts';
import { ensureHost } from './hostInstall.ts';
import { runMocha } from './mocha.ts';
import { ensurePackage } from './package.ts';

/** Runs the UI tests over the installed VSIX; true when all passed. */
export async function runUiTests(files: readonly string[] = ['test/e2e/**/*.test.ts']): Promise<boolean> {
  await ensureHost();
  await ensureChromium();
  return await runMocha(files, { timeout: 120_000, env: { DESKSIDE_VSIX: await ensurePackage() } });
}

if (import.meta.main) {
  const files = process.argv.slice(2);
  process.exitCode = (await runUiTests(files.length > 0 ? files : undefined)) ? 0 : 1;
}
