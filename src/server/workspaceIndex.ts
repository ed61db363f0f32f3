import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DocumentGraph } from '../runbooks/documentGraph.ts';
import { IndexedDocument, readRecord } from '../runbooks/documentRecord.ts';
import { outline, type MarkdownOutline } from '../runbooks/markdown.ts';
import { KeyFinder, type KeyPattern } from '../runbooks/ticketKeys.ts';
import { IndexCache, type CachedFile } from './indexCache.ts';
import { linkedFile } from './linkTarget.ts';
import {
  isLookedAt,
  markdownFiles,
  readMarkdown,
  stampOf,
  type FileStamp,
  type LeftOut,
} from './markdownFiles.ts';

/** Reading goes on for so long, in milliseconds, before others get an answer. */
const breath = 15;

/** How a document looked before and after a change; `undefined` where it was not there. */
export interface IndexChange {
  before: IndexedDocument | undefined;
  after: IndexedDocument | undefined;
}

/** The Markdown files of the workspace: on disk, and as they are typed in the editor. */
export class WorkspaceIndex {
  readonly #documents = new Map<string, IndexedDocument>();
  readonly #stamps = new Map<string, FileStamp>();
  readonly #graph = new DocumentGraph<IndexedDocument>();
  /** Open in the editor: what is typed counts, not what is on disk. */
  readonly #open = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #cacheFolder: string | undefined;
  readonly #changed: (change: IndexChange) => void;
  #patterns: string;
  #keys: KeyFinder;

  constructor(
    options: {
      keyPatterns?: readonly KeyPattern[];
      /** Where what was read is kept for the next start; nothing is kept without it. */
      cacheFolder?: string | undefined;
      changed?: (change: IndexChange) => void;
    } = {},
  ) {
    this.#patterns = JSON.stringify(options.keyPatterns ?? []);
    this.#keys = new KeyFinder(options.keyPatterns ?? []);
    this.#cacheFolder = options.cacheFolder;
    this.#changed = options.changed ?? (() => undefined);
  }

