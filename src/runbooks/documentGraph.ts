import { sameItems, type DocumentNames } from './documentRecord.ts';

/**
 * Which documents name what: each relation keyed by what is named, so that an edit touches only what it changes.
 * Documents are numbered: lists of numbers cost the collector of garbage nothing, however many there are.
 */
export class DocumentGraph<D extends DocumentNames> {
  readonly #documents: (D | undefined)[] = [];
  readonly #numbers = new Map<D, number>();
  readonly #free: number[] = [];
  readonly #byId = new Postings();
  readonly #bySuperseded = new Postings();
  readonly #byTicket = new Postings();
  readonly #byTarget = new Postings();

  /** `names` are the document's own, where they are at hand already. */
  add(document: D, names: DocumentNames = document): void {
    const number = this.#free.pop() ?? this.#documents.length;
    this.#documents[number] = document;
    this.#numbers.set(document, number);
    this.#each(names, (postings, key) => postings.add(key, number));
  }

  /** A document as it is now takes the place of what it was. */
  replace(before: D, after: D, names: DocumentNames = after): void {
    const number = this.#numbers.get(before);
    if (number === undefined) return;
    this.#numbers.delete(before);
    this.#numbers.set(after, number);
    this.#documents[number] = after;
    if (sameNames(before, names)) return;
    this.#each(before, (postings, key) => postings.remove(key, number));
    this.#each(names, (postings, key) => postings.add(key, number));
  }

  remove(document: D): void {
    const number = this.#numbers.get(document);
    if (number === undefined) return;
    this.#numbers.delete(document);
    this.#documents[number] = undefined;
    this.#free.push(number);
    this.#each(document, (postings, key) => postings.remove(key, number));
  }

  withId(id: string): readonly D[] {
    return this.#documentsIn(this.#byId.get(id));
  }

  superseding(id: string): readonly D[] {
    return this.#documentsIn(this.#bySuperseded.get(id));
  }

  /** In their text or in their front matter. */
  naming(ticketKey: string): readonly D[] {
    return this.#documentsIn(this.#byTicket.get(ticketKey));
  }

  /** Those with a link that ends in the same file name: which of them mean this very file is for the caller to see. */
  mayLinkTo(path: string): readonly D[] {
    return this.#documentsIn(this.#byTarget.get(targetName(path)));
  }

  ids(): Iterable<string> {
    return this.#byId.keys();
  }

  /** Each once, though it may name the same several times. */
  #documentsIn(numbers: readonly number[]): D[] {
    return [...new Set(numbers)].flatMap((number) => this.#documents[number] ?? []);
  }

  #each(names: DocumentNames, act: (postings: Postings, key: string) => void): void {
    if (names.id !== undefined) act(this.#byId, names.id);
    for (const id of names.supersedes) act(this.#bySuperseded, id);
    for (const key of names.tickets) act(this.#byTicket, key);
    for (const key of names.keys) act(this.#byTicket, key);
    for (const target of names.links) {
      const name = targetName(target);
      if (name !== '') act(this.#byTarget, name);
    }
  }
}

function sameNames(a: DocumentNames, b: DocumentNames): boolean {
  const lists = ['supersedes', 'tickets', 'keys', 'links'] as const;
  return a.id === b.id && lists.every((list) => sameItems(a[list], b[list]));
}

/** The last name of a path or link target, without `.md`, fragment and query. */
function targetName(target: string): string {
  const fragment = target.search(/[#?]/);
  const file = fragment === -1 ? target : target.slice(0, fragment);
  let name = file.slice(file.lastIndexOf('/') + 1);
  if (name.endsWith('.md')) name = name.slice(0, -3);
  return name.includes('%') ? decoded(name) : name;
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Postings {
  readonly #lists = new Map<string, number[]>();

  add(key: string, number: number): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [number]);
    else list.push(number);
  }

  remove(key: string, number: number): void {
    const list = this.#lists.get(key);
    const at = list?.indexOf(number) ?? -1;
    if (list === undefined || at === -1) return;
    const last = list.pop();
    if (last !== undefined && at < list.length) list[at] = last;
    if (list.length === 0) this.#lists.delete(key);
  }

  get(key: string): readonly number[] {
    return this.#lists.get(key) ?? [];
  }

  keys(): Iterable<string> {
    return this.#lists.keys();
  }
}
