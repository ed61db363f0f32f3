import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as ours from './ours.ts';

/**
 * One first sync, or one bare download, in a process of its own. What it finds out goes to the parent: milliseconds,
 * and megabytes above what this process took before anything of it was loaded.
 */
export interface Run {
  stored: number;
  searchable: number;
  loopP99: number;
  memory: number;
}

const resident = () => process.memoryUsage.rss() / 1e6;
const [, , kind, port, count] = process.argv;
const before = resident();
let highest = before;
const watching = setInterval(() => (highest = Math.max(highest, resident())), 20);

const { download } = (await import(kind === 'bare' ? './bare.ts' : './ours.ts')) as typeof ours;
const delay = monitorEventLoopDelay({ resolution: 1 });
await sleep(100);
delay.enable();
const { stored, searchable } = await download(Number(port), Number(count));
delay.disable();
clearInterval(watching);
const run: Run = {
  stored,
  searchable,
  loopP99: Math.max(0, delay.percentile(99) / 1e6 - 1),
  memory: Math.max(highest, resident()) - before,
};
process.send?.(run);
process.disconnect();
