import { rm } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheFolder } from './cache.ts';
import { bundleIntegrationTests } from './integrationBundle.ts';
import { main } from './main.ts';
import { packageExtension } from './package.ts';
import { root, temporaryFolder } from './paths.ts';
import { Unavailable } from './processes.ts';

const flags = [
  '--disable-extensions',
  '--disable-workspace-trust',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The integration tests in the desktop build, which is downloaded: `npm run test:desktop [-- VERSION]`. */
await main(import.meta, async () => {
  await packageExtension();
  const [workspace, data] = [await temporaryFolder('workspace'), await temporaryFolder('data')];
  try {
    const code = await runTests({
      vscodeExecutablePath: await download(process.argv[2]),
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleIntegrationTests(),
      launchArgs: [workspace, `--user-data-dir=${data}`, ...flags],
    });
    return code === 0;
  } finally {
    await Promise.all([workspace, data].map((folder) => rm(folder, { recursive: true, force: true })));
  }
});

async function download(version?: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: path.join(cacheFolder(), 'desktop') });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unavailable(`The desktop build of VS Code could not be downloaded (${why}).`);
  }
}
