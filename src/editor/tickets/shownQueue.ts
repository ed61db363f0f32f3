import type { TicketFilter } from '../../store/api.ts';
import type { Translate } from '../translate.ts';

/** Which tickets the tree shows. */
export interface ShownQueue {
  /** Names it in what is remembered of it. */
  id: string;
  label: string;
  filter: Pick<TicketFilter, 'accountIds' | 'mine' | 'teams' | 'assigned' | 'query' | 'fits'>;
  /** It is about what is resolved and closed. */
  done?: boolean;
}

export function mineQueue(t: Translate): ShownQueue {
  return { id: 'mine', label: t('My tickets'), filter: { mine: true } };
}

export function allQueue(t: Translate): ShownQueue {
  return { id: 'all', label: t('All tickets'), filter: {} };
}
