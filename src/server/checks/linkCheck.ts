import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { outline, type Link } from '../../runbooks/markdown.ts';
import { readMarkdown } from '../markdownFiles.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

export interface LinkCheckOptions {
  index: WorkspaceIndex;
  /** Paths that begin with `/` are relative to it. */
  workspaceFolderOf(file: string): string | undefined;
  /** VS Code's own check is on and says the same. */
  isRedundant(): boolean;
}

/**
 * Links of a runbook to files and headings that are not there. Only while VS Code's own check of Markdown links is off
 * (as it is unless a user turns it on): with it on, ours would say everything twice. And only in runbooks: a team that
 * leaves the check off for its other Markdown does not want it from us.
 */
export class LinkCheck implements Check {
  readonly #options: LinkCheckOptions;

  constructor(options: LinkCheckOptions) {
    this.#options = options;
  }

  async run(checked: CheckedDocument): Promise<Diagnostic[]> {
    const { document, outline: made, isRunbook } = checked;
    if (!isRunbook || !document.uri.startsWith('file:') || this.#options.isRedundant()) return [];
    const found = await Promise.all(made.links.map((link) => this.#check(checked, link)));
    return found.flat();
  }

  async #check({ document, outline: made }: CheckedDocument, { target, range }: Link): Promise<Diagnostic[]> {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return [];
    const [beforeFragment = '', fragment = ''] = target.split('#', 2);
    const written = decoded(beforeFragment.split('?')[0] ?? '');
    const warn = (code: 'dead-link' | 'dead-heading', message: string) => [
      diagnostic(document, range, DiagnosticSeverity.Warning, code, message),
    ];
    if (written === '') {
      const slugs = new Set(made.headings.map(({ slug }) => slug));
      return hasHeading(slugs, fragment)
        ? []
        : warn('dead-heading', `There is no heading "#${fragment}" here.`);
    }
    const file = await this.#find(fileURLToPath(document.uri), written);
    if (file === undefined) return warn('dead-link', `There is no file "${written}".`);
    if (fragment === '' || !/\.(?:md|markdown)$/i.test(file)) return [];
    const slugs = await this.#slugsOf(file);
    return slugs === undefined || hasHeading(slugs, fragment)
      ? []
      : warn('dead-heading', `There is no heading "#${fragment}" in "${written}".`);
  }

  /** As VS Code resolves links: relative to the document or the workspace folder, `.md` may be left out. */
  async #find(from: string, written: string): Promise<string | undefined> {
    const base = written.startsWith('/') ? this.#options.workspaceFolderOf(from) : path.dirname(from);
    if (base === undefined) return from;
    const file = path.join(base, written);
    if (await exists(file)) return file;
    return (await exists(`${file}.md`)) ? `${file}.md` : undefined;
  }

  async #slugsOf(file: string): Promise<ReadonlySet<string> | undefined> {
    const indexed = this.#options.index.get(pathToFileURL(file).href);
    if (indexed !== undefined) return indexed.slugs;
    const text = await readMarkdown(file);
    return typeof text === 'string' ? new Set(outline(text).headings.map(({ slug }) => slug)) : undefined;
  }
}

/** `#L12` is a line, not a heading; a browser scrolls to the top for an empty one. */
function hasHeading(slugs: ReadonlySet<string>, fragment: string): boolean {
  return fragment === '' || /^L\d/.test(fragment) || slugs.has(decoded(fragment).toLowerCase());
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    return !(
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    );
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
