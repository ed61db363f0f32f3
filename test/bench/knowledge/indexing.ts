import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../harness/paths.ts';
import { median, type Bench, type Measured } from '../figure.ts';
import { writeCorpus } from './corpus.ts';

interface Run {
  time: number;
  count: number;
  memory?: number;
}

const sizes = [100, 1_000, 10_000] as const;
const largest = 10_000;
const runs = 5;
const longDocument = 10_000;

/** The index of the language server: from nothing, from its cache, and after a keystroke. */
export const indexing: Bench = {
  name: 'index',
  run: async () => {
    const root = await temporaryFolder('corpus');
    try {
      const folders = new Map<number, string>();
      for (const size of sizes) {
        folders.set(size, path.join(root, String(size)));
        await writeCorpus(path.join(root, String(size)), size);
      }
      const folderOf = (size: number) => folders.get(size) ?? root;
      return [
        ...(await indexed(folderOf(largest), path.join(root, 'cache'))),
        ...(await keystrokes(folderOf)),
      ];
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

async function indexed(folder: string, cache: string): Promise<Measured[]> {
  await run('warm', folder, cache);
  const floors: Run[] = [];
  const colds: Run[] = [];
  const warms: Run[] = [];
  for (let at = 0; at < runs; at++) {
    floors.push(await run('floor', folder));
    colds.push(await run('cold', folder));
    warms.push(await run('warm', folder, cache));
  }
  const peer = await run('peer', folder);
  const [cold, floor] = [timeOf(colds), timeOf(floors)];
  const common = { size: largest, unit: 'ms' };
  return [
    {
      ...common,
      name: 'index.cold',
      value: cold,
      peer: 'reading floor',
      peerValue: floor,
      target: { ratio: 1.5 },
    },
    {
      ...common,
      name: 'index.cold-vs-ms',
      value: cold,
      peer: 'vscode-markdown-languageservice: first references',
      peerValue: peer.time,
      target: { ratio: 1 / 8 },
    },
    { ...common, name: 'index.warm', value: timeOf(warms), peer: 'reading floor', peerValue: floor },
    {
      size: largest,
      unit: 'MB',
      name: 'index.memory',
      value: (await run('memory', folder)).memory ?? 0,
      peer: 'the most it may be',
      peerValue: 250,
      target: { ratio: 1 },
    },
  ];
}

async function keystrokes(folderOf: (size: number) => string): Promise<Measured[]> {
  const p95 = async (size: number, lines = 0) => {
    const all: Run[] = [];
    for (let at = 0; at < 3; at++) all.push(await run('edit', folderOf(size), String(lines)));
    return timeOf(all);
  };
  const [few, many, long] = [await p95(100), await p95(largest), await p95(largest, longDocument)];
  const common = { name: 'index.edit-p95', unit: 'ms', target: { value: 10 } };
  return [
    { ...common, size: largest, value: many, peer: '10 ms', peerValue: 10 },
    { ...common, name: 'index.edit-p95.long', size: longDocument, value: long, peer: '10 ms', peerValue: 10 },
    {
      ...common,
      name: 'index.edit-growth',
      size: largest,
      value: many,
      peer: 'the same in 100 files',
      peerValue: few,
      target: { ratio: 2 },
    },
  ];
}

function timeOf(all: readonly Run[]): number {
  return median(all.map(({ time }) => time));
}

async function run(what: string, folder: string, argument = ''): Promise<Run> {
  const script = path.join(import.meta.dirname, 'indexRun.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script,
    what,
    folder,
    argument,
  ]);
  return JSON.parse(stdout) as Run;
}
