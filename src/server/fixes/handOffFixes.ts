import type { CodeAction } from 'vscode-languageserver/node';
import { findSection, sectionsOf } from '../../runbooks/sections.ts';
import { editFix, type Broken } from './fix.ts';

/** That nobody knows is an answer too, and better than a heading with nothing below it. */
export function handOffSection(broken: Broken): CodeAction[] {
  const { outline, diagnostic } = broken;
  const { text } = outline;
  const heading = String(diagnostic.data);
  const section = findSection(sectionsOf(outline), heading);
  if (section) {
    const { start } = section.body;
    const lead = text.slice(0, start).endsWith('\n') ? '\n' : '\n\n';
    return [
      editFix(broken, 'Say that it is not known', [{ start, end: start, text: `${lead}Not known.\n` }]),
    ];
  }
  const hint = text.indexOf('<!-- Not sent:');
  const start = hint === -1 ? text.length : hint;
  return [
    editFix(broken, `Add the section "${heading}"`, [{ start, end: start, text: `### ${heading}\n\n\n\n` }]),
  ];
}
