import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** What is built and reported goes here; never committed. */
export const out = path.join(root, 'out');

/** The path of a command-line tool among the project's dependencies. */
export function tool(name: string): string {
  return path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** A fresh folder for one run. */
export async function temporaryFolder(name: string): Promise<string> {
  return await mkdtemp(path.join(await realpath(tmpdir()), `deskside-${name}-`));
}
