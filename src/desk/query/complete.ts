import { fold } from '../plainText.ts';
import { channels } from '../ticket.ts';
import {
  dateWords,
  dueWords,
  hasValues,
  isValues,
  operators,
  tierValues,
  type Operator,
} from './operators.ts';
import { splitTerms } from './terms.ts';

/** What there is to choose from in this desk: labels as the ticketing systems have them. */
export interface KnownValues {
  people: readonly string[];
  statuses: readonly string[];
  teams: readonly string[];
  tags: readonly string[];
  priorities: readonly string[];
  accounts: readonly string[];
}

export interface Completion {
  /** The operator with its colon, or a value. */
  label: string;
  operator: Operator;
  /** The whole text with it put in. */
  text: string;
}

/** How the end of what was typed can go on: an operator that begins so, or a value of the one that stands there. */
export function completions(text: string, known: KnownValues): Completion[] {
  const last = splitTerms(text).terms.at(-1);
  const term = last?.end === text.length ? last : undefined;
  const value = term?.values.find(({ end }) => end === text.length);
  const before = text.slice(0, value?.start ?? text.length);
  const typed = fold(value?.text ?? '');
  if (term?.operator) {
    const { name } = term.operator;
    return valuesOf(name, known)
      .filter((one) => fold(one).startsWith(typed) && fold(one) !== typed)
      .map((one) => ({ label: one, operator: name, text: `${before}${quoted(one)} ` }));
  }
  if (value?.quoted) return [];
  return operators
    .filter((name) => name.startsWith(typed))
    .map((name) => ({ label: `${name}:`, operator: name, text: `${before}${name}:` }));
}

function valuesOf(operator: Operator, known: KnownValues): readonly string[] {
  switch (operator) {
    case 'from':
      return ['me', ...known.people];
    case 'to':
      return ['me', 'none', ...known.people];
    case 'escalated-by':
      return ['me'];
    case 'status':
      return known.statuses;
    case 'team':
      return known.teams;
    case 'tag':
      return known.tags;
    case 'priority':
      return known.priorities;
    case 'account':
      return known.accounts;
    case 'is':
      return isValues;
    case 'has':
      return hasValues;
    case 'channel':
      return channels;
    case 'tier':
      return tierValues;
    case 'before':
    case 'after':
      return dateWords;
    case 'due':
      return dueWords;
    case 'key':
    case 'subject':
      return [];
  }
}

function quoted(value: string): string {
  return /[\s,]/.test(value) ? `"${value.replace(/["“”„]/g, '')}"` : value;
}
