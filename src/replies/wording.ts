import type { Root, Sentence } from 'nlcst';
import { search } from 'nlcst-search';
import { toString } from 'nlcst-to-string';
import retextEnglish from 'retext-english';
import retextRepeatedWords from 'retext-repeated-words';
import retextSimplify from 'retext-simplify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { ordinaryWords, tonePhrases } from './wordingRules.ts';

/** Something in a reply that could be said better. */
export interface Wording {
  kind: 'plain-language' | 'tone' | 'repeated-word';
  /** In UTF-16 units, `end` is outside. */
  range: { start: number; end: number };
  message: string;
  /** What could stand in its place, the likeliest first. */
  instead: readonly Instead[];
}

/** Another text for a part of what was found, whose places are counted from its beginning; empty text takes it out. */
export interface Instead {
  start: number;
  end: number;
  text: string;
}

/** Longer texts are logs that were pasted. */
const longestText = 20_000;
/** In words. Plain-language guides want 15 to 20 on average. */
const longestSentence = 35;
/** So many words in capitals one after the other are shouting; fewer may be names of things. */
const fewestShouted = 4;
/** Such a part of an English text are the commonest words. */
const englishShare = 0.2;
const fewestWords = 4;

const commonest = new Set(
  'the and you your to of is a in for that it we this on with have are be will not can i as at has was our please'.split(
    ' ',
  ),
);

const reader = unified()
  .use(retextEnglish)
  .use(retextSimplify, { ignore: ordinaryWords })
  .use(retextRepeatedWords);

/**
 * What a requester would find hard to read or unkind, in the order of the text. `prose` is Markdown whose code and
 * comments are blanked out. Only English is judged: of anything else nothing is said.
 */
export function findWording(prose: string): Wording[] {
  const text = ownWords(prose.slice(0, longestText));
  if (!isEnglish(text)) return [];
  const file = new VFile(text);
  const tree = reader.parse(file);
  reader.runSync(tree, file);
  const found = [...said(file), ...unkind(tree), ...longSentences(tree), ...loud(text)];
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** What a program says, say: within a line, between quotation marks. */
const quotation = /"[^"\n]{2,200}"|“[^”\n]{2,200}”/g;

/** Quotes, tables and addresses are nobody's own words; each item of a list begins anew. Every offset is kept. */
function ownWords(prose: string): string {
  const blank = (part: string) => ' '.repeat(part.length);
  return prose
    .replace(/\r/g, ' ')
    .replace(/^[ \t]*[>|].*$/gm, blank)
    .replace(quotation, (quote) => `${quote.charAt(0)}${blank(quote.slice(2))}${quote.slice(-1)}`)
    .replace(/\b[a-z]+:\/\/\S+|\]\([^()\n]*\)/gi, blank)
    .replace(/^[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]+/gm, (mark) => '\n'.repeat(mark.length));
}

function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return (
    words.length >= fewestWords &&
    words.filter((word) => commonest.has(word)).length >= words.length * englishShare
  );
}

/** What the libraries found. */
function said(file: VFile): Wording[] {
  return file.messages.flatMap(({ place, source, actual = '', expected = [] }) => {
    if (place === undefined || !('start' in place)) return [];
    const range = { start: place.start.offset ?? 0, end: place.end.offset ?? 0 };
    if (source === 'retext-repeated-words') {
      return {
        kind: 'repeated-word' as const,
        range,
        message: `"${actual}": once is enough.`,
        instead: expected.map((text) => inPlaceOf(actual, text)),
      };
    }
    const choices = expected.map((one) => `"${one}"`).join(', ');
    const message =
      choices === '' ? `It says as much without "${actual}".` : `Plainer than "${actual}": ${choices}.`;
    const instead = expected.length === 0 ? [''] : expected;
    return {
      kind: 'plain-language' as const,
      range,
      message,
      instead: instead.map((text) => inPlaceOf(actual, text)),
    };
  });
}

function unkind(tree: Root): Wording[] {
  const found: Wording[] = [];
  search(tree, Object.keys(tonePhrases), (nodes, _index, _parent, phrase) => {
    const rule = tonePhrases[phrase];
    const [first, last] = [nodes[0]?.position, nodes.at(-1)?.position];
    if (rule === undefined || first === undefined || last === undefined) return;
    const range = { start: first.start.offset ?? 0, end: last.end.offset ?? 0 };
    const written = toString(nodes);
    const { why, instead = [] } = rule;
    found.push({
      kind: 'tone',
      range,
      message: `"${written}" ${why}`,
      instead: instead.map((text) => inPlaceOf(written, text)),
    });
  });
  return found;
}

function longSentences(tree: Root): Wording[] {
  const found: Wording[] = [];
  visit(tree, 'SentenceNode', (sentence: Sentence) => {
    const words = sentence.children.filter(({ type }) => type === 'WordNode').length;
    const { position } = sentence;
    if (words <= longestSentence || position === undefined) return;
    found.push({
      kind: 'plain-language',
      range: { start: position.start.offset ?? 0, end: position.end.offset ?? 0 },
      message: `A sentence of ${words} words: two are easier to follow.`,
      instead: inTwo(toString(sentence)),
    });
  });
  return found;
}

/** Cuts a sentence at the "and", "but" or "so" behind a comma that is nearest to its middle. */
function inTwo(sentence: string): Instead[] {
  const cuts = [...sentence.matchAll(/,\s+(?:and\s+(\S)|(but|so)(?=\s))/g)];
  const middle = sentence.length / 2;
  const [cut] = cuts.sort((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle));
  if (cut === undefined) return [];
  const [written, letter, joint] = cut;
  const text = `. ${capitalised(letter ?? joint ?? '')}`;
  return [{ start: cut.index, end: cut.index + written.length, text }];
}

function loud(text: string): Wording[] {
  const shouted = new RegExp(`\\b\\p{Lu}{2,}(?:[ \\t]+\\p{Lu}{2,}){${fewestShouted - 1},}\\b`, 'gu');
  const shouting = [...text.matchAll(shouted)].map(({ index, 0: written }): Wording => ({
    kind: 'tone',
    range: { start: index, end: index + written.length },
    message: 'Capitals read as shouting.',
    instead: [{ start: 0, end: written.length, text: written.toLowerCase() }],
  }));
  const insisting = [...text.matchAll(/([!?])[!?]+/g)].map(
    ({ index, 0: written, 1: mark = '' }): Wording => ({
      kind: 'tone',
      range: { start: index, end: index + written.length },
      message: `One "${mark}" is enough.`,
      instead: [{ start: 0, end: written.length, text: mark }],
    }),
  );
  return [...shouting, ...insisting];
}

/** All of what is written, with a capital letter where it has one. */
function inPlaceOf(written: string, text: string): Instead {
  return { start: 0, end: written.length, text: /^\p{Lu}/u.test(written) ? capitalised(text) : text };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
