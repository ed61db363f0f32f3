import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ensurePackages } from './apt.ts';
import { ensureInstalled } from './cache.ts';
import { root, temporaryFolder } from './paths.ts';
import { Background, freePort, httpStatus, run } from './processes.ts';

const app = '/usr/share/redmine';
const seedScript = path.join(root, 'test', 'servers', 'redmine', 'seed.rb');
const password = 'password1';
/** Debian's newer bundler does not see Debian's gems; the package's own installation fails without this as well. */
const bundler = { BUNDLER_VERSION: '2.3.15' };

/** What the seed says of itself. */
export interface RedmineSeed {
  /** API keys. carol is a customer. */
  keys: Record<'alice' | 'bob' | 'lead' | 'carol' | 'admin', string>;
  people: Record<'alice' | 'bob' | 'lead' | 'carol' | 'admin', string>;
  groups: Record<'Tier 1' | 'Tier 2', string>;
  /** The custom field `Escalation Tier`. */
  tierField: string;
  roles: { agent: number; openAgent: number };
}

export interface TestRedmine extends RedmineSeed {
  base: string;
  /** The SQLite file behind it, to do what its interface can't. */
  database: string;
  stop(): Promise<void>;
}

/** Starts a Redmine 5 of its own, freshly seeded, on loopback. Throws `Unavailable` where it can't be had. */
export async function ensureRedmine(options: { port?: number } = {}): Promise<TestRedmine> {
  const seeded = await ensureRedmineSeed();
  const folder = await temporaryFolder('redmine');
  const port = options.port ?? (await freePort());
  await cp(seeded, folder, { recursive: true });
  const env = await configure(folder);
  const base = `http://127.0.0.1:${port}`;
  // One thread: SQLite fails a transaction that began to write beside another, whatever the time-out.
  const puma = new Background(
    'puma',
    ['-e', 'production', '-b', `tcp://127.0.0.1:${port}`, '-t', '1:1', '-w', '0', 'config.ru'],
    { log: path.join(folder, 'puma.log'), env, cwd: app },
  );
  await puma.until(
    async () => ((await httpStatus(`${base}/users/current.json`)) === 401 ? true : undefined),
    300,
  );
  const seed = JSON.parse(await readFile(path.join(folder, 'seed.json'), 'utf8')) as RedmineSeed;
  return {
    ...seed,
    base,
    database: path.join(folder, 'redmine.sqlite3'),
    async stop() {
      await puma.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Writes what makes Debian's Redmine take everything from `folder`: its instances are folders beside each other, and
 * ours is named by the way there. The gems are Debian's and SQLite's, by a list of our own.
 */
async function configure(folder: string): Promise<NodeJS.ProcessEnv> {
  for (const name of ['config', 'log', 'files', 'tmp', 'public/plugin_assets']) {
    await mkdir(path.join(folder, name), { recursive: true });
  }
  const database = path.join(folder, 'redmine.sqlite3');
  await writeFile(
    path.join(folder, 'config', 'database.yml'),
    `production:\n  adapter: sqlite3\n  database: ${database}\n  timeout: 10000\n`,
  );
  const secret = createHash('sha256').update(folder).digest('hex');
  await writeFile(path.join(folder, 'config', 'secret_key.txt'), secret.repeat(2));
  const gemfile = path.join(folder, 'Gemfile');
  await writeFile(gemfile, `eval_gemfile '${app}/Gemfile'\ngem 'sqlite3'\n`);
  return {
    ...process.env,
    ...bundler,
    BUNDLE_GEMFILE: gemfile,
    REDMINE_INSTANCE: path.relative(path.join(app, 'instances'), folder),
    RAILS_ENV: 'production',
    REDMINE_LANG: 'en',
    SCHEMA: '/dev/null',
    TZ: 'UTC',
  };
}

/** A folder in the cache with a seeded database: making it takes a minute, copying it does not. */
export async function ensureRedmineSeed(): Promise<string> {
  await ensurePackages(
    ['redmine', 'redmine-sqlite', 'dbconfig-no-thanks', 'puma'],
    'Redmine, for the live tests,',
    bundler,
  );
  const version = await run('dpkg-query', ['-W', '-f=${Version}', 'redmine']);
  const recipe = [await readFile(seedScript, 'utf8'), version];
  return await ensureInstalled({
    name: 'redmine-seed',
    version: createHash('sha256').update(recipe.join('\0')).digest('hex'),
    make: seed,
  });
}

async function seed(folder: string): Promise<void> {
  console.log('Making the Redmine database, once.');
  const env = { ...(await configure(folder)), SEED_PASSWORD: password };
  const bundle = (...args: string[]) => run('bundle', args, { cwd: app, env });
  await bundle('install', '--local', '--quiet');
  // Two runs: in one, the default data meets lists of columns from before the migration.
  await bundle('exec', 'rake', 'db:migrate');
  await bundle('exec', 'rake', 'redmine:load_default_data');
  const printed = await bundle('exec', 'ruby', 'bin/rails', 'runner', seedScript);
  await writeFile(path.join(folder, 'seed.json'), printed.slice(printed.indexOf('{')), { mode: 0o600 });
  const database = new DatabaseSync(path.join(folder, 'redmine.sqlite3'));
  // Tests write beside the server; closing leaves everything in the one file that is copied.
  database.exec('PRAGMA journal_mode = wal');
  database.close();
}