  /** Reads every Markdown file below a folder; gives what was left out. */
  async addFolder(folder: string): Promise<LeftOut[]> {
    this.#folders.add(folder);
    const leftOut: LeftOut[] = [];
    const cached = this.#cacheOf(folder)?.read() ?? new Map<string, CachedFile>();
    let isNew = false;
    let began = performance.now();
    for (const file of markdownFiles(folder, (one) => leftOut.push(one))) {
      if (performance.now() - began > breath) {
        await setImmediate();
        if (!this.#folders.has(folder)) return leftOut;
        began = performance.now();
      }
      const known = cached.get(file);
      if (known !== undefined && isSame(known.stamp, stampOf(file))) {
        if (!this.#open.has(file)) this.#put(file, known.record, known.stamp);
        continue;
      }
      isNew = true;
      const problem = this.#readFile(file);
      if (problem !== undefined) leftOut.push(problem);
    }
    if (isNew || cached.size !== this.#stamps.size) this.#keep(folder);
    return leftOut;
  }

  removeFolder(folder: string): void {
    this.#folders.delete(folder);
    for (const file of this.#documents.keys()) {
      if (file.startsWith(folder + path.sep) && !this.#open.has(file) && !this.#isLookedAt(file))
        this.#remove(file);
    }
  }

  /** Tickets are written in another way now: whose text may name them is read again. Gives whether anything is. */
  configure(patterns: readonly KeyPattern[]): boolean {
    const text = JSON.stringify(patterns);
    if (text === this.#patterns) return false;
    this.#patterns = text;
    this.#keys = new KeyFinder(patterns);
    return true;
  }

  /** Keeps what was read of all folders for the next start. */
  keep(): void {
    for (const folder of this.#folders) this.#keep(folder);
  }

  /** A file was created or changed on disk. */
  fileChanged(uri: string): LeftOut | undefined {
    const file = fileOf(uri);
    if (!uri.startsWith('file:') || !this.#isLookedAt(file)) return undefined;
    return this.#readFile(file);
  }

  fileDeleted(uri: string): void {
    const file = fileOf(uri);
    if (this.#open.has(file)) return;
    this.#remove(file);
    for (const below of this.#documents.keys()) {
      if (below.startsWith(file + path.sep) && !this.#open.has(below)) this.#remove(below);
    }
  }

  /** A document is open and was typed in. */
  documentChanged(uri: string, made: MarkdownOutline): void {
    const file = fileOf(uri);
    this.#open.add(file);
    const keys = new Set(made.find(this.#keys).map(({ key }) => key));
    const { record, names } = readRecord(made, keys);
    this.#put(file, record, undefined, names);
  }

  documentClosed(uri: string): void {
    const file = fileOf(uri);
    this.#open.delete(file);
    if (!uri.startsWith('file:') || stampOf(file) === undefined) this.#remove(file);
    else if (this.fileChanged(uri) !== undefined || !this.#stamps.has(file)) this.#remove(file);
  }

  /** The workspace folder of a file; the inner one, as for the editor, where one lies in another. */
  folderOf(file: string): string | undefined {
    return this.#foldersOf(file).sort((a, b) => b.length - a.length)[0];
  }

  get size(): number {
    return this.#documents.size;
  }

  all(): Iterable<IndexedDocument> {
    return this.#documents.values();
  }

  get(uri: string): IndexedDocument | undefined {
    return this.#documents.get(fileOf(uri));
  }

  at(file: string): IndexedDocument | undefined {
    return this.#documents.get(file);
  }

  /** The documents that name a ticket, in their text or in their front matter. */
  naming(ticketKey: string): readonly IndexedDocument[] {
    return this.#graph.naming(ticketKey);
  }

  withId(id: string): readonly IndexedDocument[] {
    return this.#graph.withId(id);
  }

  ids(): Iterable<string> {
    return this.#graph.ids();
  }

  superseding(id: string): readonly IndexedDocument[] {
    return this.#graph.superseding(id);
  }

  /** The other documents with a link to a file, whether it is there or not. */
  linkingTo(file: string): IndexedDocument[] {
    return this.#graph
      .mayLinkTo(file)
      .filter(({ path: from, links }) => from !== file && links.some((to) => this.#leadsTo(from, to, file)));
  }

  #foldersOf(file: string): string[] {
    return [...this.#folders].filter((folder) => file.startsWith(folder + path.sep));
  }

  #isLookedAt(file: string): boolean {
    return this.#foldersOf(file).some((folder) => isLookedAt(folder, file));
  }

  #leadsTo(from: string, target: string, file: string): boolean {
    const linked = linkedFile(from, target, this.folderOf(from));
    return linked === file || (linked !== undefined && `${linked}.md` === file);
  }

  #readFile(file: string): LeftOut | undefined {
    if (this.#open.has(file)) return undefined;
    const read = readMarkdown(file);
    if ('reason' in read) {
      this.#remove(file);
      return read;
    }
    const made = outline(read.text);
    const { record, names } = readRecord(made, this.#keys.keysIn(made));
    this.#put(file, record, read.stamp, names);
    return undefined;
  }

  #put(
    file: string,
    record: string,
    stamp?: FileStamp,
    names?: ReturnType<typeof readRecord>['names'],
  ): void {
    if (stamp !== undefined) this.#stamps.set(file, stamp);
    const before = this.#documents.get(file);
    if (before?.record === record) return;
    const after = new IndexedDocument(file, record);
    this.#documents.set(file, after);
    if (before === undefined) this.#graph.add(after, names);
    else this.#graph.replace(before, after, names);
    this.#changed({ before, after });
  }

  #remove(file: string): void {
    const before = this.#documents.get(file);
    this.#stamps.delete(file);
    if (before === undefined) return;
    this.#documents.delete(file);
    this.#graph.remove(before);
    this.#changed({ before, after: undefined });
  }

  #cacheOf(folder: string): IndexCache | undefined {
    return this.#cacheFolder === undefined
      ? undefined
      : new IndexCache(this.#cacheFolder, folder, this.#patterns);
  }

  /** What is only typed so far is not kept. */
  #keep(folder: string): void {
    const files = [...this.#stamps].flatMap(([file, stamp]): [string, CachedFile][] => {
      const document = this.#documents.get(file);
      const isKept = document !== undefined && !this.#open.has(file) && file.startsWith(folder + path.sep);
      return isKept ? [[file, { stamp, record: document.record }]] : [];
    });
    this.#cacheOf(folder)?.write(files);
  }
}

function isSame(a: FileStamp, b: FileStamp | undefined): boolean {
  return a.modified === b?.modified && a.size === b.size;
}

/** A file's path, however an editor writes its URI (`%3A`, capital drive letters); any other document's URI. */
export function fileOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

/** The URI of what {@link fileOf} named. */
export function uriOf(file: string): string {
  return path.isAbsolute(file) ? pathToFileURL(file).href : file;
}
