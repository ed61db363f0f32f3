import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { siteConfig } from '../servers/rt/siteConfig.ts';
import { ensurePackages } from './apt.ts';
import { ensureInstalled } from './cache.ts';
import { root, temporaryFolder } from './paths.ts';
import { Background, freePort, httpStatus, run } from './processes.ts';

const server = '/usr/share/request-tracker5/libexec/rt-server';
const seedScript = path.join(root, 'test', 'servers', 'rt', 'seed.pl');
const password = 'password';

export interface TestRt {
  base: string;
  /** Of the agents; carol is a customer and has only the password. */
  tokens: { alice: string; bob: string; lead: string };
  password: string;
  /** The SQLite file behind it. */
  database: string;
  stop(): Promise<void>;
}

/** Starts a Request Tracker 5 of its own, freshly seeded, on loopback. Throws `Unavailable` where it can't be had. */
export async function ensureRt(options: { port?: number } = {}): Promise<TestRt> {
  const seeded = await ensureRtSeed();
  const folder = await temporaryFolder('rt');
  const port = options.port ?? (await freePort());
  await cp(path.join(seeded, 'rt.sqlite3'), path.join(folder, 'rt.sqlite3'));
  const env = await configure(folder, port);
  const base = `http://127.0.0.1:${port}`;
  const rt = new Background(
    'perl',
    [server, ...['--server', 'Starlet', '--host', '127.0.0.1', '--port', String(port)], '--max-workers', '2'],
    { log: path.join(folder, 'rt.log'), env },
  );
  // Not 200: REST 2 wants credentials even for its root.
  await rt.until(async () => ((await httpStatus(`${base}/REST/2.0/rt`)) === 401 ? true : undefined), 300);
  const tokens = JSON.parse(await readFile(path.join(seeded, 'tokens.json'), 'utf8')) as TestRt['tokens'];
  return {
    base,
    tokens,
    password,
    database: path.join(folder, 'rt.sqlite3'),
    async stop() {
      await rt.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the configuration; the environment that makes RT read it. */
async function configure(folder: string, port: number): Promise<NodeJS.ProcessEnv> {
  for (const name of ['conf.d', 'mason', 'session'])
    await mkdir(path.join(folder, name), { recursive: true });
  const file = path.join(folder, 'RT_SiteConfig.pm');
  await writeFile(file, siteConfig(folder, port));
  return { ...process.env, RT_SITE_CONFIG: file, RT_SITE_CONFIG_DIR: path.join(folder, 'conf.d') };
}

/** A folder in the cache with a seeded database and the agents' tokens: making it takes long, copying it does not. */
export async function ensureRtSeed(): Promise<string> {
  await ensurePackages(
    ['request-tracker5', 'rt5-standalone', 'rt5-db-sqlite', 'dbconfig-no-thanks', 'msmtp-mta'],
    'Request Tracker, for the live tests,',
  );
  const recipe = [await readFile(seedScript, 'utf8'), siteConfig('', 0), await rtVersion()];
  return await ensureInstalled({
    name: 'rt-seed',
    version: createHash('sha256').update(recipe.join('\0')).digest('hex'),
    make: seed,
  });
}

async function rtVersion(): Promise<string> {
  return await run('dpkg-query', ['-W', '-f=${Version}', 'request-tracker5']);
}

async function seed(folder: string): Promise<void> {
  console.log('Making the Request Tracker database, once.');
  const env = await configure(folder, 0);
  const passwordFile = path.join(folder, 'root.pw');
  await writeFile(passwordFile, password);
  await run('rt-setup-database-5', ['--action', 'init', '--root-password-file', passwordFile], { env });
  const printed = await run('perl', [seedScript, password], { env });
  const tokens = Object.fromEntries(
    printed
      .trim()
      .split('\n')
      .map((line) => line.split(' ')),
  ) as Record<string, string>;
  await writeFile(path.join(folder, 'tokens.json'), JSON.stringify(tokens), { mode: 0o600 });
  const database = new DatabaseSync(path.join(folder, 'rt.sqlite3'));
  // Two workers write; closing leaves everything in the one file that is copied.
  database.exec('PRAGMA journal_mode = wal');
  database.close();
}
