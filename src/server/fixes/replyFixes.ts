import type { CodeAction } from 'vscode-languageserver/node';
import { editFix, underlined, type Broken } from './fix.ts';

const longestTitle = 40;

/** What could be said instead; what only takes words out takes their comma and space with them. */
export function wording(broken: Broken): CodeAction[] {
  const { start, end, text } = underlined(broken);
  const instead = (broken.diagnostic.data ?? []) as readonly string[];
  return instead.map((written) => {
    if (written !== '') {
      const title = written.length > longestTitle ? 'Make two sentences of it' : `Write "${written}"`;
      return editFix(broken, title, [{ start, end, text: written }]);
    }
    const behind = broken.document.getText().slice(end);
    const [space = '', letter = ''] = /^,?[ \t]*(\p{L}?)/u.exec(behind) ?? [];
    const next = /^\p{Lu}/u.test(text) ? letter.toUpperCase() : letter;
    return editFix(broken, 'Take it out', [{ start, end: end + space.length, text: next }]);
  });
}
