import { valueOf, valuesOf, type FrontMatter } from './frontMatter.ts';
import { outline, type MarkdownOutline } from './markdown.ts';

/** What a Markdown file says about itself. */
export interface DocumentInfo {
  id?: string;
  title: string;
  tickets: readonly string[];
}

/** The title is the front matter's, the first heading, or the file's name: the first of these there is. */
export function describeDocument(text: string, path: string): DocumentInfo {
  return describeOutline(outline(text), path);
}

export function describeOutline({ frontMatter, headings }: MarkdownOutline, path: string): DocumentInfo {
  const id = valueOf(frontMatter, 'id');
  const title =
    valueOf(frontMatter, 'title') ?? headings.find(({ text }) => text !== '')?.text ?? fileName(path);
  return { ...(id !== undefined && { id }), title, tickets: ticketsOf(frontMatter) };
}

export function ticketsOf(frontMatter: FrontMatter | undefined): readonly string[] {
  return valuesOf(frontMatter, 'tickets');
}

/** A file's name, without the ending of Markdown. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:md|markdown)$/i, '');
}
