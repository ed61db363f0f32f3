import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { IgnoredFiles, isSkipped } from './ignoredFiles.ts';
import { largestDocument } from './outlines.ts';

/** A file or folder that was not read, and why, as a sentence's end. */
export interface LeftOut {
  path: string;
  reason: string;
}

/** When a file was last changed, and its size: the same as long as its text is. */
export interface FileStamp {
  modified: number;
  size: number;
}

const deepest = 100;
const isMarkdown = /\.(?:md|markdown)$/i;

/**
 * The Markdown files below a folder, but for what git is told to ignore. Links are not followed, so that no loop is
 * walked. Reads as it goes: whoever has to answer others takes a breath between two files.
 */
export function* markdownFiles(
  folder: string,
  leaveOut: (leftOut: LeftOut) => void,
  ignored: IgnoredFiles = IgnoredFiles.of(folder),
  depth = 0,
): Generator<string> {
  if (depth > deepest) {
    leaveOut({ path: folder, reason: `lies more than ${deepest} folders deep` });
    return;
  }
  const children = childrenOf(folder, leaveOut);
  const rules = depth === 0 ? ignored : ignored.below(folder, children.some(isIgnoreFile));
  for (const child of children) {
    const file = folder + path.sep + child.name;
    if (child.isDirectory()) {
      if (!isSkipped(child.name) && !rules.has(file, true)) {
        yield* markdownFiles(file, leaveOut, rules, depth + 1);
      }
    } else if (child.isSymbolicLink()) {
      if (isMarkdown.test(child.name) || isFolder(file))
        leaveOut({ path: file, reason: 'is a symbolic link, which is not followed' });
    } else if (child.isFile() && isMarkdown.test(child.name) && !rules.has(file, false)) {
      yield file;
    }
  }
}

/** Would {@link markdownFiles} of a workspace folder give this file? */
export function isLookedAt(folder: string, file: string): boolean {
  const steps = path.relative(folder, file).split(path.sep);
  const name = steps.pop() ?? '';
  let rules = IgnoredFiles.of(folder);
  let at = folder;
  for (const step of steps) {
    at += path.sep + step;
    if (isSkipped(step) || rules.has(at, true)) return false;
    rules = rules.below(at, true);
  }
  return isMarkdown.test(name) && !rules.has(file, false);
}

const buffer = Buffer.allocUnsafeSlow(largestDocument + 1);

/** The text of a file, or why it is not read. */
export function readMarkdown(file: string): { text: string; stamp: FileStamp } | LeftOut {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const { size, mtimeMs } = fstatSync(handle);
    if (size > largestDocument) return { path: file, reason: `is larger than ${largestDocument / 1e6} MB` };
    const length = readSync(handle, buffer, 0, buffer.length, 0);
    const bytes = buffer.subarray(0, length);
    if (bytes.includes(0)) return { path: file, reason: 'is not text' };
    return { text: bytes.toString('utf8'), stamp: { modified: mtimeMs, size } };
  } catch (error) {
    return { path: file, reason: whyNot(error) };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** `undefined` for a file that is not there. */
export function stampOf(file: string): FileStamp | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && { modified: stats.mtimeMs, size: stats.size };
}

function childrenOf(folder: string, leaveOut: (leftOut: LeftOut) => void): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    leaveOut({ path: folder, reason: whyNot(error) });
    return [];
  }
}

function isIgnoreFile(child: Dirent): boolean {
  return child.name === '.gitignore' && child.isFile();
}

function isFolder(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isDirectory() === true;
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'can not be read with your rights';
  if (code === 'ENOENT') return 'is gone';
  return `can not be read (${code || String(error)})`;
}
