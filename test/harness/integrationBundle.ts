import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { out, root } from './paths.ts';
import { suites } from './suites.ts';

/** Mocha itself is not bundled; its CommonJS part, because the Node of older hosts requires ES modules differently. */
const ownMocha: Plugin = {
  name: 'own-mocha',
  setup(build) {
    const file = path.join(root, 'node_modules', 'mocha', 'lib', 'mocha.cjs');
    build.onResolve({ filter: /^mocha$/ }, () => ({ path: file, external: true }));
  },
};

/** Bundles these integration tests; the path of the module with `run()` that VS Code calls. */
export async function bundleIntegrationTests(
  files: readonly string[] = suites.integration(),
): Promise<string> {
  const outdir = path.join(out, 'integration');
  await rm(outdir, { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ['test/integration/index.ts', ...files],
    outdir,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    sourcemap: 'inline',
    external: ['vscode'],
    plugins: [ownMocha],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}
