import { cp, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { context } from 'esbuild';
import { bundledPackages, noticesOf } from './test/harness/notices.ts';
import { iconFont } from './src/webviews/iconFont.mjs';

/**
 * The host's bundles. All but `extension` are loaded when they are first needed: an `import()` of one of these files
 * becomes a `require` of its bundle. CommonJS with bare `http`/`https`, because only those are intercepted by
 * VS Code's proxy support. The budget is in kB.
 */
const host = {
  extension: { entry: 'src/extension.ts', budget: 70 },
  parts: { entry: 'src/editor/parts.ts', budget: 160 },
  localDesk: { entry: 'src/backends/local/connector.ts', budget: 120 },
  rt: { entry: 'src/backends/rt/connector.ts', budget: 80 },
  github: { entry: 'src/backends/github/connector.ts', budget: 60 },
  redmine: { entry: 'src/backends/redmine/connector.ts', budget: 80 },
  gitlab: { entry: 'src/backends/gitlab/connector.ts', budget: 60 },
  jira: { entry: 'src/backends/jira/connector.ts', budget: 190 },
  gateway: { entry: 'src/backends/axiosGateway.ts', budget: 180 },
  importing: { entry: 'src/editor/import/importTickets.ts', budget: 25 },
  importer: { entry: 'src/backends/local/import/importer.ts', budget: 720 },
  commands: { entry: 'src/editor/commands/commands.ts', budget: 85 },
  search: { entry: 'src/editor/commands/searchTickets.ts', budget: 30 },
  writing: { entry: 'src/editor/writing/writing.ts', budget: 480 },
  running: { entry: 'src/editor/runs/running.ts', budget: 220 },
  policy: { entry: 'src/editor/policy/policy.ts', budget: 380 },
  report: { entry: 'src/editor/report/openReport.ts', budget: 230 },
  rota: { entry: 'src/editor/escalating/rota.ts', budget: 260 },
  queues: { entry: 'src/editor/queues/queues.ts', budget: 40 },
  links: { entry: 'src/editor/links/links.ts', budget: 20 },
  notifier: { entry: 'src/editor/notifications/notifier.ts', budget: 40 },
  languageClient: { entry: 'src/editor/language/client.ts', budget: 480 },
  pairNews: { entry: 'src/desk/pairNews.ts', budget: 220 },
  ticketMarkdown: { entry: 'src/desk/ticketMarkdown.ts', budget: 240 },
  server: { entry: 'src/server/main.ts', budget: 720 },
  storeWorker: { entry: 'src/store/worker.ts', budget: 60 },
  keychain: { entry: 'src/editor/keychain.ts', budget: 20 },
};
const webviews = {
  panel: { entry: 'src/webviews/panel/main.ts', budget: 450 },
  preview: { entry: 'src/webviews/preview/main.ts', budget: 280 },
};

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2023',
  // What they say is in the notices.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** Leaves an `import()` of another host bundle's entry to run time. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    const bundleOf = new Map(Object.entries(host).map(([name, { entry }]) => [path.resolve(entry), name]));
    build.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const name = bundleOf.get(path.resolve(args.resolveDir, args.path));
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
  },
};

/** Half of axios is the list of all media types, to name the parts of a multipart form by: Deskside sends none. */
const noMediaTypes = {
  name: 'no-media-types',
  setup(build) {
    build.onLoad({ filter: /mime-db[\\/]db\.json$/ }, () => ({ contents: '{}', loader: 'json' }));
  },
};

const { existsSync } = await import('node:fs');
const built = (group) => Object.entries(group).filter(([, { entry }]) => existsSync(entry));
const entryPoints = (group) => Object.fromEntries(built(group).map(([name, { entry }]) => [name, entry]));

await rm('dist', { recursive: true, force: true });
const contexts = await Promise.all([
  context({
    ...common,
    entryPoints: entryPoints(host),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    plugins: [lazyBundles, noMediaTypes],
  }),
  context({
    ...common,
    entryPoints: entryPoints(webviews),
    outdir: 'dist/webviews',
    platform: 'browser',
    format: 'iife',
    plugins: [iconFont],
  }),
]);
const results = await Promise.all(contexts.map((one) => one.rebuild()));

await cp('node_modules/keytar/prebuilds', 'dist/prebuilds', { recursive: true });
const packages = bundledPackages(results.map(({ metafile }) => metafile));
await writeFile('dist/third-party-notices.txt', noticesOf(packages));

let over = false;
for (const [group, folder, extension] of [
  [host, 'dist', 'cjs'],
  [webviews, 'dist/webviews', 'js'],
]) {
  for (const [name, { budget }] of built(group)) {
    const kB = (await stat(`${folder}/${name}.${extension}`)).size / 1000;
    const tooLarge = production && kB > budget;
    over ||= tooLarge;
    const allowed = production ? ` of ${budget}${tooLarge ? '  OVER BUDGET' : ''}` : '';
    console.log(`${name.padEnd(16)} ${kB.toFixed(0).padStart(6)} kB${allowed}`);
  }
}

if (watch) await Promise.all(contexts.map((one) => one.watch()));
else await Promise.all(contexts.map((one) => one.dispose()));
// Everything is built; that it is too large is told apart from a build that failed.
if (over) process.exit(3);
