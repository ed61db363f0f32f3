import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache.ts';
import { installExtension, startCodeServer, writeSettings } from './codeServer.ts';
import { ensureHost } from './hostInstall.ts';
import { main } from './main.ts';
import { ensurePackage, vsce } from './package.ts';
import { out } from './paths.ts';
import { freePort, httpStatus } from './processes.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';

/** `npm start`: a VS Code with Deskside, a sample desk and a sample workspace, until Ctrl+C. */
async function serveDemo(): Promise<boolean> {
  const host = await ensureHost();
  const vsix = await ensurePackage();
  const demo = path.join(cacheFolder(), 'demo');
  const userDataDir = path.join(demo, 'data');
  const workspace = path.join(demo, 'workspace');
  if (!existsSync(workspace)) await copySampleWorkspace(workspace);
  const settings = { 'deskside.localDesk': { user: 'Alice Agent' } };
  await writeSettings(userDataDir, settings);
  await installExtension(host, vsix, path.join(userDataDir, 'extensions'));
  await installExtension(host, await packageCompanion(), path.join(userDataDir, 'extensions'));
  const port = await demoPort();
  const server = await startCodeServer({ host, userDataDir, port });
  const address = `http://127.0.0.1:${port}/?folder=${encodeURI(workspace)}`;
  console.log(
    `\nDeskside runs at ${address}\nIts data is in ${demo}; delete that folder to start over. Ctrl+C ends it.`,
  );
  openInBrowser(address);
  await server.ended;
  return false;
}

/** A second, tiny extension that presses the first two buttons. */
async function packageCompanion(): Promise<string> {
  const vsix = path.join(out, 'demo.vsix');
  await vsce(path.join(import.meta.dirname, 'demo'), vsix);
  return vsix;
}

/** Always the same where possible: what a browser remembers of VS Code belongs to the address. */
async function demoPort(): Promise<number> {
  const { DESKSIDE_PORT = '8642' } = process.env;
  const taken = (await httpStatus(`http://127.0.0.1:${DESKSIDE_PORT}/`)) !== undefined;
  return taken ? await freePort() : Number(DESKSIDE_PORT);
}

/** On somebody's desktop. */
function openInBrowser(address: string): void {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener = process.platform === 'darwin' ? 'open' : DISPLAY || WAYLAND_DISPLAY ? 'xdg-open' : undefined;
  if (!process.stdout.isTTY || CI || opener === undefined) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

await main(import.meta, async () => {
  if (!process.argv.includes('--once')) return await serveDemo();
  const { once } = await import('./once.ts');
  return await once();
});
