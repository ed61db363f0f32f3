import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, ok, type Result } from '../desk/errors.ts';
import type { StoreReader, StoreWriter } from './api.ts';
import { Connection } from './connection.ts';
import { isDamage, storageError } from './failure.ts';
import { generationFile, generations, isWritable } from './files.ts';
import { createReader } from './reader.ts';
import { tablesOf } from './salvage.ts';
import { WriterClient } from './writer.ts';

export interface StoreOptions {
  folder: string;
  /** The bundle (or, unbuilt, the source) of `worker.ts`. */
  workerFile: string | URL;
  /** Told in a sentence when something had to be done to the files that the user should know. */
  onNotice?: (message: string) => void;
}

export interface Store {
  reader: StoreReader;
  writer: StoreWriter;
}

/** A store that can be read; what is written waits until it is made, migrated or repaired, where that is needed. */
export interface OpeningStore extends Store {
  /** Starts the writer, unless something was written already; whether the store can be written. */
  open: () => Promise<Result<void>>;
}

/** Opens the store for reading and writing. */
export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  const opening = startStore(options);
  if (!opening.ok) return opening;
  const { reader, writer, open } = opening.value;
  const done = await open();
  if (done.ok) return opening;
  reader.close();
  await writer.close();
  return done;
}

/** Opens the store without starting its writer: what is there can be shown meanwhile. */
export function startStore(options: StoreOptions): Result<OpeningStore> {
  const notice = options.onNotice ?? (() => undefined);
  try {
    if (isWritable(options.folder)) {
      return ok(openIn(options.folder, options.workerFile, notice, () => undefined));
    }
    const { folder, waits } = temporaryCopy(options.folder);
    const until = waits ? ' What waits in its outbox is kept there, and is sent once it can be written.' : '';
    notice(
      `The folder ${options.folder} cannot be written. What you do is kept only until this window is closed: make the folder writable, or choose another one in the settings, and reload.${until}`,
    );
    const afterwards = () => rmSync(folder, { recursive: true, force: true });
    return ok(openIn(folder, options.workerFile, notice, afterwards));
  } catch (error) {
    return fail(storageError(error));
  }
}

function openIn(
  folder: string,
  workerFile: string | URL,
  notice: (message: string) => void,
  afterwards: () => void,
): OpeningStore {
  const client = new WriterClient(workerFile, { folder }, notice);
  const reader = createReader(folder, () => client.repair());
  /** The writer may have made or replaced a file: what is in it is to be seen at once. */
  const follow = <T>(result: T): T => {
    reader.version();
    return result;
  };
  const writer: StoreWriter = {
    run: async (command, argument) => follow(await client.run(command, argument)),
    close: async () => {
      await client.close();
      afterwards();
    },
  };
  return { reader, writer, open: async () => follow(await client.open()) };
}

/** A folder for this window alone, with what can be read of the one that can't be written; does something wait there? */
function temporaryCopy(folder: string): { folder: string; waits: boolean } {
  const copy = mkdtempSync(path.join(tmpdir(), 'deskside-'));
  for (const name of ['cache', 'work'] as const) {
    const newest = newestFile(folder, name);
    for (const suffix of newest === undefined ? [] : ['', '-wal']) {
      const target = path.join(copy, `${name}.db${suffix}`);
      if (existsSync(`${newest}${suffix}`))
        writeFileSync(target, readFileSync(`${newest}${suffix}`), { mode: 0o600 });
    }
  }
  return { folder: copy, waits: withhold(path.join(copy, 'work.db')) };
}

/**
 * Takes out of a copy what the folder itself still has to send or to pass on: every window, and every start of one, would
 * do it again from a copy of its own. Gives whether something waited to be sent.
 */
function withhold(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const work = new Connection(file, { readOnly: false, timeout: 0 });
    try {
      const tables = tablesOf(work);
      if (tables.includes('pairs')) work.run('DELETE FROM pairs');
      return (
        tables.includes('operations') && work.run(`DELETE FROM operations WHERE state <> 'confirmed'`) > 0
      );
    } finally {
      work.close();
    }
  } catch (error) {
    // Saving what is readable of it would bring back what waits.
    if (!isDamage(error)) throw error;
    rmSync(file);
    rmSync(`${file}-wal`, { force: true });
    return true;
  }
}

function newestFile(folder: string, name: 'cache' | 'work'): string | undefined {
  const generation = generations(folder, name)[0];
  return generation === undefined ? undefined : generationFile(folder, name, generation);
}
