import { parseArgs } from 'node:util';
import { runLiveTests } from './live.ts';
import { main } from './main.ts';

/** `npm run test:faults -- [--seed N] [--runs M]`: what `npm test` does 60 times, by the thousand. */
await main(import.meta, () => {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const runs = Number(values.runs ?? 1_000);
  const files = ['test/live/faults.test.ts', 'test/live/faultsImitated.ts'];
  return runLiveTests(files, { DESKSIDE_FAULTS: JSON.stringify({ seed, runs }) });
});
