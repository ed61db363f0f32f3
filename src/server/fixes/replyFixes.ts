import type { CodeAction } from 'vscode-languageserver/node';
import type { Instead } from '../../replies/wording.ts';
import { editFix, underlined, type Broken } from './fix.ts';

/** What could be said instead; what only takes words out takes their comma and space with them. */
export function wording(broken: Broken): CodeAction[] {
  const { start, text } = underlined(broken);
  return ((broken.diagnostic.data ?? []) as readonly Instead[]).map((instead) => {
    const change = { start: start + instead.start, end: start + instead.end, text: instead.text };
    if (instead.text !== '') {
      const isWhole = instead.end - instead.start === text.length;
      return editFix(broken, isWhole ? `Write "${instead.text}"` : 'Make two sentences of it', [change]);
    }
    const behind = broken.document.getText().slice(change.end);
    const [gap = '', letter = ''] = /^,?[ \t]*(\p{L}?)/u.exec(behind) ?? [];
    const next = /^\p{Lu}/u.test(text) ? letter.toUpperCase() : letter;
    return editFix(broken, 'Take it out', [{ ...change, end: change.end + gap.length, text: next }]);
  });
}
