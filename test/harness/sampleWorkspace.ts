import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './paths.ts';

const run = promisify(execFile);

/** The sample workspace that ships, as a repository with a remote, so that links to its files are permanent ones. */
export async function copySampleWorkspace(target: string): Promise<void> {
  await cp(path.join(root, 'media', 'sample', 'workspace'), target, { recursive: true });
  const git = (...args: string[]) =>
    run('git', [
      '-C',
      target,
      '-c',
      'user.name=Deskside',
      '-c',
      'user.email=sample@harbourline.example',
      ...args,
    ]);
  await git('init', '-q', '-b', 'main');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'The sample workspace');
  await git('remote', 'add', 'origin', 'https://github.com/harbourline-example/it-operations.git');
}
