import { statusCategories, ticketKinds } from '../ticket.ts';
import type { Flag } from './query.ts';

/** Each operator, and what it may also be called. */
const aliases = {
  from: ['requester'],
  to: ['assignee'],
  status: [],
  team: ['queue', 'group'],
  'escalated-by': [],
  is: [],
  has: [],
  before: [],
  after: ['since'],
  due: [],
  tag: ['label'],
  priority: [],
  account: [],
  key: [],
  subject: [],
  channel: ['via'],
  tier: [],
} as const satisfies Record<string, readonly string[]>;

export type Operator = keyof typeof aliases;

export const operators = Object.keys(aliases) as Operator[];

const byName = new Map<string, Operator>(
  operators.flatMap((operator) => [operator, ...aliases[operator]].map((name) => [name, operator] as const)),
);

export function operatorOf(name: string): Operator | undefined {
  return byName.get(name.toLowerCase());
}

/** The values of `is:`. */
export const isValues = [
  'mine',
  'unread',
  'active',
  'breached',
  'unassigned',
  'escalated',
  'handed-on',
  'unaccepted',
  ...statusCategories,
  'done',
  ...ticketKinds,
] as const;

/** The values of `has:`. */
export const hasValues = [
  'attachment',
  'document',
  'draft',
  'asset',
  'sla',
] as const satisfies readonly Flag[];

export const tierValues = ['1', '2', '3'] as const;
/** What dates may be called besides by their number. */
export const dateWords = ['today', 'yesterday', '7d', '2w', '3m', '1y'] as const;
export const dueWords = ['today', 'tomorrow'] as const;
