import { completions, type Completion, type KnownValues } from '../../desk/query/complete.ts';
import { isEmpty, type Query, type QueryProblem } from '../../desk/query/query.ts';
import type { SearchHit } from '../../store/api.ts';
import type { Translate } from '../translate.ts';
import { ticketCount } from '../ticketCount.ts';

/** What the list of the search shows, from top to bottom. */
export type SearchRow =
  | { type: 'heading'; label: string }
  /** A search of before: taken up again when it is picked. */
  | { type: 'remembered'; text: string }
  | { type: 'completion'; completion: Completion }
  /** Says something, and does nothing. */
  | { type: 'notice'; icon: 'warning' | 'sync' | 'info'; label: string; detail?: string }
  | { type: 'hit'; hit: SearchHit };

export interface SearchState {
  text: string;
  query: Query;
  hits: readonly SearchHit[];
  remembered: readonly string[];
  known: KnownValues;
  /** Tickets that can't be found yet. */
  unindexed: number;
}

const mostCompletions = 8;
const mostRemembered = 10;

export function searchRows(state: SearchState, t: Translate): SearchRow[] {
  const { text, query, hits, remembered, known, unindexed } = state;
  const rows: SearchRow[] = [];
  const offered = /\S$/.test(text) ? completions(text, known) : [];
  if (offered.length > 0) {
    rows.push({ type: 'heading', label: t('Go on with') });
    rows.push(
      ...offered.slice(0, mostCompletions).map((completion) => ({ type: 'completion' as const, completion })),
    );
  }
  if (text.trim() === '' && remembered.length > 0) {
    rows.push({ type: 'heading', label: t('Searches of before') });
    rows.push(...remembered.map((one) => ({ type: 'remembered' as const, text: one })));
  }
  rows.push({ type: 'heading', label: isEmpty(query) ? t('Changed last') : t('Tickets') });
  // What is still being typed is no mistake yet.
  const problems = query.problems.filter(
    ({ reason, end }) => end < text.length || (offered.length === 0 && reason !== 'no-value'),
  );
  rows.push(...problems.map((problem) => problemRow(problem, t)));
  if (unindexed > 0) {
    rows.push({
      type: 'notice',
      icon: 'sync',
      label: t('Not searchable yet, being indexed anew: {0}', ticketCount(unindexed, t)),
    });
  }
  rows.push(...hits.map((hit) => ({ type: 'hit' as const, hit })));
  if (hits.length === 0) {
    rows.push({
      type: 'notice',
      icon: 'info',
      label: t('No ticket fits'),
      detail: t(
        'Try fewer words, the beginning of one, or another operator. Only tickets that are kept here are looked through.',
      ),
    });
  }
  return rows;
}

/** The newest first, each once. */
export function withRemembered(remembered: readonly string[], text: string): string[] {
  const search = text.trim();
  if (search === '') return [...remembered];
  return [search, ...remembered.filter((one) => one !== search)].slice(0, mostRemembered);
}

function problemRow({ reason, operator = '', value = '' }: QueryProblem, t: Translate): SearchRow {
  switch (reason) {
    case 'unknown-operator':
      return {
        type: 'notice',
        icon: 'warning',
        label: t('“{0}:” is no operator: it is looked for as it is written', operator),
      };
    case 'unknown-value':
      return {
        type: 'notice',
        icon: 'warning',
        label: t('“{0}:” does not know “{1}”: it is left out', operator, value),
      };
    case 'no-value':
      return { type: 'notice', icon: 'warning', label: t('“{0}:” has no value: it is left out', operator) };
    case 'unclosed-quote':
      return { type: 'notice', icon: 'info', label: t('The quotation is not closed: it goes on to the end') };
  }
}
