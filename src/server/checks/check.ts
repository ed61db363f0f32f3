import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkdownOutline } from '../../runbooks/markdown.ts';
import type { Range } from '../../runbooks/textChange.ts';
import { rangeIn } from '../lines.ts';

/** A document, read. */
export interface CheckedDocument {
  document: TextDocument;
  /** The file's path, or the URI of a document that is no file. */
  path: string;
  outline: MarkdownOutline;
  /** It lies in the folder of runbooks, or its front matter says so. */
  isRunbook: boolean;
}

/** One thing that is looked for in a document. */
export interface Check {
  run(checked: CheckedDocument): Diagnostic[];
}

/** Each is described under its name in docs/runbooks.md. */
export const diagnosticCodes = [
  'front-matter-malformed',
  'front-matter-value',
  'dead-ticket',
  'unknown-ticket',
  'dead-link',
  'dead-heading',
  'duplicate-id',
  'unknown-id',
  'missing-section',
  'empty-section',
  'hand-off-empty',
  'hand-off-required',
  'stale',
  'superseded',
  'secret',
  'lost-heading',
  'moved-document',
  'plain-language',
  'tone',
  'repeated-word',
] as const;
export type DiagnosticCode = (typeof diagnosticCodes)[number];

export function diagnostic(
  document: TextDocument,
  range: Range,
  severity: DiagnosticSeverity,
  code: DiagnosticCode,
  message: string,
  data?: unknown,
): Diagnostic {
  return {
    range: rangeIn(document, range),
    severity,
    code,
    message,
    source: 'Deskside',
    ...(data !== undefined && { data }),
  };
}

/** Where a document as a whole is spoken of: its id, its title, or its first line. */
export function headOf({ document, outline }: Pick<CheckedDocument, 'document' | 'outline'>): Range {
  const { frontMatter, headings } = outline;
  const field = frontMatter?.fields.get('id') ?? frontMatter?.fields.get('title');
  if (field !== undefined && field.range.end > field.range.start) return field.range;
  const [first] = headings;
  return first?.range ?? { start: 0, end: Math.max(0, document.getText().search(/\r?\n|$/)) };
}
