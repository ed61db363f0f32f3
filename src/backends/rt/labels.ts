import type { Priority, Status, StatusCategory } from '../../desk/ticket.ts';
import { unfinished } from '../content/unfinished.ts';

/** The labels that RT 5 comes with; the server's own configuration of them can't be read. */
const named: [string, number][] = [
  ['Low', 0],
  ['Medium', 50],
  ['High', 100],
];

export const priorities: Priority[] = named.map(([, number]) => priorityOf(number)).reverse();

export function priorityOf(number: number): Priority {
  const name = named.find(([, value]) => value === number)?.[0] ?? String(number);
  return { name, rank: number > 100 ? 1 : number >= 80 ? 2 : number >= 40 ? 3 : 4 };
}

/** The number behind a label; a number is its own label. */
export function priorityNumber(name: string): number | undefined {
  const label = named.find(([one]) => one.toLowerCase() === name.toLowerCase());
  if (label !== undefined) return label[1];
  return /^-?\d{1,9}$/.test(name) ? Number(name) : undefined;
}

const categories: Record<string, StatusCategory> = {
  new: 'new',
  open: 'open',
  stalled: 'pending',
  resolved: 'resolved',
  rejected: 'closed',
  deleted: 'closed',
};
const hints: [RegExp, StatusCategory | undefined][] = [
  [/pending|wait|hold|stall|defer/i, 'pending'],
  [unfinished, undefined],
  [/resolv|solved|fixed|done|complete/i, 'resolved'],
  [/clos|reject|delet|cancel|archiv/i, 'closed'],
  [/^new|^initial|untriaged/i, 'new'],
];

/** What a status means to us. A lifecycle may have any names; RT sets `Resolved` on whatever ends a ticket. */
export function statusOf(name: string, ended: boolean): Status {
  const category =
    categories[name] ?? hints.find(([pattern]) => pattern.test(name))?.[1] ?? (ended ? 'resolved' : 'open');
  return { name, category };
}

/** Where each status of RT's own lifecycle may go to; its links name only those that have a button. */
export const stockLifecycle = 'default';
export const stockStatuses = ['new', 'open', 'stalled', 'resolved', 'rejected'];
