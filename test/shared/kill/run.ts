import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface KillOperation {
  ticketId: string;
  text: string;
  visibility: 'public' | 'internal';
}

export interface KillConfig {
  folder: string;
  accountId: string;
  server:
    | { type: 'http'; base: string }
    | { type: 'live'; kind: string; base: string; token: string; user?: string | undefined };
  settleMs: number;
  operations: KillOperation[];
}

export interface KillOptions {
  server: KillConfig['server'];
  ticketIds: readonly string[];
  seed: number;
  kills: number;
  /** Operations a window is asked for on each ticket. */
  turns: number;
  /** The latest moment of a kill, counted from the first operation that was kept. */
  longestMs: number;
  settleMs: number;
}

export interface KillOutcome {
  /** What Deskside said it would keep, in that order. */
  kept: KillOperation[];
  /** What it was asked but died before it said so. */
  unsaid: KillOperation[];
  /** How many of the kills found something unfinished. */
  hits: number;
}

/**
 * Kills window after window at random moments after it said "queued", each on the storage folder that the last one left;
 * then lets one finish in peace.
 */
export async function killRepeatedly(options: KillOptions): Promise<KillOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskside-kill-'));
  const random = generator(options.seed);
  const kept: KillOperation[] = [];
  const unsaid: KillOperation[] = [];
  let hits = 0;
  try {
    for (let round = 0; round <= options.kills; round += 1) {
      const operations = options.ticketIds.flatMap((ticketId, index) =>
        Array.from({ length: options.turns }, (_, turn): KillOperation => {
          const visibility = (round + index + turn) % 2 === 0 ? 'public' : 'internal';
          return {
            ticketId,
            text: `Round ${round}, turn ${turn}, ticket ${ticketId}, ${visibility}`,
            visibility,
          };
        }),
      );
      const last = round === options.kills;
      const killAfter = last ? undefined : random() * options.longestMs;
      const { server, settleMs } = options;
      const config = { folder, accountId: 'kill', server, settleMs, operations };
      const { said, done } = await windowOf(config, killAfter);
      if (!done) hits += 1;
      if (last && !done) throw new Error('The last window did not finish.');
      for (const operation of operations) (said.has(operation.text) ? kept : unsaid).push(operation);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { kept, unsaid, hits };
}

/** One window, killed `killAfter` milliseconds after the first thing it kept. */
export async function windowOf(
  config: KillConfig,
  killAfter: number | undefined,
): Promise<{ said: Set<string>; done: boolean }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(config));
  const said = new Set<string>();
  let done = false;
  let timer: NodeJS.Timeout | undefined;
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    if (line === 'done') done = true;
    if (!line.startsWith('queued ')) return;
    said.add(line.slice('queued '.length));
    if (killAfter !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  const closed = once(lines, 'close');
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await closed;
  clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The window ended with ${code ?? signal}.`);
  return { said, done };
}

/** Random numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
