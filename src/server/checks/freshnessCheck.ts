import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { staleSince } from '../../runbooks/freshness.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

/** Runbooks that are due to be tested again. */
export class FreshnessCheck implements Check {
  run({ document, outline, isRunbook }: CheckedDocument): Diagnostic[] {
    const stale = isRunbook ? staleSince(outline.frontMatter, Date.now()) : undefined;
    if (stale === undefined) return [];
    const message = `Stale for ${stale.days} ${stale.days === 1 ? 'day' : 'days'}: follow it once, and mark it as tested.`;
    return [diagnostic(document, stale.range, DiagnosticSeverity.Warning, 'stale', message)];
  }
}
