import { spawn } from 'node:child_process';
import { root, tool } from './paths.ts';

/** Runs mocha over these files; true when all passed. */
export function runMocha(
  files: readonly string[],
  options: { timeout: number; env?: NodeJS.ProcessEnv; hooks?: string; retries?: number },
): Promise<boolean> {
  const args = ['--exit', '--reporter', 'test/harness/reporter.ts', '--timeout', String(options.timeout)];
  if (options.hooks) args.push('--require', options.hooks);
  if (options.retries) args.push('--retries', String(options.retries));
  args.push(...files);
  const child = spawn(tool('mocha'), args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}
