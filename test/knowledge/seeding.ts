import path from 'node:path';
import type { DiagnosticCode } from '../../src/server/checks/check.ts';
import { placesIn, type MarkdownPlaces, type WrittenLink } from './markdownPlaces.ts';

/** Where a fault is to be seen, and as what. */
export interface Expected {
  file: string;
  code: DiagnosticCode;
  start: number;
  end: number;
  /** `exact`: what is underlined is this. `around`: this, at most in its quotes. `lines`: it begins in one of its lines. */
  fit: 'exact' | 'around' | 'lines';
}

export interface Fault {
  kind: string;
  /** What was done, in a few words. */
  what: string;
  expected: Expected[];
}

/** The Markdown files of a copied folder while faults are put into them. Paths are relative, `/` as separator. */
export class Seeding {
  readonly texts: Map<string, string>;
  readonly random: () => number;
  readonly faults: Fault[] = [];
  /** Old and new name. */
  readonly moves = new Map<string, string>();
  /** Files in whose front matter there is a fault: a second one could hide the first. */
  readonly #spoilt = new Set<string>();
  readonly #places = new Map<string, MarkdownPlaces>();

  constructor(texts: ReadonlyMap<string, string>, random: () => number) {
    this.texts = new Map(texts);
    this.random = random;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  /** One of those that satisfy `isWanted`; looks at all in a random order. */
  pickWhere<T>(items: readonly T[], isWanted: (item: T) => boolean): T | undefined {
    const rest = [...items];
    while (rest.length > 0) {
      const [item] = rest.splice(Math.floor(this.random() * rest.length), 1);
      if (item !== undefined && isWanted(item)) return item;
    }
    return undefined;
  }

  get files(): string[] {
    return [...this.texts.keys()];
  }

  /** A file whose front matter is as it was; from then on it is not. */
  takeFrontMatter(): string | undefined {
    const file = this.pickWhere(this.files, (one) => !this.#spoilt.has(one));
    if (file !== undefined) this.#spoilt.add(file);
    return file;
  }

  text(file: string): string {
    return this.texts.get(file) ?? '';
  }

  places(file: string): MarkdownPlaces {
    let places = this.#places.get(file);
    if (places === undefined) this.#places.set(file, (places = placesIn(this.text(file))));
    return places;
  }

  /** The Markdown file that a link leads to, and the heading. */
  leadsTo(from: string, { target }: WrittenLink): { file: string; fragment: string } | undefined {
    const [written = '', fragment = ''] = target.split('#');
    if (/^[a-z]+:/i.test(target) || written.startsWith('/') || written.includes('%')) return undefined;
    const file = written === '' ? from : path.posix.join(path.posix.dirname(from), written);
    return this.texts.has(file) ? { file, fragment } : undefined;
  }

  isFaulty(file: string, { start, end }: { start: number; end: number }): boolean {
    return this.#expected(file).some((one) => one.start < end && start < one.end);
  }

  /** Puts text in the place of other text; what is expected behind it moves along. */
  replace(file: string, start: number, end: number, text: string): { start: number; end: number } {
    const old = this.text(file);
    this.texts.set(file, old.slice(0, start) + text + old.slice(end));
    this.#places.delete(file);
    const by = text.length - (end - start);
    for (const one of this.#expected(file)) {
      if (one.start < end) continue;
      one.start += by;
      one.end += by;
    }
    return { start, end: start + text.length };
  }

  /** The file is there under another name in the same folder. */
  move(file: string, name: string): void {
    this.moves.set(file, name);
    this.texts.set(name, this.text(file));
    this.texts.delete(file);
    for (const one of this.#expected(file)) one.file = name;
    if (this.#spoilt.delete(file)) this.#spoilt.add(name);
  }

  #expected(file: string): Expected[] {
    return this.faults.flatMap(({ expected }) => expected).filter((one) => one.file === file);
  }
}
