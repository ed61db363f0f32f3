import type { Heading, MarkdownOutline } from './markdown.ts';
import type { Range } from './textChange.ts';

export interface Section {
  heading: Heading;
  /** From below the heading to the next heading of the same or a higher level. */
  body: Range;
}

const deepestLevel = 6;

/** The parts of a document, each from its heading to the next one that is not below it. */
export function sectionsOf({ headings, text }: MarkdownOutline): Section[] {
  /** Where the next heading of each level begins, as seen from the one that is looked at, from the last to the first. */
  const next = new Array<number>(deepestLevel + 1).fill(text.length);
  return headings
    .toReversed()
    .map((heading) => {
      const lineEnd = text.indexOf('\n', heading.range.end);
      const start = lineEnd === -1 ? text.length : lineEnd + 1;
      const end = Math.min(...next.slice(0, heading.level + 1));
      next[heading.level] = heading.range.start;
      return { heading, body: { start, end: Math.max(start, end) } };
    })
    .reverse();
}

/** A section by its heading, whatever its level, case and number. */
export function findSection(sections: readonly Section[], name: string): Section | undefined {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/^[\d.)\s]+/, '')
      .replace(/[-\s]+/g, ' ')
      .trim();
  return sections.find(({ heading }) => plain(heading.text) === plain(name));
}

/** Does it say nothing: no text, no code, no heading below it? */
export function isEmpty(text: string, { body }: Section): boolean {
  const written = text
    .slice(body.start, body.end)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^\s*(?:={2,}|-{2,})\s*$/gm, '');
  return written.trim() === '';
}
