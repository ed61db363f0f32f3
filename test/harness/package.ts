import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { locked } from './cache.ts';
import { main } from './main.ts';
import { out, root } from './paths.ts';
import { run } from './processes.ts';

/** Builds what ships and packages it; the path of the VSIX. */
export async function packageExtension(): Promise<string> {
  const vsix = path.join(out, 'deskside.vsix');
  return await locked('build', async () => {
    await mkdir(out, { recursive: true });
    process.stdout.write(await run(process.execPath, ['esbuild.config.mjs', '--production'], { cwd: root }));
    await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true });
    const { size } = await stat(vsix);
    console.log(`VSIX ${(size / 1000).toFixed(0).padStart(18)} kB`);
    return vsix;
  });
}

/** The VSIX that the caller of this process already packaged, otherwise a new one. */
export async function ensurePackage(): Promise<string> {
  const { DESKSIDE_VSIX } = process.env;
  return DESKSIDE_VSIX && existsSync(DESKSIDE_VSIX) ? DESKSIDE_VSIX : await packageExtension();
}

await main(import.meta, async () => (await packageExtension()) !== '');
