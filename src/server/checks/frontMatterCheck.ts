import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { checkFields } from '../../runbooks/fields.ts';
import { parseFrontMatter, unclosedFrontMatter, type FrontMatter } from '../../runbooks/frontMatter.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

/** A template's: what stands there becomes YAML only when something is filled in. */
const placeholder = /\{\{.*?\}\}/g;
/** A line of its own, such as `{{#if owner}}`, makes a template a program: what it writes can't be told from it. */
const instruction = /^[ \t]*\{[{%].*[}%]\}[ \t]*$/m;

/** Front matter that can't be read, and values a runbook's fields can't hold. */
export class FrontMatterCheck implements Check {
  run({ document, outline: { frontMatter, text }, isRunbook }: CheckedDocument): Diagnostic[] {
    const filled = frontMatter && filledIn(text, frontMatter);
    const unclosed = frontMatter === undefined ? unclosedFrontMatter(text) : undefined;
    const malformed = filled?.problems ?? (unclosed === undefined ? [] : [unclosed]);
    const values = filled !== undefined && isRunbook ? checkFields(filled) : [];
    const known = values.filter(({ range }) => text.slice(range.start, range.end).search(placeholder) === -1);
    return [
      ...malformed.map(({ range, message }) =>
        diagnostic(document, range, DiagnosticSeverity.Error, 'front-matter-malformed', message),
      ),
      ...known.map(({ range, message }) =>
        diagnostic(document, range, DiagnosticSeverity.Warning, 'front-matter-value', message),
      ),
    ];
  }
}

/** As it can be read with a word in the place of each placeholder, every offset kept; `undefined` for a program. */
function filledIn(text: string, frontMatter: FrontMatter): FrontMatter | undefined {
  const written = text.slice(0, frontMatter.range.end);
  if (instruction.test(written)) return undefined;
  const filled = written.replace(placeholder, (whole) => whole.replace(/\W/g, 'x'));
  return filled === written ? frontMatter : parseFrontMatter(filled);
}
