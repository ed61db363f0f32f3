import { rm } from 'node:fs/promises';
import { runTests } from '@vscode/test-electron';
import { bundleIntegrationTests } from './integrationBundle.ts';
import { main } from './main.ts';
import { packageExtension } from './package.ts';
import { root, temporaryFolder } from './paths.ts';

/** The integration tests in the desktop build, which is downloaded: `npm run test:desktop [-- VERSION]`. */
await main(import.meta, async () => {
  await packageExtension();
  const [workspace, data] = [await temporaryFolder('workspace'), await temporaryFolder('data')];
  try {
    const code = await runTests({
      version: process.argv[2],
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleIntegrationTests(),
      launchArgs: [workspace, `--user-data-dir=${data}`, '--disable-extensions', '--disable-workspace-trust'],
    });
    return code === 0;
  } finally {
    await Promise.all([workspace, data].map((folder) => rm(folder, { recursive: true, force: true })));
  }
});
