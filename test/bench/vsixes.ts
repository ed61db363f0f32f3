import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { hostEnvironment } from '../harness/codeServer.ts';
import { ensureHost } from '../harness/hostInstall.ts';
import { out, tool } from '../harness/paths.ts';
import { run } from '../harness/processes.ts';

/** An extension of `fixtures/`, packaged. */
export async function packed(fixture: string): Promise<string> {
  const vsix = path.join(out, `bench-${fixture}.vsix`);
  await mkdir(out, { recursive: true });
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--allow-star-activation',
    '--skip-license',
  ];
  await run(tool('vsce'), ['package', ...flags, '--out', vsix], {
    cwd: path.join(import.meta.dirname, 'fixtures', fixture),
  });
  return vsix;
}

/** Installs extensions for a VS Code with this data folder. */
export async function install(vsixes: readonly string[], data: string): Promise<void> {
  const host = await ensureHost();
  const flags = ['--config', path.join(data, 'code-server.yaml'), '--user-data-dir', data];
  await run(
    host.node,
    [
      host.codeServer,
      ...flags,
      ...['--extensions-dir', path.join(data, 'extensions')],
      ...vsixes.flatMap((vsix) => ['--install-extension', vsix]),
    ],
    { env: hostEnvironment() },
  );
}
