import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentRecord } from '../runbooks/documentRecord.ts';
import type { FileStamp } from './markdownFiles.ts';

/** What was read of a file, and of which of its states. */
export interface CachedFile {
  stamp: FileStamp;
  record: DocumentRecord;
}

/** Another number for another form of record. */
const version = 1;
const betweenFields = '\u0003';
const betweenFiles = '\u0004';

/** Keeps between two starts what was read of a workspace folder's files. May be thrown away at any time. */
export class IndexCache {
  readonly #file: string;
  readonly #header: string;

  /** `reading` names how the files were read: what was read in another way is not taken. */
  constructor(cacheFolder: string, workspaceFolder: string, reading: string) {
    const name = createHash('sha256').update(workspaceFolder).digest('hex').slice(0, 32);
    this.#file = path.join(cacheFolder, `${name}.index`);
    this.#header = JSON.stringify([version, workspaceFolder, reading]);
  }

  read(): Map<string, CachedFile> {
    const files = new Map<string, CachedFile>();
    const [header, ...entries] = readText(this.#file).split(betweenFiles);
    if (header !== this.#header) return files;
    for (const entry of entries) {
      const [file, modified, size, record] = entry.split(betweenFields);
      if (file === undefined || record === undefined) continue;
      files.set(file, { stamp: { modified: Number(modified), size: Number(size) }, record });
    }
    return files;
  }

  /** Whole or not at all; gives whether it could be written. */
  write(files: Iterable<readonly [string, CachedFile]>): boolean {
    const entries = [this.#header];
    for (const [file, { stamp, record }] of files)
      entries.push([file, stamp.modified, stamp.size, record].join(betweenFields));
    const unfinished = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, entries.join(betweenFiles), { mode: 0o600 });
      renameSync(unfinished, this.#file);
      return true;
    } catch {
      return false;
    }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
