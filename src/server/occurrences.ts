import type { Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parseFrontMatter, valuesOf, type FrontMatter } from '../runbooks/frontMatter.ts';
import { outline } from '../runbooks/markdown.ts';
import type { Range } from '../runbooks/textChange.ts';
import type { KeyOccurrence } from '../runbooks/ticketKeys.ts';
import type { TicketLookup } from './ticketLookup.ts';

/** Fields of the front matter that hold ids of documents. */
const idFields = ['id', 'supersedes'];

/** Ticket keys of a document, in its text and in the list of its front matter. */
export function keyOccurrences(document: TextDocument, tickets: TicketLookup): KeyOccurrence[] {
  const made = outline(document.getText());
  return [...listedKeys(made.text, made.frontMatter, tickets), ...tickets.occurrencesIn(made)];
}

export function listedKeys(
  text: string,
  frontMatter: FrontMatter | undefined,
  tickets: TicketLookup,
): KeyOccurrence[] {
  const listed = frontMatter?.fields.get('tickets')?.valueRanges ?? [];
  return listed.flatMap(({ start, end }) =>
    tickets.occurrences(text.slice(start, end)).map((occurrence) => ({
      ...occurrence,
      range: { start: start + occurrence.range.start, end: start + occurrence.range.end },
    })),
  );
}

/** Where the front matter of a document names an id, without the quotes. */
export function idOccurrences(document: TextDocument, id: string): Range[] {
  const frontMatter = parseFrontMatter(document.getText());
  return idFields.flatMap((name) => {
    const ranges = frontMatter?.fields.get(name)?.valueRanges ?? [];
    return valuesOf(frontMatter, name).flatMap((value, at) => {
      const range = ranges[at];
      return value !== id || range === undefined ? [] : withoutQuotes(document.getText(), range);
    });
  });
}

/** The id of a document that the cursor is on, in the front matter. */
export function idAt(document: TextDocument, position: Position): string | undefined {
  const offset = document.offsetAt(position);
  const frontMatter = parseFrontMatter(document.getText());
  if (frontMatter === undefined || offset > frontMatter.range.end) return undefined;
  for (const name of idFields) {
    const ranges = frontMatter.fields.get(name)?.valueRanges ?? [];
    const at = ranges.findIndex(({ start, end }) => start <= offset && offset <= end);
    if (at !== -1) return valuesOf(frontMatter, name)[at];
  }
  return undefined;
}

function withoutQuotes(text: string, { start, end }: Range): Range {
  return /["']/.test(text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end };
}
