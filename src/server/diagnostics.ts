import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sameItems, type IndexedDocument } from '../runbooks/documentRecord.ts';
import type { Check } from './checks/check.ts';
import type { Outlines } from './outlines.ts';
import type { Texts } from './texts.ts';
import { fileOf, type IndexChange, type WorkspaceIndex } from './workspaceIndex.ts';

export interface DiagnosticsOptions {
  checks: readonly Check[];
  outlines: Outlines;
  index: WorkspaceIndex;
  texts: Texts;
  /** Describes each code under its name, as a heading. */
  manual: string | undefined;
  isRunbook: (path: string, outline: { frontMatter: IndexedDocument['frontMatter'] }) => boolean;
  /** Documents that are not open are checked too. */
  checksAll: () => boolean;
  publish: (uri: string, version: number | undefined, diagnostics: Diagnostic[]) => void;
  log: (line: string) => void;
}

/** Typing rests after that, in milliseconds. */
const quiet = 80;
/** Documents that are not open are checked for so long before others get an answer, in milliseconds. */
const breath = 10;

/** Runs the checks: over open documents soon after they, or what they refer to, change; over all others on request. */
export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  readonly #waiting = new Set<string>();
  readonly #published = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  /** Was opened, or typed in. */
  changed(path: string): void {
    this.#waiting.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), this.#published.has(path) ? quiet : 0);
  }

  closed(document: TextDocument): void {
    const path = fileOf(document.uri);
    if (this.#options.checksAll() && this.#options.index.at(path) !== undefined) this.changed(path);
    else this.#clear(path, document.uri);
  }

  /** Another document changed: whoever refers to what it was or is may be wrong or right now. */
  dependentsChanged({ before, after }: IndexChange): void {
    const path = (after ?? before)?.path;
    if (path === undefined) return;
    if (after === undefined) this.#clear(path);
    else if (this.#options.checksAll()) this.changed(path);
    for (const dependent of this.#dependents(path, before, after)) {
      if (dependent.path !== path && this.#isChecked(dependent.path)) this.changed(dependent.path);
    }
  }

  /** Tickets or settings changed: what was right may be wrong now. */
  refresh(): void {
    const { texts, index, checksAll } = this.#options;
    const checked = new Set(texts.openPaths);
    if (checksAll()) for (const { path } of index.all()) checked.add(path);
    for (const path of this.#published) if (!checked.has(path)) this.#clear(path);
    for (const path of checked) this.changed(path);
  }

  /** What is found in a document as it is now. */
  check(document: TextDocument): Diagnostic[] {
    const { checks, outlines, isRunbook, log } = this.#options;
    const outline = outlines.of(document);
    if (outline === undefined) {
      log(`${document.uri} is too large to be checked.`);
      return [];
    }
    const path = fileOf(document.uri);
    const checked = { document, path, outline, isRunbook: isRunbook(path, outline) };
    const found = checks.flatMap((check) => check.run(checked));
    return found.map((one) => this.#described(one));
  }

  #described(diagnostic: Diagnostic): Diagnostic {
    const { manual } = this.#options;
    if (manual === undefined) return diagnostic;
    const href = `${pathToFileURL(manual).href}#${String(diagnostic.code)}`;
    return { ...diagnostic, codeDescription: { href } };
  }

  #isChecked(path: string): boolean {
    return this.#published.has(path) || this.#options.checksAll();
  }

  #dependents(
    path: string,
    before: IndexedDocument | undefined,
    after: IndexedDocument | undefined,
  ): Set<IndexedDocument> {
    const { index } = this.#options;
    const dependents = new Set<IndexedDocument>();
    const add = (documents: Iterable<IndexedDocument>) => {
      for (const document of documents) dependents.add(document);
    };
    if (before === undefined || after === undefined || !sameItems(before.headings, after.headings))
      add(index.linkingTo(path));
    const ids = before?.id === after?.id ? [] : [before?.id, after?.id];
    for (const id of ids) if (id !== undefined) add([...index.withId(id), ...index.superseding(id)]);
    const [old, now] = [before?.supersedes ?? [], after?.supersedes ?? []];
    if (!sameItems(old, now)) for (const id of [...old, ...now]) add(index.withId(id));
    return dependents;
  }

  #clear(path: string, uri = this.#options.texts.uriOf(path)): void {
    this.#waiting.delete(path);
    if (this.#published.delete(path)) this.#options.publish(uri, undefined, []);
  }

  async #run(): Promise<void> {
    let began = performance.now();
    for (const path of this.#waiting) {
      this.#waiting.delete(path);
      this.#runOn(path);
      if (performance.now() - began < breath) continue;
      await new Promise((resolve) => setImmediate(resolve));
      began = performance.now();
    }
  }

  #runOn(path: string): void {
    const { texts, publish, log } = this.#options;
    const document = texts.of(path);
    if (document === undefined) return;
    try {
      const found = this.check(document);
      const isOpen = document.version > 0;
      if (!isOpen && found.length === 0 && !this.#published.has(path)) return;
      this.#published.add(path);
      publish(document.uri, isOpen ? document.version : undefined, found);
    } catch (error) {
      log(`${document.uri} could not be checked: ${String(error)}`);
    }
  }
}
