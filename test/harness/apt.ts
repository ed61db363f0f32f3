import { existsSync } from 'node:fs';
import { locked } from './cache.ts';
import { run, Unavailable } from './processes.ts';

/** Installs what is missing of these Debian packages; says what to do where it cannot. */
export async function ensurePackages(
  packages: readonly string[],
  purpose: string,
  environment: Record<string, string> = {},
): Promise<void> {
  const missing = await missingOf(packages);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    const how = existsSync('/usr/bin/apt-get')
      ? `sudo apt-get install ${missing.join(' ')}`
      : `install what Debian calls ${missing.join(', ')}`;
    throw new Unavailable(`${purpose} needs packages that are not there. Run: ${how}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...environment };
  console.log(`Installing ${missing.join(' ')} for ${purpose}.`);
  await locked('apt', async () => {
    const install = [
      'install',
      '-y',
      '-q',
      '--no-install-recommends',
      '-o',
      'DPkg::Lock::Timeout=300',
      ...missing,
    ];
    // The lists of a fresh machine may be missing or out of date: then once more with new ones.
    await run('apt-get', install, { env }).catch(async () => {
      await run('apt-get', ['update', '-qq', '-o', 'DPkg::Lock::Timeout=300'], { env });
      await run('apt-get', install, { env });
    });
  });
}

async function missingOf(packages: readonly string[]): Promise<string[]> {
  const listing = await run('sh', [
    '-c',
    `dpkg-query -W -f='\${Package} \${db:Status-Status}\\n' "$@" 2>/dev/null || true`,
    'sh',
    ...packages,
  ]);
  const installed = new Set(listing.split('\n').filter((line) => line.endsWith(' installed')));
  return packages.filter((name) => !installed.has(`${name} installed`));
}
