import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { checkFields } from '../../runbooks/fields.ts';
import { unclosedFrontMatter } from '../../runbooks/frontMatter.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

/** A template's: what stands there becomes YAML only when something is filled in. */
const toBeFilledIn = /\{\{.*\}\}/;

/** Front matter that can't be read, and values a runbook's fields can't hold. */
export class FrontMatterCheck implements Check {
  run({ document, outline: { frontMatter, text }, isRunbook }: CheckedDocument): Diagnostic[] {
    const unclosed = frontMatter === undefined ? unclosedFrontMatter(text) : undefined;
    const problems = frontMatter?.problems ?? (unclosed === undefined ? [] : [unclosed]);
    const isTemplate = toBeFilledIn.test(text.slice(frontMatter?.range.start, frontMatter?.range.end ?? 0));
    const malformed = (isTemplate ? [] : problems).map(({ range, message }) =>
      diagnostic(document, range, DiagnosticSeverity.Error, 'front-matter-malformed', message),
    );
    const values = frontMatter !== undefined && isRunbook ? checkFields(frontMatter) : [];
    return [
      ...malformed,
      ...values.map(({ range, message }) =>
        diagnostic(document, range, DiagnosticSeverity.Warning, 'front-matter-value', message),
      ),
    ];
  }
}
