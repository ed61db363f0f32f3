import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import {
  guessMapping,
  importTickets,
  openTable,
  scan,
  type ImportSource,
} from '../../src/backends/local/import/importer.ts';
import type { Result } from '../../src/desk/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { root, temporaryFolder } from '../harness/paths.ts';
import { incidentLog } from './incidentLog.ts';
import { measure, median, type Bench } from './figure.ts';

/** The real log of incidents, where somebody put it beside the checkout. */
const real = path.join(root, '..', 'shared', 'data', 'incident_event_log.csv');
const chunkSize = 64 * 1024;
const resolution = 1;
const options = { columns: true, bom: true } as const;

/** The whole of an import as the command does it, into a new store: look, guess, read for the preview, read and write. */
export const importing: Bench = {
  name: 'import',
  run: async () => {
    const bytes = existsSync(real) ? await readFile(real) : Buffer.from(incidentLog(5998));
    const size = parse(bytes, options).length;
    const ours = await measure(() => watched(() => importInto(bytes)));
    const peers = await measure(() => watched(() => parseOnly(bytes)));
    const of = (values: typeof ours, name: 'time' | 'stall') => median(values.map((one) => one[name]));
    const peer = 'csv-parse alone';
    return [
      { name: 'import', size, value: of(ours, 'time'), unit: 'ms', peer, peerValue: of(peers, 'time') },
      {
        name: 'import.stall',
        size,
        value: of(ours, 'stall'),
        unit: 'ms',
        peer,
        peerValue: of(peers, 'stall'),
        target: { value: 50 },
      },
    ];
  },
};

/** How long `work` says it took, and for how long at a time it lets nothing else happen. */
async function watched(work: () => Promise<number>): Promise<{ time: number; stall: number }> {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await sleep(20); // It measures from its own first tick on.
  const time = await work();
  await sleep(20);
  delay.disable();
  return { time, stall: Math.max(0, delay.max / 1e6 - resolution) };
}

function parseOnly(bytes: Buffer): Promise<number> {
  const begin = performance.now();
  parse(bytes, options);
  return Promise.resolve(performance.now() - begin);
}

async function importInto(bytes: Buffer): Promise<number> {
  const folder = await temporaryFolder('import');
  const workerFile = new URL('../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = valueOf(await openStore({ folder, workerFile }));
  const begin = performance.now();
  try {
    const source: ImportSource = {
      name: 'incident_event_log.csv',
      size: bytes.length,
      async *chunks() {
        for (let at = 0; at < bytes.length; at += chunkSize) {
          yield await Promise.resolve(bytes.subarray(at, at + chunkSize));
        }
      },
    };
    const { signal } = new AbortController();
    const table = valueOf(await openTable(source, signal));
    const reading = {
      table,
      mapping: guessMapping(table, 'UTC'),
      accountId: 'desk',
      now: Date.now(),
      signal,
    };
    const { report } = valueOf(await scan(reading));
    const done = valueOf(
      await importTickets(reading, report, (tickets) => writer.run('localImport', tickets)),
    );
    if (done.added === 0 || done.stopped !== undefined) throw new Error('Nothing was imported.');
    return performance.now() - begin;
  } finally {
    await writer.close();
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
