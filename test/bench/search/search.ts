import { rm } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../harness/paths.ts';
import { fork, told } from '../children.ts';
import { type Bench, type Measured, median, p95, runs, spread } from '../figure.ts';
import type { SearchRun } from './run.ts';
import { seedIndex } from './seedIndex.ts';

const sizes = [1_000, 10_000, 100_000] as const;
/** What is promised is promised of the largest. */
const promised = 100_000;
const peer = 'MiniSearch over the same texts';

/** Search as you type, against the best-known search library for JavaScript; each run in a process of its own. */
export const search: Bench = {
  name: 'search',
  run: async () => {
    const measured: Measured[] = [];
    for (const size of sizes) measured.push(...(await measureAt(size)));
    return measured;
  },
};

async function measureAt(size: number): Promise<Measured[]> {
  const folder = await temporaryFolder('search');
  try {
    await seedIndex(folder, size);
    const done: Record<'ours' | 'peer', SearchRun[]> = { ours: [], peer: [] };
    for (let number = 0; number <= runs; number++) {
      for (const kind of ['ours', 'peer'] as const) {
        const run = await told<SearchRun>(fork(path.join(import.meta.dirname, 'run.ts'), [kind, folder]));
        if (number > 0) done[kind].push(run);
      }
    }
    const of = (kind: 'ours' | 'peer', value: (run: SearchRun) => number) => median(done[kind].map(value));
    const names = Object.keys(done.ours[0]?.times ?? {});
    const all = (run: SearchRun) => p95(Object.values(run.times).flat());
    const figure = (
      name: string,
      unit: string,
      value: (run: SearchRun) => number,
      most: number,
      theirs = value,
    ) => {
      console.log(`  ${name} of ${size}: ${spread(done.ours.map(value), 1)} ${unit}`);
      return {
        name,
        size,
        value: of('ours', value),
        unit,
        peer,
        peerValue: of('peer', theirs),
        ...(size === promised && { target: { value: most } }),
      };
    };
    return [
      figure('search.typeahead-p95', 'ms', all, 10),
      ...names.map((name) =>
        figure(
          `search.typeahead-p95 ${name}`,
          'ms',
          ({ times }) => p95(times[name] ?? []),
          10,
          (run) => (run.times[name] ? p95(run.times[name]) : all(run)),
        ),
      ),
      figure('search.cold-open', 'ms', ({ open }) => open, 15),
      figure('search.memory', 'MB', ({ memory }) => memory, 60),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
