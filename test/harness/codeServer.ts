import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from './hostInstall.ts';
import { Background, httpStatus, run } from './processes.ts';

/** Settings under which VS Code asks and announces nothing. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // What it keeps in sight lies over the rows that a test wants to click.
  'workbench.tree.enableStickyScroll': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.useModal': 'off',
  'workbench.layoutControl.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
};

/** No tests and no demo depend on a marketplace. */
const noGallery = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '' });

/** The environment of a VS Code of its own: nothing of an editor that this may run in. */
export function hostEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(VSCODE_|npm_|NODE_OPTIONS$)/.test(key));
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: noGallery, ...extra };
}

/** Installs a VSIX into an extensions folder; the folder it was unpacked to. */
export async function installExtension(host: Host, vsix: string, extensionsDir: string): Promise<string> {
  await mkdir(extensionsDir, { recursive: true });
  await run(
    host.node,
    [host.codeServer, ...dataFlags(extensionsDir), '--install-extension', vsix, '--force'],
    {
      env: hostEnvironment(),
    },
  );
  const folder = (await readdir(extensionsDir)).find((name) => name.startsWith('deskside.deskside-'));
  if (folder === undefined) throw new Error(`The VSIX was not unpacked into ${extensionsDir}.`);
  return path.join(extensionsDir, folder);
}

/** Keeps code-server's own configuration file out of the home folder. */
function dataFlags(extensionsDir: string): string[] {
  const config = path.join(path.dirname(extensionsDir), 'code-server.yaml');
  return [
    '--config',
    config,
    '--user-data-dir',
    path.dirname(extensionsDir),
    '--extensions-dir',
    extensionsDir,
  ];
}

interface ServerOptions {
  host: Host;
  /** Holds User/, extensions/ and the log. */
  userDataDir: string;
  port: number;
  workspaceTrust?: boolean;
  env?: NodeJS.ProcessEnv;
}

/** Starts code-server on loopback and waits until it answers. */
export async function startCodeServer(options: ServerOptions): Promise<Background> {
  const { host, userDataDir, port } = options;
  const address = `127.0.0.1:${port}`;
  const server = new Background(
    host.node,
    [
      host.codeServer,
      ...dataFlags(path.join(userDataDir, 'extensions')),
      ...['--auth', 'none', '--bind-addr', address, '--ignore-last-opened'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ],
    { log: path.join(userDataDir, 'code-server.log'), env: hostEnvironment(options.env) },
  );
  await server.until(
    async () => ((await httpStatus(`http://${address}/healthz`)) === 200 ? true : undefined),
    60,
  );
  return server;
}

/** The user's settings as they are, over the quiet ones, with these changes. */
export async function changedSettings(
  userDataDir: string,
  changes: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const present = await readFile(settingsFile(userDataDir), 'utf8').catch(() => '{}');
  return { ...quietSettings, ...(JSON.parse(present) as Record<string, unknown>), ...changes };
}

/** Changes the user's settings.json of a VS Code that is not running. */
export async function writeSettings(userDataDir: string, changes: Record<string, unknown>): Promise<void> {
  const settings = await changedSettings(userDataDir, changes);
  await mkdir(path.dirname(settingsFile(userDataDir)), { recursive: true });
  await writeFile(settingsFile(userDataDir), JSON.stringify(settings, undefined, 2));
}

function settingsFile(userDataDir: string): string {
  return path.join(userDataDir, 'User', 'settings.json');
}
