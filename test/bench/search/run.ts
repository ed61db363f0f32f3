import { setTimeout as sleep } from 'node:timers/promises';
import type * as ours from './ours.ts';
import { operatorQueries, kinds } from './queries.ts';

/**
 * One process that searches, ours or the peer: opened, asked for the first time, then each query again and again. Times
 * in milliseconds, memory in megabytes above what the process took before anything of it was loaded.
 */
export interface SearchRun {
  open: number;
  memory: number;
  /** Of every kind of query, the time of each. */
  times: Record<string, number[]>;
}

const resident = () => process.memoryUsage.rss() / 1e6;
const [, , kind, folder = ''] = process.argv;
const before = resident();
const { opened } = (await import(kind === 'peer' ? './peer.ts' : './ours.ts')) as typeof ours;
const begin = performance.now();
const search = opened(folder);
search('printer');
const open = performance.now() - begin;
const rounds = 12;
const times: Record<string, number[]> = {};
const all = { ...kinds, ...(kind !== 'peer' && { operators: operatorQueries }) };
for (let round = 0; round < rounds; round++) {
  for (const [name, queries] of Object.entries(all)) {
    for (const query of queries) {
      await sleep(0);
      const asked = performance.now();
      search(query);
      if (round > 1) (times[name] ??= []).push(performance.now() - asked); // The first two are to warm up.
    }
  }
}
const run: SearchRun = { open, memory: resident() - before, times };
process.send?.(run);
process.disconnect();
