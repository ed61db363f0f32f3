import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { literal } from '../../desk/literal.ts';
import { decoded } from '../../runbooks/documentGraph.ts';
import { outline, type MarkdownOutline } from '../../runbooks/markdown.ts';
import { linkedFile, splitTarget } from '../linkTarget.ts';
import { readMarkdown } from '../markdownFiles.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

export interface LinkCheckOptions {
  index: WorkspaceIndex;
  /** VS Code's own check is on and says the same. */
  isRedundant(): boolean;
}

/** The document that is looked at. */
class Own {
  readonly from: string;
  readonly outline: MarkdownOutline;
  #slugs: ReadonlySet<string> | undefined;

  constructor(from: string, outline: MarkdownOutline) {
    this.from = from;
    this.outline = outline;
  }

  get slugs(): ReadonlySet<string> {
    this.#slugs ??= new Set(this.outline.headings.map(({ slug }) => slug));
    return this.#slugs;
  }
}

interface Dead {
  code: 'dead-link' | 'dead-heading';
  message: string;
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

  run(checked: CheckedDocument): Diagnostic[] {
    const { document, path: from, outline: made, isRunbook } = checked;
    if (!isRunbook || !document.uri.startsWith('file:') || this.#options.isRedundant()) return [];
    const own = new Own(from, made);
    const known = new Map<string, Dead | undefined>();
    const found: Diagnostic[] = [];
    for (const { target, range } of made.links) {
      if (!known.has(target)) known.set(target, this.#check(own, target));
      const dead = known.get(target);
      if (dead === undefined) continue;
      found.push(diagnostic(document, range, DiagnosticSeverity.Warning, dead.code, dead.message));
    }
    return found;
  }

  #check(own: Own, target: string): Dead | undefined {
    const { from } = own;
    const linked = linkedFile(from, target, this.#options.index.folderOf(from));
    if (linked === undefined) return undefined;
    const { fragment } = splitTarget(target);
    if (linked === from) {
      return hasHeading(own.slugs, fragment, () => own.outline.text)
        ? undefined
        : { code: 'dead-heading', message: `There is no heading "#${fragment}" here.` };
    }
    const file = this.#find(linked);
    const written = decoded(splitTarget(target).file);
    if (file === undefined && this.#isPageOfSite(from, linked, written)) return undefined;
    if (file === undefined) return { code: 'dead-link', message: `There is no file "${written}".` };
    if (fragment === '' || !isMarkdown.test(file)) return undefined;
    const slugs = this.#slugsOf(file);
    return slugs === undefined || hasHeading(slugs, fragment, () => textOf(file))
      ? undefined
      : { code: 'dead-heading', message: `There is no heading "#${fragment}" in "${written}".` };
  }

  /**
   * Sites made of Markdown link to pages as they will be: `/manual/x.html`, `x.html` for `x.md`, `x.csv` for
   * `x.csv.erb`, pages of a folder that is made with the site, and images from the site's own root.
   */
  #isPageOfSite(from: string, linked: string, written: string): boolean {
    const source = linked.replace(/\.html$/, '');
    if (source !== linked && (exists(`${source}.md`) || !exists(path.dirname(linked)))) return true;
    if (hasSource(linked)) return true;
    const folder = this.#options.index.folderOf(from);
    if (folder === undefined) return false;
    const first = /^\/([^/]*)/.exec(written)?.[1];
    if (first !== undefined) return !exists(path.join(folder, first));
    return isImage.test(written) && !written.startsWith('.') && this.#isAbove(from, folder, written);
  }

  #isAbove(from: string, folder: string, written: string): boolean {
    for (let above = path.dirname(from); above.length > folder.length;) {
      above = path.dirname(above);
      if (exists(path.join(above, written))) return true;
    }
    return false;
  }

  /** As VS Code resolves links: `.md` may be left out. */
  #find(file: string): string | undefined {
    const { index } = this.#options;
    if (index.at(file) !== undefined || exists(file)) return file;
    return index.at(`${file}.md`) !== undefined || exists(`${file}.md`) ? `${file}.md` : undefined;
  }

  #slugsOf(file: string): ReadonlySet<string> | undefined {
    const indexed = this.#options.index.at(file);
    if (indexed !== undefined) return indexed.slugs;
    const read = readMarkdown(file);
    return 'text' in read ? new Set(outline(read.text).headings.map(({ slug }) => slug)) : undefined;
  }
}

const isMarkdown = /\.(?:md|markdown)$/i;
const isImage = /\.(?:png|jpe?g|gif|svg|webp|avif)$/i;

/** Something that the file is made of lies in its place: `x.csv.erb` for `x.csv`. */
function hasSource(file: string): boolean {
  const name = path.basename(file);
  if (!/\.\w+$/.test(name) || isMarkdown.test(name)) return false;
  try {
    return readdirSync(path.dirname(file)).some((other) => other.startsWith(`${name}.`));
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  const read = readMarkdown(file);
  return 'text' in read ? read.text : '';
}

/**
 * `#L12` is a line, not a heading; a browser scrolls to the top for an empty one; HTML may name a place itself. What
 * becomes of signs and spaces differs from one renderer to the next: letters and digits decide.
 */
function hasHeading(slugs: ReadonlySet<string>, fragment: string, text: () => string): boolean {
  if (fragment === '' || /^L\d/.test(fragment)) return true;
  const name = decoded(fragment);
  if (slugs.has(name.toLowerCase())) return true;
  const bare = (slug: string) => slug.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const wanted = bare(name);
  for (const slug of slugs) if (wanted !== '' && bare(slug) === wanted) return true;
  const quoted = literal(name);
  return new RegExp(`<[a-z][^<>]*\\b(?:id|name)=["']?${quoted}["'\\s>]|\\{#${quoted}\\}`, 'i').test(text());
}

function exists(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
