import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { largestDocument } from './outlines.ts';

/** A file or folder that was not read, and why, as a sentence's end. */
export interface LeftOut {
  path: string;
  reason: string;
}

const notOurs = new Set(['node_modules', 'bower_components', 'vendor']);
const deepest = 100;
const isMarkdown = /\.(?:md|markdown)$/i;

/** The Markdown files below a folder. Links to folders are not followed, so that no loop is walked. */
export async function* markdownFiles(
  folder: string,
  leaveOut: (leftOut: LeftOut) => void,
  depth = 0,
): AsyncGenerator<string> {
  if (depth > deepest) {
    leaveOut({ path: folder, reason: `lies more than ${deepest} folders deep` });
    return;
  }
  let children;
  try {
    children = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    leaveOut({ path: folder, reason: whyNot(error) });
    return;
  }
  for (const child of children) {
    const file = path.join(folder, child.name);
    if (child.isDirectory()) {
      if (!child.name.startsWith('.') && !notOurs.has(child.name))
        yield* markdownFiles(file, leaveOut, depth + 1);
    } else if (child.isFile() && isMarkdown.test(child.name)) {
      yield file;
    }
  }
}

/** The text of a file, or why it is not read. */
export async function readMarkdown(file: string): Promise<string | LeftOut> {
  let handle;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    if (size > largestDocument) return { path: file, reason: `is larger than ${largestDocument / 1e6} MB` };
    const bytes = await handle.readFile();
    return bytes.includes(0) ? { path: file, reason: 'is not text' } : bytes.toString('utf8');
  } catch (error) {
    return { path: file, reason: whyNot(error) };
  } finally {
    await handle?.close();
  }
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'can not be read with your rights';
  if (code === 'ENOENT') return 'is gone';
  return `can not be read (${code || String(error)})`;
}
