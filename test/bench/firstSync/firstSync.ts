import path from 'node:path';
import { fork, told } from '../children.ts';
import { median, runs, spread, type Bench, type Measured } from '../figure.ts';
import type { Run } from './client.ts';

const sizes = [1_000, 10_000, 100_000] as const;
/** What is promised is promised of the largest. */
const promised = 100_000;
const targets = {
  stored: { ratio: 1.5 },
  searchable: { ratio: 2.5 },
  loopP99: { ratio: 1.5 },
  memory: { value: 300 },
};
const figures = [
  ['sync.first.stored', 'stored', 'ms'],
  ['sync.first.searchable', 'searchable', 'ms'],
  ['sync.first.loop-delay-p99', 'loopP99', 'ms'],
  ['sync.first.memory', 'memory', 'MB'],
] as const;

/** The first sync of an account from a server on this machine, against downloading and parsing the same pages. */
export const firstSync: Bench = {
  name: 'sync.first',
  run: async () => {
    const measured: Measured[] = [];
    for (const size of sizes) {
      const { ours, bare } = await runsOf(size);
      for (const [name, field, unit] of figures) {
        const values = ours.map((one) => one[field]);
        const peerValue = median(bare.map((one) => one[field]));
        console.log(
          `  ${name} of ${size}: ${spread(values)} ${unit}, the loop alone ${peerValue.toFixed(1)}`,
        );
        measured.push({
          name,
          size,
          value: median(values),
          unit,
          peer: 'a bare axios loop that downloads and parses the same pages',
          peerValue,
          ...(size === promised && { target: targets[field] }),
        });
      }
    }
    return measured;
  },
};

/** In turn, each in a new process; the first of each is to warm up. */
async function runsOf(size: number): Promise<{ ours: Run[]; bare: Run[] }> {
  const server = start('server.ts', [String(size)]);
  try {
    const { port } = await told<{ port: number }>(server);
    const done: { ours: Run[]; bare: Run[] } = { ours: [], bare: [] };
    for (let number = 0; number <= runs; number++) {
      for (const kind of ['bare', 'ours'] as const) {
        const run = await told<Run>(start('client.ts', [kind, String(port), String(size)]));
        if (number > 0) done[kind].push(run);
      }
    }
    return done;
  } finally {
    server.disconnect();
  }
}

function start(script: string, args: readonly string[]) {
  return fork(path.join(import.meta.dirname, script), args);
}
