/**
 * Runs a script of the harness from nothing: whatever Node >= 20 starts this, the dependencies are installed when they
 * are missing or not those of package-lock.json, and the script runs on the project's own Node.
 *   node test/harness/bootstrap.mjs SCRIPT [ARGUMENT…]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const modules = path.join(root, 'node_modules');

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Deskside needs Node 20 or newer to start (it brings its own Node 24); this is ${process.version}.`,
  );
  process.exit(1);
}
if (!isInstalled()) await install();
const node = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const PATH = [path.join(modules, '.bin'), process.env.PATH].join(path.delimiter);
await end(await run(node, process.argv.slice(2), { ...process.env, PATH }));

/** True when every package of the lock is there in its version; npm leaves those of other systems out. */
function isInstalled() {
  const [wanted, got] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => {
    const file = path.join(root, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
  });
  if (got === undefined) return false;
  return Object.entries(wanted ?? {}).every(
    ([name, entry]) => name === '' || entry.optional || got[name]?.version === entry.version,
  );
}

async function install() {
  const command = existsSync(path.join(root, 'package-lock.json')) ? 'ci' : 'install';
  console.log(`Installing the project's dependencies (npm ${command}).`);
  const npm = process.env.npm_execpath;
  const ended = npm
    ? await run(process.execPath, [npm, command], process.env)
    : await run('npm', [command], process.env, process.platform === 'win32');
  if (ended.code !== 0) await end(ended);
}

/** The script gets this process's input, output and signals. */
function run(command, args, env, shell = false) {
  const child = spawn(command, args, { cwd: root, env, shell, stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  const wait = () => {};
  process.on('SIGINT', wait); // A terminal sends it to the child as well.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait);
      for (const name of ['SIGTERM', 'SIGHUP']) process.off(name, pass);
      resolve({ code, signal });
    });
  });
}

async function end({ code, signal }) {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
}
