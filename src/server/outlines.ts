import type { TextDocument } from 'vscode-languageserver-textdocument';
import { MarkdownOutline } from '../runbooks/markdown.ts';

/** Beyond that, a document is no documentation, and reading it at every keystroke would be felt. */
export const largestDocument = 2_000_000;

/** Outlines of open documents, made once for each version; of what was typed in, only what changed is read. */
export class Outlines {
  readonly #made = new WeakMap<TextDocument, { version: number; outline: MarkdownOutline }>();

  /** `undefined` for a document too large to be read. */
  of(document: TextDocument): MarkdownOutline | undefined {
    const made = this.#made.get(document);
    if (made?.version === document.version) return made.outline;
    const text = document.getText();
    if (text.length > largestDocument) return undefined;
    const fresh = { version: document.version, outline: new MarkdownOutline(text, made?.outline) };
    this.#made.set(document, fresh);
    return fresh.outline;
  }
}
