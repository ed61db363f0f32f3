import { channels } from '../ticket.ts';
import { spanOf, type Calendar } from './dates.ts';
import { hasValues, isValues } from './operators.ts';
import type { Clause, Condition, Query, QueryProblem, Test, WordField } from './query.ts';
import { splitTerms, type Term, type Value } from './terms.ts';

export interface QueryContext {
  calendar: Calendar;
  /** Those that `account:` can name. */
  accounts: readonly { id: string; label: string }[];
}

/** More nobody means, and each costs time. */
const mostClauses = 32;

/**
 * Understands what was typed: words and `"phrases"` that all must be there, `operator:value`, several values after
 * commas, `-` or `NOT` before what must not be, `OR` between alternatives. Never fails: what it can't understand is
 * left out and told. A word that the text ends with may be
 * the beginning of one.
 */
export function parseQuery(text: string, context: QueryContext): Query {
  const { terms, problems } = splitTerms(text);
  const clauses: Clause[] = [];
  /** What the term before came to. */
  let last: Clause[] = [];
  for (const term of terms) {
    const conditions: Condition[] = [];
    for (const value of term.values) {
      const test = testOf(term, value, value.end === text.length && !value.quoted, context);
      if (test) conditions.push({ negated: term.negated, test });
      else problems.push(unknown(term, value));
    }
    const [first, ...others] = conditions;
    if (!first) continue;
    const own = term.negated ? conditions.map((one): Clause => [one]) : [[first, ...others] as const];
    if (term.alternative && last.length > 0) {
      clauses.splice(-last.length);
      last = last.flatMap((before) => own.map((one): Clause => [...before, ...one])).slice(0, mostClauses);
    } else last = own;
    clauses.push(...last);
  }
  return { clauses: clauses.slice(0, mostClauses), problems: problems.sort((a, b) => a.start - b.start) };
}

/** Mere words, nothing of which is an operator: all of them, the last one as a beginning. */
export function wordsQuery(text: string): Query {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return {
    problems: [],
    clauses: words
      .slice(0, mostClauses)
      .map((word, index): Clause => [
        { negated: false, test: { type: 'words', words: word, prefix: index === words.length - 1 } },
      ]),
  };
}

function testOf(term: Term, value: Value, last: boolean, context: QueryContext): Test | undefined {
  const lower = value.text.toLowerCase();
  const operator = term.operator?.name;
  switch (operator) {
    case 'is': {
      if (lower === 'breached') return { type: 'due', before: context.calendar.now };
      const flag = isValues.find((one) => one === lower);
      return flag && flag !== 'breached' ? { type: 'flag', flag } : undefined;
    }
    case 'has': {
      const flag = hasValues.find((one) => one === lower);
      return flag && { type: 'flag', flag };
    }
    case 'channel': {
      const channel = channels.find((one) => one === lower);
      return channel && { type: 'channel', channel };
    }
    case 'tier':
      return /^[1-3]$/.test(lower) ? { type: 'tier', tier: Number(lower) } : undefined;
    case 'before': {
      const span = spanOf(lower, context.calendar);
      return span && { type: 'changed', until: span.from };
    }
    case 'after': {
      const span = spanOf(lower, context.calendar);
      return span && { type: 'changed', from: span.from };
    }
    case 'due': {
      const span = spanOf(lower, context.calendar);
      return span && { type: 'due', before: span.until };
    }
    case 'account': {
      const ids = context.accounts
        .filter(({ id, label }) => id === lower || label.toLowerCase().startsWith(lower))
        .map(({ id }) => id);
      return ids.length > 0 ? { type: 'account', ids } : undefined;
    }
    case 'from':
      return lower === 'me' ? { type: 'me', role: 'requester' } : wordsTest(value, last, 'requester');
    case 'to':
      if (lower === 'none') return { type: 'flag', flag: 'unassigned' };
      return lower === 'me' ? { type: 'me', role: 'assignee' } : wordsTest(value, last, 'assignee');
    case 'escalated-by':
      return lower === 'me' ? { type: 'me', role: 'escalator' } : undefined;
    case 'priority':
      return /^[1-4]$/.test(lower)
        ? { type: 'words', field: 'priority', words: `p${lower}`, prefix: false }
        : wordsTest(value, last, 'priority');
    case 'status':
    case 'team':
    case 'tag':
    case 'key':
    case 'subject':
      return wordsTest(value, last, operator);
    case undefined:
      return wordsTest(value, last);
  }
}

function wordsTest(value: Value, last: boolean, field?: WordField): Test {
  const words = value.quoted ? value.text : value.text.replace(/\*+$/, '');
  const prefix = !value.quoted && (last || words !== value.text);
  return { type: 'words', ...(field && { field }), words, prefix };
}

function unknown(term: Term, value: Value): QueryProblem {
  return {
    reason: 'unknown-value',
    ...(term.operator && { operator: term.operator.written }),
    value: value.text,
    start: value.start,
    end: value.end,
  };
}
