import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.ts';
import { ensureRedmine } from './redmine.ts';
import { ensureRt } from './rt.ts';

function files(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root }).sort();
}

/** The test files of each part of the suite. */
export const suites = {
  unit: () => files('test/unit/**/*.test.ts'),
  /** The contract suite over every backend, and what is tested against live servers only. */
  live: () => files('test/contract/**/*.test.ts', 'test/live/**/*.test.ts'),
  /** Inside VS Code's extension host. */
  integration: () => files('test/integration/**/*.test.ts'),
  /** Over the installed VSIX, through a browser. */
  ui: () => files('test/e2e/**/*.test.ts'),
};

/** True for a test file that asks for the harness's Request Tracker (`rtServer()`, `rtSubject()`). */
export function needsRt(file: string): boolean {
  return /\brt(Server|Subject)\b/.test(readFileSync(path.join(root, file), 'utf8'));
}

/** True for a test file that asks for the harness's Redmine (`redmineServer()`, `redmineSubject()`). */
export function needsRedmine(file: string): boolean {
  return /\bredmine(Server|Subject)\b/.test(readFileSync(path.join(root, file), 'utf8'));
}

/** How many tests a file declares, as far as its text says: for a report of what could not run. */
export function countTests(file: string): number {
  return readFileSync(path.join(root, file), 'utf8').match(/^\s*it(\.each)?\(/gm)?.length ?? 0;
}

/** Runs `work` with a fresh one of each server that these files ask for, named in the environment. */
export async function withServers(
  testFiles: readonly string[],
  work: (env: NodeJS.ProcessEnv) => Promise<boolean>,
): Promise<boolean> {
  const started: { stop(): Promise<void> }[] = [];
  const env: NodeJS.ProcessEnv = {};
  try {
    if (testFiles.some(needsRt)) {
      const rt = await ensureRt();
      started.push(rt);
      env.DESKSIDE_TEST_RT = JSON.stringify(rt);
    }
    if (testFiles.some(needsRedmine)) {
      const redmine = await ensureRedmine();
      started.push(redmine);
      env.DESKSIDE_TEST_REDMINE = JSON.stringify(redmine);
    }
    return await work(env);
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}
