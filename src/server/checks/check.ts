import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkdownOutline } from '../../runbooks/markdown.ts';
import type { Range } from '../../runbooks/textChange.ts';
import { rangeIn } from '../lines.ts';

/** An open document, read. */
export interface CheckedDocument {
  document: TextDocument;
  outline: MarkdownOutline;
  /** It lies in the folder of runbooks, or its front matter says so. */
  isRunbook: boolean;
}

/** One thing that is looked for in a document. */
export interface Check {
  run(checked: CheckedDocument): Diagnostic[] | Promise<Diagnostic[]>;
}

export type DiagnosticCode =
  | 'front-matter-malformed'
  | 'front-matter-value'
  | 'dead-ticket'
  | 'unknown-ticket'
  | 'dead-link'
  | 'dead-heading';

export function diagnostic(
  document: TextDocument,
  range: Range,
  severity: DiagnosticSeverity,
  code: DiagnosticCode,
  message: string,
): Diagnostic {
  return { range: rangeIn(document, range), severity, code, message, source: 'Deskside' };
}
