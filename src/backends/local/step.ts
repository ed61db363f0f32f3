import type { Entry } from '../../desk/entry.ts';
import type { Step } from '../../desk/operation.ts';
import type { Instant, Person, Ticket } from '../../desk/ticket.ts';

/** Who does a step, when, and under which key. */
export interface Act {
  key: string;
  me: Person;
  now: Instant;
}

export type StepOf<T extends Step['type']> = Extract<Step, { type: T }>;

export function touched(ticket: Ticket, act: Act): Ticket {
  return { ...ticket, updatedAt: act.now };
}

/** `part` tells several entries of one step from each other. */
export function entry(
  act: Act,
  content: Partial<Entry> & Pick<Entry, 'kind' | 'visibility'>,
  part = 'entry',
): Entry {
  return {
    id: `${act.key}/${part}`,
    at: act.now,
    author: act.me,
    changes: [],
    attachments: [],
    fromRequester: false,
    ...content,
  };
}
