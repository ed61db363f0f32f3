import { fold } from '../desk/plainText.ts';
import type { Query } from '../desk/query/query.ts';

/** UTF-16 units around what was found. */
const before = 40;
const length = 160;

/** The part of `text` where the first of the words is that the query looks for; empty if it has none of them. */
export function excerptOf(text: string, query: Query): string {
  const at = wordsOf(query)
    .map((word) => positionOf(word, text))
    .filter((position) => position >= 0);
  if (at.length === 0) return '';
  const first = Math.min(...at);
  const start = first <= before ? 0 : wordStart(text, first - before);
  const part = text.slice(start, start + length);
  const end = start + length < text.length ? part.replace(/\s\S*$/, '') : part;
  return `${start > 0 ? '…' : ''}${end.replace(/\s+/g, ' ').trim()}${start + length < text.length ? '…' : ''}`;
}

function wordsOf({ clauses }: Query): string[] {
  return clauses
    .flat()
    .flatMap(({ negated, test }) =>
      !negated && test.type === 'words' && test.field === undefined ? [test.words.toLowerCase()] : [],
    );
}

/** As it is written; otherwise without regard to accents, where one place is as good as another a few letters away. */
function positionOf(word: string, text: string): number {
  const exact = text.toLowerCase().indexOf(word);
  return exact >= 0 ? exact : fold(text).indexOf(fold(word));
}

function wordStart(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 || space > from + before ? from : space + 1;
}
