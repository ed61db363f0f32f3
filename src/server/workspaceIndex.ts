import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeOutline, type DocumentInfo } from '../runbooks/document.ts';
import { outline, type MarkdownOutline } from '../runbooks/markdown.ts';
import { markdownFiles, readMarkdown, type LeftOut } from './markdownFiles.ts';

/** What the index keeps of a Markdown file. */
export interface IndexedDocument extends DocumentInfo {
  uri: string;
  slugs: ReadonlySet<string>;
}

const readAtOnce = 16;

/** The Markdown files of the workspace: on disk, and as they are typed in the editor. */
export class WorkspaceIndex {
  readonly #documents = new Map<string, IndexedDocument>();
  /** Open in the editor: what is typed counts, not what is on disk. */
  readonly #open = new Set<string>();

  /** Reads every Markdown file below a folder; gives what was left out. */
  async addFolder(folder: string): Promise<LeftOut[]> {
    const leftOut: LeftOut[] = [];
    const files = markdownFiles(folder, (one) => leftOut.push(one));
    const readNext = async (): Promise<void> => {
      for (let next = await files.next(); next.done !== true; next = await files.next()) {
        const problem = await this.#readFile(next.value);
        if (problem !== undefined) leftOut.push(problem);
      }
    };
    await Promise.all(Array.from({ length: readAtOnce }, readNext));
    return leftOut;
  }

  removeFolder(folder: string): void {
    const prefix = `${pathToFileURL(folder).href}/`;
    for (const uri of this.#documents.keys()) {
      if (uri.startsWith(prefix) && !this.#open.has(uri)) this.#documents.delete(uri);
    }
  }

  /** A file was created or changed on disk. */
  async fileChanged(uri: string): Promise<void> {
    if (uri.startsWith('file:')) await this.#readFile(fileURLToPath(uri));
  }

  fileDeleted(uri: string): void {
    if (!this.#open.has(normalised(uri))) this.#documents.delete(normalised(uri));
  }

  /** A document is open and was typed in. */
  documentChanged(uri: string, made: MarkdownOutline): void {
    this.#open.add(normalised(uri));
    this.#put(normalised(uri), made);
  }

  async documentClosed(uri: string): Promise<void> {
    this.#open.delete(normalised(uri));
    this.#documents.delete(normalised(uri));
    await this.fileChanged(uri);
  }

  get(uri: string): IndexedDocument | undefined {
    return this.#documents.get(normalised(uri));
  }

  /** The documents whose front matter names a ticket. */
  naming(ticketKey: string): IndexedDocument[] {
    return [...this.#documents.values()].filter(({ tickets }) => tickets.includes(ticketKey));
  }

  async #readFile(file: string): Promise<LeftOut | undefined> {
    const uri = pathToFileURL(file).href;
    if (this.#open.has(uri)) return undefined;
    const text = await readMarkdown(file);
    if (this.#open.has(uri)) return undefined;
    if (typeof text === 'string') this.#put(uri, outline(text));
    else this.#documents.delete(uri);
    return typeof text === 'string' ? undefined : text;
  }

  #put(uri: string, made: MarkdownOutline): void {
    const slugs = new Set(made.headings.map(({ slug }) => slug));
    this.#documents.set(uri, { ...describeOutline(made, pathOf(uri)), uri, slugs });
  }
}

function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

/** Editors write the same file's URI in different ways: `%3A`, capital drive letters. */
function normalised(uri: string): string {
  return uri.startsWith('file:') ? pathToFileURL(pathOf(uri)).href : uri;
}
