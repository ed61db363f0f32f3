import { statSync } from 'node:fs';
import path from 'node:path';
import type { FileRename, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isAddress } from '../runbooks/documentRecord.ts';
import { outline } from '../runbooks/markdown.ts';
import { rangeIn } from './lines.ts';
import { linkedFile, splitTarget } from './linkTarget.ts';
import type { Texts } from './texts.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

/** Keeps links right while files and folders are moved. Only where VS Code's own Markdown support is told not to. */
export class FileMovesFeature {
  readonly #index: WorkspaceIndex;
  readonly #texts: Texts;

  constructor(index: WorkspaceIndex, texts: Texts) {
    this.#index = index;
    this.#texts = texts;
  }

  provide(files: readonly FileRename[]): WorkspaceEdit | undefined {
    const moves = files.map(({ oldUri, newUri }) => ({ from: fileOf(oldUri), to: fileOf(newUri) }));
    const moved = (file: string) => {
      for (const { from, to } of moves) {
        if (file === from || file.startsWith(from + path.sep)) return to + file.slice(from.length);
      }
      return file;
    };
    const changes: Record<string, TextEdit[]> = {};
    for (const file of this.#touched(moves.map(({ from }) => from))) {
      const document = this.#texts.of(file);
      const edits = document === undefined ? [] : this.#edits(document, file, moved);
      if (document !== undefined && edits.length > 0) changes[document.uri] = edits;
    }
    return Object.keys(changes).length === 0 ? undefined : { changes };
  }

  /** Documents that move, and those with links to what moves. */
  #touched(moving: readonly string[]): Set<string> {
    const touched = new Set<string>();
    for (const from of moving) {
      const isFolder = statSync(from, { throwIfNoEntry: false })?.isDirectory() === true;
      const inside = isFolder
        ? [...this.#index.all()].filter((one) => one.path.startsWith(from + path.sep))
        : [];
      for (const file of [from, ...inside.map((one) => one.path)]) {
        if (this.#index.at(file) !== undefined) touched.add(file);
        for (const linking of this.#index.linkingTo(file)) touched.add(linking.path);
      }
      if (!isFolder) continue;
      for (const document of this.#index.all()) {
        if (document.links.some((target) => this.#leadsBelow(document.path, target, from)))
          touched.add(document.path);
      }
    }
    return touched;
  }

  #leadsBelow(from: string, target: string, folder: string): boolean {
    const linked = linkedFile(from, target, this.#index.folderOf(from));
    return linked === folder || linked?.startsWith(folder + path.sep) === true;
  }

  #edits(document: TextDocument, file: string, moved: (file: string) => string): TextEdit[] {
    const folder = this.#index.folderOf(file);
    return outline(document.getText()).links.flatMap(({ target, range }) => {
      const written = splitTarget(target).file;
      const linked = linkedFile(file, target, folder);
      if (linked === undefined || written === '' || linked === file) return [];
      const isBare = this.#index.at(`${linked}.md`) !== undefined && this.#index.at(linked) === undefined;
      const now = moved(isBare ? `${linked}.md` : linked);
      const here = moved(file);
      if (now === (isBare ? `${linked}.md` : linked) && (here === file || written.startsWith('/'))) return [];
      const newText = targetOf(here, isBare ? now.replace(/\.md$/, '') : now, written, folder);
      const edited = { start: range.start, end: range.start + written.length };
      return newText === written ? [] : [{ range: rangeIn(document, edited), newText }];
    });
  }
}

/** A link to `file` from `from`, in the manner of the one that is `written`. */
export function targetOf(from: string, file: string, written: string, folder: string | undefined): string {
  const isRooted = written.startsWith('/') && folder !== undefined;
  const relative = path.relative(isRooted ? folder : path.dirname(from), file).replaceAll('\\', '/');
  const target = encodeURI(relative).replace(
    /[()#?]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (isRooted) return `/${target}`;
  const isLed = (written.startsWith('./') && !target.startsWith('.')) || isAddress(target);
  return isLed ? `./${target}` : target;
}
