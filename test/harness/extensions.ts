import { rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { installExtension } from './codeServer.ts';
import { ensureHost } from './hostInstall.ts';
import { temporaryFolder } from './paths.ts';

const folders = new Map<string, Promise<string>>();

/** Makes an extensions folder with this VSIX. VS Code installs it once for this process; the others are copies. */
export async function extensionsFolder(vsix: string, folder: string): Promise<void> {
  const ready = folders.get(vsix) ?? install(vsix);
  folders.set(vsix, ready);
  await cp(await ready, folder, { recursive: true });
}

async function install(vsix: string): Promise<string> {
  const data = await temporaryFolder('extensions');
  process.once('exit', () => rmSync(data, { recursive: true, force: true }));
  const folder = path.join(data, 'extensions');
  await installExtension(await ensureHost(), vsix, folder);
  return folder;
}
