import type { DocumentNames } from './documentRecord.ts';

/** Which documents name what: each relation keyed by what is named, so that an edit touches only what it changes. */
export class DocumentGraph<D extends DocumentNames> {
  readonly #byId = new Postings<D>();
  readonly #bySuperseded = new Postings<D>();
  readonly #byTicket = new Postings<D>();
  readonly #byTarget = new Postings<D>();

  /** `names` are the document's own, where they are at hand already. */
  add(document: D, names: DocumentNames = document): void {
    this.#each(names, (postings, key) => postings.add(key, document));
  }

  remove(document: D): void {
    this.#each(document, (postings, key) => postings.remove(key, document));
  }

  withId(id: string): readonly D[] {
    return this.#byId.get(id);
  }

  superseding(id: string): readonly D[] {
    return this.#bySuperseded.get(id);
  }

  /** In their text or in their front matter. */
  naming(ticketKey: string): readonly D[] {
    return [...new Set(this.#byTicket.get(ticketKey))];
  }

  /** Those with a link that ends in the same file name: which of them mean this very file is for the caller to see. */
  mayLinkTo(path: string): readonly D[] {
    return [...new Set(this.#byTarget.get(targetName(path)))];
  }

  ids(): Iterable<string> {
    return this.#byId.keys();
  }

  #each(names: DocumentNames, act: (postings: Postings<D>, key: string) => void): void {
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

class Postings<D> {
  readonly #lists = new Map<string, D[]>();

  add(key: string, document: D): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [document]);
    else list.push(document);
  }

  remove(key: string, document: D): void {
    const list = this.#lists.get(key);
    const at = list?.indexOf(document) ?? -1;
    if (list === undefined || at === -1) return;
    const last = list.pop();
    if (last !== undefined && at < list.length) list[at] = last;
    if (list.length === 0) this.#lists.delete(key);
  }

  get(key: string): readonly D[] {
    return this.#lists.get(key) ?? [];
  }

  keys(): Iterable<string> {
    return this.#lists.keys();
  }
}
