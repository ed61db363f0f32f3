import type { PriorityRank, Status, StatusCategory, TicketKind } from '../../desk/ticket.ts';
import { unfinished } from '../content/unfinished.ts';

const hints: [RegExp, StatusCategory | undefined][] = [
  [unfinished, undefined],
  [/resolv|solved|fixed|done|complete|gelöst|erledigt/i, 'resolved'],
  [/feedback|pending|wait|hold|stall|defer|rückfrage|warte/i, 'pending'],
  [/^new\b|untriaged|^neu\b/i, 'new'],
];

/** What a status means to us. What Redmine calls closed is over, whatever its name; `Resolved` is not closed there. */
export function statusOf(status: { name: string; is_closed: boolean }): Status {
  const hint = hints.find(([pattern]) => pattern.test(status.name))?.[1];
  const category = status.is_closed ? (hint === 'resolved' ? hint : 'closed') : (hint ?? 'open');
  return { name: status.name, category };
}

/** Where a priority ranks among all, in Redmine's order: the default is P3, one above it P2, those above P1. */
export function rankOf(position: number, usual: number): PriorityRank {
  const above = position - usual;
  if (above < 0) return 4;
  return above === 0 ? 3 : above === 1 ? 2 : 1;
}

const kinds: [RegExp, TicketKind][] = [
  [/incident|bug|defect|fault|störung|fehler/i, 'incident'],
  [/problem/i, 'problem'],
  [/change|änderung/i, 'change'],
  [/support|request|service|feature|question|anfrage|unterstützung/i, 'request'],
];

/** What a tracker's name says it is for. */
export function kindOf(tracker: string): TicketKind {
  return kinds.find(([pattern]) => pattern.test(tracker))?.[1] ?? 'other';
}
