import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ok, type Result } from '../desk/errors.ts';
import type { StoreReader, StoreWriter } from './api.ts';
import { storageError } from './failure.ts';
import { generationFile, generations, isWritable } from './files.ts';
import { createReader } from './reader.ts';
import { WriterClient } from './writer.ts';

export interface StoreOptions {
  folder: string;
  /** The bundle (or, unbuilt, the source) of `worker.ts`. */
  workerFile: string | URL;
  /** Told in a sentence when something had to be done to the files that the user should know. */
  onNotice?: (message: string) => void;
}

/** Opens the store for reading and writing; makes, migrates or repairs it first where that is needed. */
export async function openStore(
  options: StoreOptions,
): Promise<Result<{ reader: StoreReader; writer: StoreWriter }>> {
  const notice = options.onNotice ?? (() => undefined);
  try {
    if (isWritable(options.folder))
      return await openIn(options.folder, options.workerFile, notice, () => undefined);
    const folder = temporaryCopy(options.folder);
    notice(
      `The folder ${options.folder} cannot be written. What you do is kept only until this window is closed: make the folder writable, or choose another one in the settings, and reload.`,
    );
    return await openIn(folder, options.workerFile, notice, () =>
      rmSync(folder, { recursive: true, force: true }),
    );
  } catch (error) {
    return { ok: false, error: storageError(error) };
  }
}

async function openIn(
  folder: string,
  workerFile: string | URL,
  notice: (message: string) => void,
  afterwards: () => void,
): Promise<Result<{ reader: StoreReader; writer: StoreWriter }>> {
  const started = await WriterClient.start(workerFile, { folder }, notice);
  if (!started.ok) {
    afterwards();
    return started;
  }
  const client = started.value;
  const reader = createReader(folder, () => client.repair());
  const writer: StoreWriter = {
    run: async (command, argument) => {
      const result = await client.run(command, argument);
      reader.version(); // The writer may have replaced a file: what it wrote is to be seen at once.
      return result;
    },
    close: async () => {
      await client.close();
      afterwards();
    },
  };
  return ok({ reader, writer });
}

/** A folder for this window alone, with what can be read of the one that can't be written. */
function temporaryCopy(folder: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'deskside-'));
  for (const name of ['cache', 'work'] as const) {
    const newest = newestFile(folder, name);
    for (const suffix of newest === undefined ? [] : ['', '-wal']) {
      const target = path.join(copy, `${name}.db${suffix}`);
      if (existsSync(`${newest}${suffix}`))
        writeFileSync(target, readFileSync(`${newest}${suffix}`), { mode: 0o600 });
    }
  }
  return copy;
}

function newestFile(folder: string, name: 'cache' | 'work'): string | undefined {
  const generation = generations(folder, name)[0];
  return generation === undefined ? undefined : generationFile(folder, name, generation);
}
