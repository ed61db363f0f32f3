import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from '../harness/apt.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { Background } from '../harness/processes.ts';

/** A Secret Service of its own on a message bus of its own, unlocked and empty. */
export interface Keyring {
  /** What a process needs to reach it. */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const script = `
printf pw | gnome-keyring-daemon --unlock --components=secrets
printf %s "$DBUS_SESSION_BUS_ADDRESS" > "$1"
exec sleep infinity
`;

export async function startKeyring(): Promise<Keyring> {
  const packages = ['gnome-keyring', 'libsecret-1-0', 'dbus', 'dbus-daemon'];
  await ensurePackages(packages, 'A test of the keychain');
  const folder = await temporaryFolder('keyring');
  const file = path.join(folder, 'address');
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
  const session = new Background('dbus-run-session', ['--', 'sh', '-c', script, 'keyring', file], {
    log: path.join(folder, 'log'),
    env: { ...process.env, ...home },
  });
  const address = await session.until(async () => (await readFile(file, 'utf8')) || undefined, 30);
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    stop: async () => {
      await session.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An environment in which no Secret Service can be reached. */
export const withoutKeyring: NodeJS.ProcessEnv = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
