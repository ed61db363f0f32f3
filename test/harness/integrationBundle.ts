import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { out, root } from './paths.ts';

/** Bundles the integration tests; the path of the module with `run()` that VS Code calls. */
export async function bundleIntegrationTests(): Promise<string> {
  const outdir = path.join(out, 'integration');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/integration/index.ts', ...globSync('test/integration/**/*.test.ts', { cwd: root })],
    outdir,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}
