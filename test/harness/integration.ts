import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { openBrowser } from './chromium.ts';
import { hostEnvironment, installExtension, writeSettings } from './codeServer.ts';
import { ensureHost, type Host } from './hostInstall.ts';
import { bundleIntegrationTests } from './integrationBundle.ts';
import { main } from './main.ts';
import { ensurePackage } from './package.ts';
import { temporaryFolder } from './paths.ts';
import { Background, freePort, httpStatus } from './processes.ts';
import { suites, withServers } from './suites.ts';

const patience = 10 * 60_000;

interface IntegrationOptions {
  version?: string;
  files?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** Runs integration tests inside VS Code's own extension host; true when all passed. */
export async function runIntegrationTests(options: IntegrationOptions = {}): Promise<boolean> {
  const { version, files = suites.integration(), env } = options;
  const host = await ensureHost(version);
  const vsix = await ensurePackage();
  const tests = await bundleIntegrationTests(files);
  return await withServers(files, (servers) => runInHost(host, vsix, tests, { ...env, ...servers }));
}

async function runInHost(host: Host, vsix: string, tests: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const data = await temporaryFolder('integration');
  const workspace = await temporaryFolder('workspace');
  await writeSettings(path.join(data, 'data'), {});
  const extension = await installExtension(host, vsix, path.join(data, 'unpacked'));
  const port = await freePort();
  const report = path.join(data, 'report.txt');
  const server = startServer(host, data, port, { ...env, DESKSIDE_REPORT: report });
  const browser = await openBrowser(path.join(data, 'browser'));
  try {
    await server.until(
      async () => ((await httpStatus(`http://127.0.0.1:${port}/`)) === 200 ? true : undefined),
      60,
    );
    const page = browser.pages()[0] ?? (await browser.newPage());
    const log: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
      log.push(format(...args)),
    );
    const code = new Promise<number>((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      const tooLong = `VS Code gave no result in ${patience / 60_000} minutes.`;
      setTimeout(() => reject(new Error([tooLong, ...log.slice(-50)].join('\n'))), patience).unref();
    });
    const inside = (file: string) => `vscode-remote://127.0.0.1:${port}${file}`;
    const payload = [
      ['extensionDevelopmentPath', inside(extension)],
      ['extensionTestsPath', inside(tests)],
    ];
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    await page.goto(`http://127.0.0.1:${port}/?${query.toString()}`);
    const passed = (await code) === 0;
    process.stdout.write(await readFile(report, 'utf8').catch(() => log.join('\n')));
    return passed;
  } finally {
    await browser.close();
    await server.stop();
    await Promise.all([data, workspace].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

function startServer(host: Host, data: string, port: number, env: NodeJS.ProcessEnv): Background {
  const folders = ['user-data-dir=data', 'server-data-dir=server', 'extensions-dir=extensions'].map(
    (flag) => {
      const [name = '', folder = ''] = flag.split('=');
      return [`--${name}`, path.join(data, folder)];
    },
  );
  return new Background(
    host.node,
    [
      host.vscodeServer,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--enable-smoke-test-driver', '--telemetry-level', 'off'],
      '--disable-workspace-trust',
      ...folders.flat(),
    ],
    { log: path.join(data, 'server.log'), env: hostEnvironment({ HOME: data, ...env }) },
  );
}

await main(import.meta, () => {
  const files = process.argv.slice(2);
  return runIntegrationTests(files.length > 0 ? { files } : {});
});
