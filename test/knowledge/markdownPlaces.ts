import MarkdownIt from 'markdown-it';
import { githubSlugifier } from 'vscode-markdown-languageservice';

interface Range {
  start: number;
  end: number;
}

export interface WrittenLink extends Range {
  target: string;
}

export interface WrittenHeading extends Range {
  slug: string;
}

/** What a Markdown text has, read by another program than ours: what that misses of a fault we want to see missed. */
export interface MarkdownPlaces {
  /** Of inline links and images; those whose place is not sure are left out. */
  links: WrittenLink[];
  /** The text of headings of the form `## Heading`. */
  headings: WrittenHeading[];
  /** Ends of paragraphs that lie in nothing else. */
  paragraphs: number[];
  /** Starts of the last line of code blocks with fences. */
  fences: number[];
}

const markdown = new MarkdownIt({ html: true });
markdown.normalizeLink = (url) => url;
const frontMatter = /^---\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$)/m;

export function placesIn(text: string): MarkdownPlaces {
  const offset = text.startsWith('---')
    ? (frontMatter.exec(text)?.[0].length ?? text.search(/\n\s*\n|$/))
    : 0;
  const body = text.slice(offset);
  const starts = [offset];
  for (const { index } of body.matchAll(/\n/g)) starts.push(offset + index + 1);
  const startOf = (line: number) => starts[line] ?? text.length;
  const places: MarkdownPlaces = { links: [], headings: [], paragraphs: [], fences: [] };
  const slugs = githubSlugifier.createBuilder();
  const tokens = markdown.parse(body, {});
  for (const [at, token] of tokens.entries()) {
    const [first = 0, last = 0] = token.map ?? [];
    const [start, end] = [startOf(first), startOf(last)];
    if (token.type === 'paragraph_open' && token.level === 0)
      places.paragraphs.push(start + text.slice(start, end).trimEnd().length);
    if (token.type === 'fence' && token.level === 0 && last - first > 2)
      places.fences.push(startOf(last - 1));
    if (token.type !== 'inline' || token.children === null) continue;
    for (const child of token.children) {
      const target = String(child.attrGet('href') ?? child.attrGet('src') ?? '');
      if (target === '') continue;
      const written = `](${target})`;
      const [before, after, ...more] = text.slice(start, end).split(written);
      if (before === undefined || after === undefined || more.length > 0) continue;
      places.links.push({
        target,
        start: start + before.length + 2,
        end: start + before.length + 2 + target.length,
      });
    }
    const before = tokens[at - 1];
    if (before?.type === 'heading_open') {
      const { value } = slugs.add(token.content);
      const written = /^(#{1,6} +)(\S.*?)\s*$/.exec(text.slice(start, end).trimEnd());
      if (before.level === 0 && written?.[1] !== undefined && written[2] !== undefined)
        places.headings.push({
          slug: value,
          start: start + written[1].length,
          end: start + written[1].length + written[2].length,
        });
    }
  }
  return places;
}
