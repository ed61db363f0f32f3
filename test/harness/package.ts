import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { locked } from './cache.ts';
import { main } from './main.ts';
import { out, root, tool } from './paths.ts';
import { CommandFailed, run } from './processes.ts';

/** What esbuild.config.mjs ends with when all was built and a bundle is larger than its budget. */
const overBudget = 3;

/** Builds what ships and packages it, also when a bundle is larger than its budget. */
export async function packageExtension(): Promise<{ vsix: string; withinBudget: boolean }> {
  const vsix = path.join(out, 'deskside.vsix');
  return await locked('build', async () => {
    await mkdir(out, { recursive: true });
    const withinBudget = await build();
    await vsce(root, vsix);
    const { size } = await stat(vsix);
    console.log(`VSIX ${(size / 1000).toFixed(0).padStart(18)} kB`);
    return { vsix, withinBudget };
  });
}

async function build(): Promise<boolean> {
  try {
    await run(process.execPath, ['esbuild.config.mjs', '--production'], { cwd: root, show: true });
    return true;
  } catch (error) {
    if (error instanceof CommandFailed && error.code === overBudget) return false;
    throw error;
  }
}

/** Packages the extension of this folder as it is. */
export async function vsce(folder: string, vsix: string): Promise<void> {
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--skip-license',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ];
  await run(tool('vsce'), ['package', ...flags], { cwd: folder });
}

/** The VSIX that the caller of this process already packaged, otherwise a new one. */
export async function ensurePackage(): Promise<string> {
  const { DESKSIDE_VSIX } = process.env;
  if (DESKSIDE_VSIX && existsSync(DESKSIDE_VSIX)) return DESKSIDE_VSIX;
  return (await packageExtension()).vsix;
}

await main(import.meta, async () => (await packageExtension()).withinBudget);
