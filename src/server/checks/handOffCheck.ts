import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { parseHandOff, sectionsLacking, type HandOffSection } from '../../desk/handOff.ts';
import { parseHandBack } from '../../desk/handBack.ts';
import { valueOf } from '../../runbooks/frontMatter.ts';
import { findSection, sectionsOf } from '../../runbooks/sections.ts';
import { withoutComments } from '../../replies/passages.ts';
import { diagnostic, headOf, type Check, type CheckedDocument } from './check.ts';

/** What the next tier will ask where a section says nothing. */
const questions: Record<HandOffSection, string> = {
  situation: 'What happens, since when, and what exactly does it say?',
  environment: 'On which machine, with which version, in which network?',
  tried: 'What was tried, and what came of it?',
  hypothesis: 'What do you think it is, and why?',
  impact: 'Whom does it hurt, and how badly?',
  verifyFirst: 'What should the next tier look at first? One line each.',
  references: 'Which runbooks, tickets and files belong to it?',
};

/** Sections of a hand-off that say nothing; those that its team requires weigh more. */
export class HandOffCheck implements Check {
  readonly #requiredBy: (team: string) => readonly string[];

  constructor(requiredBy: (team: string) => readonly string[]) {
    this.#requiredBy = requiredBy;
  }

  run(checked: CheckedDocument): Diagnostic[] {
    const { document, outline } = checked;
    if (!document.uri.startsWith('deskside-draft:')) return [];
    const text = withoutComments(document.getText().slice(outline.frontMatter?.range.end ?? 0));
    const handOff = parseHandBack(text) ? undefined : parseHandOff(text);
    if (!handOff) return [];
    const value = (field: string) => valueOf(outline.frontMatter, field) ?? '';
    const recipients = (value('swarm') || value('team') || value('manager')).split(/,\s*/);
    const sections = sectionsOf(outline);
    return sectionsLacking(handOff).map(({ id, heading }) => {
      const wanted = recipients.find((name) => this.#requiredBy(name).includes(id));
      const found = findSection(sections, heading);
      const said = wanted ? `${wanted} wants "${heading}" filled in.` : `"${heading}" says nothing yet.`;
      return diagnostic(
        document,
        found?.heading.range ?? headOf(checked),
        wanted ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
        wanted ? 'hand-off-required' : 'hand-off-empty',
        `${said} ${questions[id]}`,
        heading,
      );
    });
  }
}
