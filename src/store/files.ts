import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import type { Schema } from './schema.ts';

/**
 * A database is replaced by a file of the next generation (`work.db`, `work.2.db`, …), never in place: who has the old
 * one open goes on reading it until they look for a newer one.
 */
export function generationFile(folder: string, name: Schema['name'], generation: number): string {
  return path.join(folder, generation === 1 ? `${name}.db` : `${name}.${generation}.db`);
}

/** The generations there are, newest first. */
export function generations(folder: string, name: Schema['name']): number[] {
  if (!existsSync(folder)) return [];
  const found: number[] = [];
  for (const file of readdirSync(folder)) {
    const match = /^(cache|work)(?:\.(\d+))?\.db$/.exec(file);
    if (match?.[1] === name) found.push(Number(match[2] ?? 1));
  }
  return found.sort((a, b) => b - a);
}

/** Makes the folder for this user alone. A folder that was there before is left as it is; its files are private anyway. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** May this process write the folder and the databases in it? */
export function isWritable(folder: string): boolean {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    for (const name of ['cache', 'work'] as const) {
      const newest = generations(folder, name)[0];
      if (newest !== undefined) accessSync(generationFile(folder, name, newest), constants.W_OK);
    }
    return true;
  } catch {
    return false;
  }
}

/** SQLite gives its other files the mode of the database: so it is made before SQLite would. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/**
 * Renames a database and its journal so that it is no generation any more. Gives its new name, or the old one where
 * an open file can't be renamed; nothing if another process did it.
 */
export function setAside(file: string, options: { replace: boolean }): string | undefined {
  const base = file.replace(/(\.\d+)?\.db$/, '.damaged');
  let target = `${base}.db`;
  for (let n = 2; !options.replace && existsSync(target); n++) target = `${base}-${n}.db`;
  try {
    renameSync(file, target);
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
    }
    return target;
  } catch {
    return existsSync(file) ? file : undefined;
  }
}

/** Deletes what {@link setAside} kept. */
export function removeSetAside(folder: string, name: Schema['name']): void {
  for (const suffix of ['-wal', ''])
    rmSync(path.join(folder, `${name}.damaged.db${suffix}`), { force: true });
}
