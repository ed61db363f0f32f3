import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

const notOurs = new Set(['node_modules', 'bower_components', 'vendor']);

/** What the `.gitignore` files from a repository's root down to one folder leave out. */
export class IgnoredFiles {
  readonly #folder: string;
  readonly #outer: IgnoredFiles | undefined;
  readonly #own: Ignore | undefined;

  private constructor(folder: string, outer: IgnoredFiles | undefined) {
    this.#folder = folder;
    this.#outer = outer;
    const text = readText(path.join(folder, '.gitignore'));
    this.#own = text === undefined ? undefined : ignore().add(text);
  }

  /** Of a workspace folder, with what the folders above it say up to the root of its repository. */
  static of(folder: string): IgnoredFiles {
    const parent = path.dirname(folder);
    const isRoot = parent === folder || existsSync(path.join(folder, '.git'));
    return new IgnoredFiles(folder, isRoot ? undefined : IgnoredFiles.within(parent));
  }

  /** Of a folder in a repository; none where it is in none. */
  private static within(folder: string): IgnoredFiles | undefined {
    for (let up = folder; ; up = path.dirname(up)) {
      if (existsSync(path.join(up, '.git'))) return IgnoredFiles.of(folder);
      if (path.dirname(up) === up) return undefined;
    }
  }

  /** Of a folder below this one. `hasOwn`: it has a `.gitignore` of its own. */
  below(folder: string, hasOwn: boolean): IgnoredFiles {
    return hasOwn ? new IgnoredFiles(folder, this) : this;
  }

  has(file: string, isFolder: boolean): boolean {
    return this.#test(isFolder ? file + path.sep : file) ?? false;
  }

  /** The innermost file that says something decides. */
  #test(file: string): boolean | undefined {
    if (this.#own !== undefined) {
      const relative = file.slice(this.#folder.length + 1).replaceAll('\\', '/');
      const { ignored, unignored } = this.#own.test(relative);
      if (ignored || unignored) return ignored;
    }
    return this.#outer === undefined ? undefined : this.#outer.#test(file);
  }
}

/** Folders that hold what others wrote, or what is not meant to be seen. */
export function isSkipped(folderName: string): boolean {
  return folderName.startsWith('.') || notOurs.has(folderName);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
