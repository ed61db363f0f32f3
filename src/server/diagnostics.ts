import type { Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRunbook } from '../runbooks/fields.ts';
import type { Check } from './checks/check.ts';
import type { Outlines } from './outlines.ts';

export interface DiagnosticsOptions {
  checks: readonly Check[];
  outlines: Outlines;
  /** Lies in the folder of runbooks? */
  isInRunbooksFolder: (uri: string) => boolean;
  publish: (uri: string, version: number | undefined, diagnostics: Diagnostic[]) => void;
  log: (line: string) => void;
}

/** Typing is over after that, in milliseconds. */
const quiet = 150;

/** Runs the checks over open documents, soon after they change. */
export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #open = new Map<string, TextDocument>();

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  changed(document: TextDocument): void {
    const isNew = !this.#open.has(document.uri);
    this.#open.set(document.uri, document);
    clearTimeout(this.#waiting.get(document.uri));
    this.#waiting.set(
      document.uri,
      setTimeout(() => void this.#run(document), isNew ? 0 : quiet),
    );
  }

  closed(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    this.#open.delete(uri);
    this.#options.publish(uri, undefined, []);
  }

  /** Tickets, files or settings changed: what was right may be wrong now. */
  refresh(): void {
    for (const document of this.#open.values()) this.changed(document);
  }

  async #run(document: TextDocument): Promise<void> {
    const { checks, outlines, publish, log } = this.#options;
    const { uri, version } = document;
    try {
      const outline = outlines.of(document);
      if (outline === undefined) {
        log(`${uri} is too large to be checked.`);
        return;
      }
      const runbook = isRunbook(outline.frontMatter) || this.#options.isInRunbooksFolder(uri);
      const checked = { document, outline, isRunbook: runbook };
      const found = await Promise.all(checks.map(async (check) => check.run(checked)));
      if (this.#open.get(uri)?.version === version) publish(uri, version, found.flat());
    } catch (error) {
      log(`${uri} could not be checked: ${String(error)}`);
    }
  }
}
