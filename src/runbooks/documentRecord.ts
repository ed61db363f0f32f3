import { fileName } from './document.ts';
import { locateFrontMatter, parseFrontMatter, valuesOf, type FrontMatter } from './frontMatter.ts';
import type { MarkdownOutline } from './markdown.ts';
import { plainFields } from './plainFields.ts';
import { numbered, slugOf } from './slug.ts';

const betweenParts = '\u0001';
const betweenItems = '\u0002';

/**
 * What the index keeps of a Markdown file, as one flat text: it is what the cache holds too, and is taken apart only
 * where somebody asks. Ten thousand of them are some megabytes.
 */
export type DocumentRecord = string;

const parts = ['id', 'title', 'tickets', 'supersedes', 'keys', 'links', 'headings', 'frontMatter'] as const;
type Part = (typeof parts)[number];

/** What a document names, and is named by: what the graph is made of. */
export interface DocumentNames {
  id?: string | undefined;
  /** Ids of older documents that it takes the place of. */
  supersedes: readonly string[];
  /** Those its front matter lists. */
  tickets: readonly string[];
  /** Ticket keys in its text. */
  keys: readonly string[];
  /** Targets of links, as written, each once. */
  links: readonly string[];
}

/** `keysInText` are the ticket keys in its prose, each once. */
export function readRecord(
  outline: MarkdownOutline,
  keysInText: ReadonlySet<string>,
): { record: DocumentRecord; names: DocumentNames } {
  const { text, blocks } = outline;
  const located = locateFrontMatter(text);
  const yaml = located === undefined ? '' : text.slice(located.content.start, located.content.end);
  const values = fieldReader(yaml);
  const id = values('id')[0] ?? '';
  const [tickets, supersedes] = [values('tickets'), values('supersedes')];
  const keys = [...keysInText];
  const targets = new Set<string>();
  for (const { target } of outline.links) targets.add(target);
  const links = [...targets].filter((target) => !isAddress(target));
  const headings = blocks.headings.map((heading) => heading.text);
  const lists = [tickets, supersedes, keys, links, headings].map((items) => items.join(betweenItems));
  return {
    record: [id, values('title')[0] ?? '', ...lists, yaml].join(betweenParts),
    names: { id: id.trim() || undefined, supersedes, tickets, keys, links },
  };
}

function fieldReader(yaml: string): (name: string) => readonly string[] {
  if (yaml === '') return () => [];
  const plain = plainFields(yaml);
  if (plain !== undefined) return (name) => plain.get(name) ?? [];
  const frontMatter = parseFrontMatter(withFences(yaml));
  return (name) => valuesOf(frontMatter, name);
}

function withFences(yaml: string): string {
  return `---\n${yaml}---\n`;
}

/** `https:`, `mailto:` and the like: not a file of the workspace. */
export function isAddress(target: string): boolean {
  const colon = target.indexOf(':');
  return (colon > 1 && /^[a-z][a-z0-9+.-]+:/i.test(target)) || target.startsWith('//');
}

/** A document of the index, read from its record piece by piece. */
export class IndexedDocument implements DocumentNames {
  /** The file's path, or the URI of a document that is no file. */
  readonly path: string;
  readonly record: DocumentRecord;
  #parts: string[] | undefined;
  #values: ((name: string) => readonly string[]) | undefined;
  #slugs: ReadonlySet<string> | undefined;
  #frontMatter: { value: FrontMatter | undefined } | undefined;

  constructor(path: string, record: DocumentRecord) {
    this.path = path;
    this.record = record;
  }

  get id(): string | undefined {
    return this.#part('id').trim() || undefined;
  }

  get title(): string {
    const heading = () => this.headings.find((text) => text !== '');
    return this.#part('title').trim() || (heading() ?? fileName(this.path));
  }

  get tickets(): readonly string[] {
    return this.#items('tickets');
  }

  get keys(): readonly string[] {
    return this.#items('keys');
  }

  get supersedes(): readonly string[] {
    return this.#items('supersedes');
  }

  get links(): readonly string[] {
    return this.#items('links');
  }

  get headings(): readonly string[] {
    return this.#part('headings') === '' ? [] : this.#part('headings').split(betweenItems);
  }

  get slugs(): ReadonlySet<string> {
    if (this.#slugs === undefined) {
      const seen = new Map<string, number>();
      this.#slugs = new Set(this.headings.map((text) => numbered(slugOf(text), seen)));
    }
    return this.#slugs;
  }

  /** All values of a field of the front matter. */
  values(field: string): readonly string[] {
    this.#values ??= fieldReader(this.#part('frontMatter'));
    return this.#values(field);
  }

  get frontMatter(): FrontMatter | undefined {
    this.#frontMatter ??= { value: this.#readFrontMatter() };
    return this.#frontMatter.value;
  }

  #readFrontMatter(): FrontMatter | undefined {
    const yaml = this.#part('frontMatter');
    return yaml === '' ? undefined : parseFrontMatter(withFences(yaml));
  }

  #items(part: Part): readonly string[] {
    const text = this.#part(part);
    return text === '' ? [] : text.split(betweenItems);
  }

  #part(part: Part): string {
    this.#parts ??= this.record.split(betweenParts);
    return this.#parts[parts.indexOf(part)] ?? '';
  }
}

export function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
