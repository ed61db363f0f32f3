import type { Entry } from '../desk/entry.ts';
import type { DocumentRef } from '../desk/links.ts';
import type { Ticket } from '../desk/ticket.ts';
import { conversationText, documentText, neededFor } from './comparedText.ts';
import { ticketsOf } from './document.ts';
import { valuesOf } from './frontMatter.ts';
import { outline } from './markdown.ts';
import { TextIndex } from './textIndex.ts';
import { wordsOf } from './words.ts';

type Described = Pick<Ticket, 'key' | 'subject' | 'tags' | 'assets'>;

export interface Suggestible {
  ref: Pick<DocumentRef, 'title'>;
  text: string;
}

const mostSuggested = 5;
/** A document about the same has so many of the words of a ticket's subject, and such a part of them. */
const fewestShared = 2;
const mostOfThem = 0.6;

/** The documents likeliest to help with a ticket, best first; those that name it come before all others. */
export function suggest<D extends Suggestible>(
  ticket: Described,
  entries: readonly Entry[],
  documents: readonly D[],
): D[] {
  const index = new TextIndex();
  const naming = new Set<number>();
  const needed = neededFor(ticket);
  const needs: number[] = [];
  documents.forEach(({ ref, text }, number) => {
    const { frontMatter, prose } = outline(text);
    const values = (field: string) => valuesOf(frontMatter, field);
    index.put(number, documentText(ref.title, values, prose));
    needs[number] = needed(ref.title, values);
    if (ticketsOf(frontMatter).includes(ticket.key)) naming.add(number);
  });
  const found = index.find(conversationText(ticket, entries), documents.length);
  const best = found[0]?.score ?? 0;
  const numbers = [
    ...found.filter(({ number }) => naming.has(number)).map(({ number }) => number),
    ...naming,
    ...found.filter(({ number, score }) => score >= best * (needs[number] ?? 1)).map(({ number }) => number),
  ];
  return [...new Set(numbers)].slice(0, mostSuggested).flatMap((number) => documents[number] ?? []);
}

/**
 * Documents that seem to be about a ticket's trouble already: those of the suggested ones that name the ticket, or
 * whose title and symptoms have most words of its subject.
 */
export function alreadyWritten<D extends Suggestible>(
  ticket: Described,
  entries: readonly Entry[],
  documents: readonly D[],
): D[] {
  const asked = new Set(wordsOf(ticket.subject));
  return suggest(ticket, entries, documents).filter(({ ref, text }) => {
    const { frontMatter } = outline(text);
    if (ticketsOf(frontMatter).includes(ticket.key)) return true;
    const said = new Set([ref.title, ...valuesOf(frontMatter, 'symptoms')].flatMap(wordsOf));
    const shared = [...asked].filter((word) => said.has(word)).length;
    return shared >= fewestShared && shared >= asked.size * mostOfThem;
  });
}
