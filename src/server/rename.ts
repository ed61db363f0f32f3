import type { Position, Range as LspRange, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { scalar } from '../runbooks/frontMatterEdit.ts';
import { idAt, idOccurrences, keyOccurrences } from './occurrences.ts';
import { rangeIn } from './lines.ts';
import type { Texts } from './texts.ts';
import type { TicketLookup } from './ticketLookup.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** Renames what is ours: ids of documents, and ticket keys. Headings and links are VS Code's. */
export class RenameFeature {
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;
  readonly #texts: Texts;

  constructor(index: WorkspaceIndex, tickets: TicketLookup, texts: Texts) {
    this.#index = index;
    this.#tickets = tickets;
    this.#texts = texts;
  }

  prepare(document: TextDocument, position: Position): { range: LspRange; placeholder: string } | undefined {
    const offset = document.offsetAt(position);
    const id = idAt(document, position);
    const ranges = id === undefined ? [] : idOccurrences(document, id);
    const range = ranges.find(({ start, end }) => start <= offset && offset <= end);
    if (id !== undefined && range) return { range: rangeIn(document, range), placeholder: id };
    const occurrence = this.#tickets.at(document, position);
    return occurrence && { range: rangeIn(document, occurrence.range), placeholder: occurrence.key };
  }

  provide(document: TextDocument, position: Position, newName: string): WorkspaceEdit | undefined {
    const id = idAt(document, position);
    if (id !== undefined) return this.#renameId(id, newName.trim());
    const occurrence = this.#tickets.at(document, position);
    return occurrence && this.#renameKey(occurrence.key, newName.trim());
  }

  #renameId(id: string, newId: string): WorkspaceEdit {
    const written = scalar(newId).replace(/^"(.*)"$/, '$1');
    return this.#edit([...this.#index.withId(id), ...this.#index.superseding(id)], (document) =>
      idOccurrences(document, id).map((range) => ({ range: rangeIn(document, range), newText: written })),
    );
  }

  #renameKey(key: string, newKey: string): WorkspaceEdit {
    return this.#edit(this.#index.naming(key), (document) =>
      keyOccurrences(document, this.#tickets)
        .filter((one) => one.key === key)
        .map(({ range }) => ({ range: rangeIn(document, range), newText: newKey })),
    );
  }

  #edit(
    documents: readonly { path: string }[],
    editsOf: (document: TextDocument) => TextEdit[],
  ): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const { path } of documents) {
      const document = this.#texts.of(path);
      if (document !== undefined) changes[document.uri] ??= editsOf(document);
    }
    return { changes };
  }
}
