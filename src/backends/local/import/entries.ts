import type { Body, Entry, EntryKind, FieldChange, Visibility } from '../../../desk/entry.ts';
import { parseResolution } from '../../../desk/resolutionNote.ts';
import type { Instant, Person } from '../../../desk/ticket.ts';
import type { Cells } from './cells.ts';
import { bodyOf, commentsIn, type ImportedComment } from './comments.ts';
import type { Row } from './table.ts';

/** Somebody the file does not name. */
export const nobody: Person = { id: 'unknown', name: 'Unknown' };

/** Collects the entries of one ticket. */
export class EntryList {
  readonly entries: Entry[] = [];
  readonly #key: string;
  readonly #requester: Person | undefined;

  constructor(key: string, requester: Person | undefined) {
    this.#key = key;
    this.#requester = requester;
  }

  add(
    kind: EntryKind,
    visibility: Visibility,
    at: Instant,
    author: Person,
    content: { body?: Body; changes?: FieldChange[] },
  ): void {
    const link = kind === 'resolution' ? parseResolution(content.body?.text ?? '') : undefined;
    this.entries.push({
      id: `${this.#key}-${this.entries.length + 1}`,
      at,
      author,
      kind,
      visibility,
      ...(content.body !== undefined && { body: content.body }),
      changes: content.changes ?? [],
      attachments: [],
      fromRequester: this.#requester !== undefined && author.id === this.#requester.id,
      ...(link !== undefined && { link }),
    });
  }

  addDescription(row: Row, at: Instant, cells: Cells): void {
    const text = cells.long(row, 'description');
    if (text !== undefined)
      this.add('reply', 'public', at, this.#requester ?? nobody, { body: bodyOf(text) });
  }

  /** The comments of a row; those that stood in the row `before` it as well are known already. */
  addComments(row: Row, before: Row | undefined, at: Instant, cells: Cells): void {
    const found = (['comment', 'publicComment'] as const).flatMap((field) =>
      cells.columns(field).flatMap((column): ImportedComment[] => {
        const text = cells.raw(row, column);
        if (text === undefined || (before !== undefined && cells.raw(before, column) === text)) return [];
        return commentsIn(text, field === 'publicComment', cells);
      }),
    );
    const when = (comment: ImportedComment) => comment.at ?? at;
    for (const comment of found.sort((a, b) => when(a) - when(b))) {
      const [kind, visibility] = comment.public
        ? (['reply', 'public'] as const)
        : (['note', 'internal'] as const);
      this.add(kind, visibility, when(comment), comment.author ?? nobody, { body: comment.body });
    }
  }

  addResolution(row: Row, at: Instant, author: Person | undefined, cells: Cells): void {
    const text = cells.long(row, 'resolution');
    if (text !== undefined) this.add('resolution', 'internal', at, author ?? nobody, { body: bodyOf(text) });
  }
}
