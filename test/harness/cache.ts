import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The folder for what is slow to get (VS Code, servers, the demo), outside the checkout. */
export function cacheFolder(): string {
  const { DESKSIDE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (DESKSIDE_CACHE) return path.resolve(DESKSIDE_CACHE);
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'deskside');
  if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'deskside');
  return path.join(
    XDG_CACHE_HOME ? path.resolve(XDG_CACHE_HOME) : path.join(homedir(), '.cache'),
    'deskside',
  );
}

/** Runs `work` while no other process (of this user) is in a `work` of the same name. */
export async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(cacheFolder(), { recursive: true });
  const lock = path.join(cacheFolder(), `${name}.lock`);
  for (let said = false; !(await take(lock)); said = true) {
    if (!said) console.log(`Waiting: another process is setting up ${name}.`);
    await delay(500);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = await readFile(lock, 'utf8').catch(() => '');
    if (owner === '' || isRunning(Number(owner))) return false;
    // Its owner died. Of several that see this, only one can rename it away.
    const stale = `${lock}.${process.pid}`;
    await rename(lock, stale).catch(() => undefined);
    await rm(stale, { force: true });
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

interface Install {
  /** Names the folder in the cache. */
  name: string;
  /** What the folder is made from; when it differs from what the stamp says, it is made again. */
  version: string;
  make(folder: string): Promise<void>;
  /** True when a folder without a stamp is complete all the same. */
  adopt?(folder: string): Promise<boolean>;
}

/** The folder of a finished install. The stamp is written last, so a half-done one is made again. */
export async function ensureInstalled(install: Install): Promise<string> {
  const folder = path.join(cacheFolder(), install.name);
  const stamp = path.join(folder, '.complete');
  const isDone = async () => (await readFile(stamp, 'utf8').catch(() => '')) === install.version;
  if (await isDone()) return folder;
  return await locked(install.name, async () => {
    if (await isDone()) return folder;
    const adopted = existsSync(folder) && !existsSync(stamp) && (await install.adopt?.(folder));
    if (!adopted) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await install.make(folder);
    }
    await writeFile(stamp, install.version);
    return folder;
  });
}
