import type { Range as LspRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../runbooks/textChange.ts';

/** The text of a line, with its line end. */
export function lineAt(document: TextDocument, line: number): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
}

export function rangeInLine(line: number, { start, end }: Range): LspRange {
  return { start: { line, character: start }, end: { line, character: end } };
}

export function rangeIn(document: TextDocument, { start, end }: Range): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
