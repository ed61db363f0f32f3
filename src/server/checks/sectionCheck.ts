import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { valueOf } from '../../runbooks/frontMatter.ts';
import { runbookSections } from '../../runbooks/runbookTemplate.ts';
import { findSection, isEmpty, sectionsOf } from '../../runbooks/sections.ts';
import { diagnostic, headOf, type Check, type CheckedDocument } from './check.ts';

/** Without these nobody can follow a runbook at night. */
const needed = runbookSections.filter(({ id }) =>
  ['issue', 'steps', 'verify', 'rollBack', 'escalate'].includes(id),
);

/** Sections that a document of type `runbook` lacks, or that say nothing. */
export class SectionCheck implements Check {
  run(checked: CheckedDocument): Diagnostic[] {
    const { document, outline } = checked;
    const { frontMatter } = outline;
    if (valueOf(frontMatter, 'type') !== 'runbook' || valueOf(frontMatter, 'confidence') === 'archived')
      return [];
    const sections = sectionsOf(outline);
    const found = needed.map(({ heading, hint }) => ({
      heading,
      hint,
      section: findSection(sections, heading),
    }));
    const missing = found.flatMap(({ heading, section }) => (section === undefined ? heading : []));
    const { Information } = DiagnosticSeverity;
    const empty = found.flatMap(({ heading, hint, section }) => {
      if (section === undefined || !isEmpty(outline.text, section)) return [];
      const message = `The section "${heading}" is empty. ${hint}`;
      return [diagnostic(document, section.heading.range, Information, 'empty-section', message)];
    });
    if (missing.length === 0) return empty;
    const message = `Missing: ${missing.map((name) => `"${name}"`).join(', ')}. Whoever follows this will look for it.`;
    return [
      diagnostic(document, headOf(checked), Information, 'missing-section', message, missing),
      ...empty,
    ];
  }
}
