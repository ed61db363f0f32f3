import type { Channel, Instant, StatusCategory, TicketKind } from '../ticket.ts';

/** What somebody looks for, understood: every clause holds. */
export interface Query {
  clauses: readonly Clause[];
  /** What was not understood, or is not finished. */
  problems: readonly QueryProblem[];
}

/** One of its conditions holds: `a OR b`, `status:new,open`. Mostly there is just one. */
export type Clause = readonly [Condition, ...Condition[]];

export interface Condition {
  negated: boolean;
  test: Test;
}

/** Where words are looked for; without one: key, subject, people and timeline. */
export type WordField = 'subject' | 'key' | 'requester' | 'assignee' | 'status' | 'team' | 'tag' | 'priority';

/** What holds of a ticket or does not, whatever it says. */
export type Flag =
  | StatusCategory
  | TicketKind
  | 'mine'
  | 'active'
  | 'done'
  | 'unassigned'
  | 'escalated'
  | 'handed-on'
  | 'unaccepted'
  | 'unread'
  | 'attachment'
  | 'asset'
  | 'sla'
  | 'document'
  | 'draft';

export type Test =
  /** Words in a row; `prefix`: the last one may go on. */
  | { type: 'words'; field?: WordField; words: string; prefix: boolean }
  | { type: 'flag'; flag: Flag }
  | { type: 'channel'; channel: Channel }
  | { type: 'tier'; tier: number }
  | { type: 'account'; ids: readonly string[] }
  /** Whoever is signed in to the ticket's account. */
  | { type: 'me'; role: 'requester' | 'assignee' | 'escalator' }
  /** Last changed at or after `from`, and before `until`. */
  | { type: 'changed'; from?: Instant; until?: Instant }
  /** Its service level ends before then; what is done with has none. */
  | { type: 'due'; before: Instant };

export interface QueryProblem {
  reason: 'unknown-operator' | 'unknown-value' | 'no-value' | 'unclosed-quote';
  /** The operator concerned, as it was written. */
  operator?: string;
  value?: string;
  /** The part of the text, in UTF-16 units. */
  start: number;
  end: number;
}

/** Looks for nothing in particular: every ticket fits. */
export function isEmpty(query: Query): boolean {
  return query.clauses.length === 0;
}
