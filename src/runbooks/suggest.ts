import type { DocumentRef } from '../desk/links.ts';
import type { Ticket } from '../desk/ticket.ts';
import { valuesOf, type FrontMatter } from './frontMatter.ts';
import { outline } from './markdown.ts';
import { wordsOf } from './words.ts';

export interface SuggestQuery {
  ticket: Pick<Ticket, 'key' | 'subject' | 'tags' | 'assets'>;
  /** What was said in the ticket, as plain text. */
  text: string;
}

export interface Suggestible {
  ref: Pick<DocumentRef, 'title'>;
  text: string;
}

/** How much of a ticket's text counts: beyond, it is logs and quoted mail. */
const queryLength = 4000;
/** BM25: how soon a repeated word stops counting, and how much a long document is held back. */
const saturation = 1.2;
const lengthPenalty = 0.75;
/** A document that says a word in its title says it as if this many times. */
const titleWeight = 3;
/** Less than this part of the best score is not worth showing. */
const worthShowing = 0.3;
/** A document about the same has so many of the words of a ticket's subject, and such a part of them. */
const fewestShared = 2;
const mostOfThem = 0.6;

/** The documents likeliest to help with a ticket, best first; those that name it come before all others. */
export function suggest<D extends Suggestible>(query: SuggestQuery, documents: readonly D[], limit = 5): D[] {
  const read = documents.map((document) => ({ document, ...readDocument(document) }));
  const rank = ranking(
    wordsOfQuery(query),
    read.map(({ words }) => words),
  );
  const scored = read.map(({ document, frontMatter }, at) => ({
    document,
    names: valuesOf(frontMatter, 'tickets').includes(query.ticket.key),
    score: rank(at),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return scored
    .filter(({ names, score }) => names || (score > 0 && score >= best * worthShowing))
    .sort((a, b) => Number(b.names) - Number(a.names) || b.score - a.score)
    .slice(0, limit)
    .map(({ document }) => document);
}

/**
 * Documents that seem to be about a ticket's trouble already: those of the suggested ones that name the ticket, or
 * whose title and symptoms have most words of its subject.
 */
export function alreadyWritten<D extends Suggestible>(query: SuggestQuery, documents: readonly D[]): D[] {
  const asked = new Set(wordsOf(query.ticket.subject));
  return suggest(query, documents).filter(({ ref, text }) => {
    const { frontMatter } = outline(text);
    if (valuesOf(frontMatter, 'tickets').includes(query.ticket.key)) return true;
    const said = new Set([ref.title, ...valuesOf(frontMatter, 'symptoms')].flatMap(wordsOf));
    const shared = [...asked].filter((word) => said.has(word)).length;
    return shared >= fewestShared && shared >= asked.size * mostOfThem;
  });
}

function wordsOfQuery({ ticket, text }: SuggestQuery): Map<string, number> {
  const weighted = [ticket.subject, ...ticket.tags, ...ticket.assets].flatMap(wordsOf);
  const weights = new Map<string, number>();
  for (const word of wordsOf(text.slice(0, queryLength))) weights.set(word, 1);
  for (const word of weighted) weights.set(word, titleWeight);
  return weights;
}

function readDocument({ ref, text }: Suggestible): {
  frontMatter: FrontMatter | undefined;
  words: Map<string, number>;
} {
  const { frontMatter, headings, prose } = outline(text);
  const words = new Map<string, number>();
  const add = (from: string, weight: number) => {
    for (const word of wordsOf(from)) words.set(word, (words.get(word) ?? 0) + weight);
  };
  add(ref.title, titleWeight);
  for (const field of ['tags', 'symptoms', 'services', 'environment']) {
    add(valuesOf(frontMatter, field).join(' '), titleWeight);
  }
  add(headings.map((heading) => heading.text).join(' '), 1);
  add(prose, 1);
  return { frontMatter, words };
}

/** BM25 over the given documents. */
function ranking(
  query: ReadonlyMap<string, number>,
  documents: readonly ReadonlyMap<string, number>[],
): (at: number) => number {
  const lengths = documents.map((words) => [...words.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const rarity = new Map<string, number>();
  for (const word of query.keys()) {
    const having = documents.filter((words) => words.has(word)).length;
    rarity.set(word, Math.log(1 + (documents.length - having + 0.5) / (having + 0.5)));
  }
  return (at) => {
    let score = 0;
    const held =
      saturation * (1 - lengthPenalty + lengthPenalty * ((lengths[at] ?? 0) / Math.max(1, average)));
    for (const [word, weight] of query) {
      const count = documents[at]?.get(word) ?? 0;
      if (count > 0)
        score += weight * (rarity.get(word) ?? 0) * ((count * (saturation + 1)) / (count + held));
    }
    return score;
  };
}
