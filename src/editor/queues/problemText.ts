import type { QueryProblem } from '../../desk/query/query.ts';
import type { Translate } from '../translate.ts';

/** What of a query was not understood, and so is left out of it. */
export function problemText({ reason, operator = '', value = '' }: QueryProblem, t: Translate): string {
  switch (reason) {
    case 'unknown-operator':
      return t('“{0}:” is no operator.', operator);
    case 'unknown-value':
      return t('“{0}:” does not know “{1}”.', operator, value);
    case 'no-value':
      return t('“{0}:” has no value yet.', operator);
    case 'unclosed-quote':
      return t('A quotation mark is missing at the end.');
  }
}
