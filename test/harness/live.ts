import { main } from './main.ts';
import { runMocha } from './mocha.ts';
import { suites, withServers } from './suites.ts';

/** Runs contract and live tests; true when all passed. */
export async function runLiveTests(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return await withServers(files, (servers) =>
    // A server on a busy machine answers when it likes; what needs another try is named at the end.
    runMocha(files, { timeout: 300_000, retries: 1, env: { ...env, ...servers } }),
  );
}

await main(import.meta, () => {
  const files = process.argv.slice(2);
  return runLiveTests(files.length > 0 ? files : suites.live());
});
