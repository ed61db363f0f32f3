import { operatorOf, type Operator } from './operators.ts';
import type { QueryProblem } from './query.ts';

export interface Value {
  text: string;
  quoted: boolean;
  start: number;
  end: number;
}

/** One part of what was typed: words, or an operator with its values. */
export interface Term {
  negated: boolean;
  /** Joined to the term before it by `OR`. */
  alternative: boolean;
  /** Absent for mere words, which are the only value. An operator may have none yet. */
  operator?: { name: Operator; written: string };
  values: Value[];
  start: number;
  end: number;
}

const quotes = '"“”„';

/** Splits what was typed at spaces, outside quotes. Whatever it is, it is split somehow: the rest is in `problems`. */
export function splitTerms(text: string): { terms: Term[]; problems: QueryProblem[] } {
  const terms: Term[] = [];
  const problems: QueryProblem[] = [];
  let negated = false;
  let alternative = false;
  for (let at = skipSpaces(text, 0); at < text.length; at = skipSpaces(text, at)) {
    const keyword = /(?:AND|OR|NOT)(?!\S)/y;
    keyword.lastIndex = at;
    const word = keyword.exec(text)?.[0];
    if (word !== undefined) {
      if (word === 'NOT') negated = true;
      if (word === 'OR') alternative = terms.length > 0;
      at += word.length;
      continue;
    }
    const { term, problem } = readTerm(text, at);
    if (problem) problems.push(problem);
    term.negated ||= negated;
    term.alternative = alternative;
    negated = alternative = false;
    terms.push(term);
    at = Math.max(term.end, at + 1);
  }
  return { terms, problems };
}

function readTerm(text: string, start: number): { term: Term; problem?: QueryProblem } {
  let at = start;
  const negated = text[at] === '-' && /\S/.test(text[at + 1] ?? '');
  if (negated) at += 1;
  const pattern = /(\p{L}[\p{L}-]*):/uy;
  pattern.lastIndex = at;
  const written = pattern.exec(text)?.[1];
  const name = written === undefined ? undefined : operatorOf(written);
  const term: Term = { negated, alternative: false, values: [], start, end: at };
  if (written === undefined || name === undefined) {
    const { value, closed } = readValue(text, at, /\s/);
    term.end = value.end;
    term.values.push(value);
    if (!closed) return { term, problem: unclosed(start, term.end) };
    if (written === undefined || /^[\\/]/.test(text.slice(at + written.length + 1))) return { term };
    return { term, problem: { reason: 'unknown-operator', operator: written, start, end: term.end } };
  }
  term.operator = { name, written };
  at += written.length + 1;
  let open = false;
  do {
    const { value, closed } = readValue(text, at, /[\s,]/);
    open ||= !closed;
    if (value.text !== '') term.values.push(value);
    at = value.end;
  } while (text[at++] === ',');
  term.end = at - 1;
  if (open) return { term, problem: unclosed(start, term.end) };
  if (term.values.length > 0) return { term };
  return { term, problem: { reason: 'no-value', operator: written, start, end: term.end } };
}

/** A value in quotes, or up to what `ends` it. */
function readValue(text: string, start: number, ends: RegExp): { value: Value; closed: boolean } {
  if (quotes.includes(text[start] ?? ' ')) {
    let end = start + 1;
    while (end < text.length && !quotes.includes(text.charAt(end))) end += 1;
    const closed = end < text.length;
    const value = { text: text.slice(start + 1, end), quoted: true, start, end: closed ? end + 1 : end };
    return { value, closed };
  }
  let end = start;
  while (end < text.length && !ends.test(text.charAt(end))) end += 1;
  return { value: { text: text.slice(start, end), quoted: false, start, end }, closed: true };
}

function skipSpaces(text: string, at: number): number {
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}

function unclosed(start: number, end: number): QueryProblem {
  return { reason: 'unclosed-quote', start, end };
}
