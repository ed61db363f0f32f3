import { TextDocument } from 'vscode-languageserver-textdocument';
import { readMarkdown } from './markdownFiles.ts';
import { fileOf, uriOf } from './workspaceIndex.ts';

/** The text of a document: as it is typed where it is open, else as it is on disk. */
export class Texts {
  readonly #open: (uri: string) => TextDocument | undefined;
  /** The editor's own writing of a file's URI. */
  readonly #uris = new Map<string, string>();

  constructor(open: (uri: string) => TextDocument | undefined) {
    this.#open = open;
  }

  opened(uri: string): void {
    this.#uris.set(fileOf(uri), uri);
  }

  closed(uri: string): void {
    this.#uris.delete(fileOf(uri));
  }

  /** Paths of what is open in the editor. */
  get openPaths(): Iterable<string> {
    return this.#uris.keys();
  }

  uriOf(path: string): string {
    return this.#uris.get(path) ?? uriOf(path);
  }

  /** `undefined` where it can't be read. */
  of(path: string): TextDocument | undefined {
    const uri = this.uriOf(path);
    const open = this.#open(uri);
    if (open !== undefined) return open;
    const read = readMarkdown(path);
    return 'text' in read ? TextDocument.create(uri, 'markdown', 0, read.text) : undefined;
  }
}
