import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DiagnosticCode } from './checks/check.ts';
import * as documents from './fixes/documentFixes.ts';
import { handOffSection } from './fixes/handOffFixes.ts';
import type { Fix, FixOptions } from './fixes/fix.ts';
import * as links from './fixes/linkFixes.ts';
import { wording } from './fixes/replyFixes.ts';
import type { Outlines } from './outlines.ts';
import { fileOf } from './workspaceIndex.ts';

const fixes: Record<DiagnosticCode, Fix> = {
  'front-matter-malformed': documents.malformed,
  'front-matter-value': documents.wrongValue,
  'dead-ticket': documents.wrongTicket,
  'unknown-ticket': documents.wrongTicket,
  'dead-link': links.deadLink,
  'dead-heading': links.deadHeading,
  'duplicate-id': documents.duplicateId,
  'unknown-id': documents.unknownId,
  'missing-section': documents.missingSection,
  'empty-section': documents.emptySection,
  'hand-off-empty': handOffSection,
  'hand-off-required': handOffSection,
  stale: documents.stale,
  superseded: documents.superseded,
  secret: documents.secret,
  'lost-heading': links.lostHeading,
  'moved-document': links.movedDocument,
  'plain-language': wording,
  tone: wording,
  'repeated-word': wording,
};

/** What mends each thing the checks find. */
export class CodeActionsFeature {
  readonly #options: FixOptions & { outlines: Outlines };

  constructor(options: FixOptions & { outlines: Outlines }) {
    this.#options = options;
  }

  provide(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
    const outline = this.#options.outlines.of(document);
    if (outline === undefined) return [];
    const path = fileOf(document.uri);
    return diagnostics.flatMap((diagnostic) => {
      if (diagnostic.source !== 'Deskside') return [];
      const fix = fixes[diagnostic.code as DiagnosticCode];
      const [first, ...others] = fix({ ...this.#options, document, path, outline, diagnostic });
      return first === undefined ? [] : [{ ...first, isPreferred: true }, ...others];
    });
  }
}
