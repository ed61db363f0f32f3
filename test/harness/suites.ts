import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.ts';
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

/** How many tests a file declares, as far as its text says: for a report of what could not run. */
export function countTests(file: string): number {
  return readFileSync(path.join(root, file), 'utf8').match(/^\s*it(\.each)?\(/gm)?.length ?? 0;
}

/** Runs `work` with a fresh Request Tracker in $DESKSIDE_TEST_RT when one of these files asks for it. */
export async function withRt(
  testFiles: readonly string[],
  work: (env: NodeJS.ProcessEnv) => Promise<boolean>,
): Promise<boolean> {
  if (!testFiles.some(needsRt)) return await work({});
  const rt = await ensureRt();
  try {
    const { base, tokens, password, database } = rt;
    return await work({ DESKSIDE_TEST_RT: JSON.stringify({ base, tokens, password, database }) });
  } finally {
    await rt.stop();
  }
}
