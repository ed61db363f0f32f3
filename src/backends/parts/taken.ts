import type { Entry } from '../../desk/entry.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { same } from '../labels/meaning.ts';

/** The first of the fields that is not as it was asked for; `assignees` are the ids of all who are assigned. */
export function notTaken(
  is: Ticket,
  assignees: readonly string[],
  fields: TicketFields,
): keyof TicketFields | undefined {
  const asked: [keyof TicketFields, string | undefined, string | undefined][] = [
    ['subject', fields.subject?.trim(), is.subject.trim()],
    ['status', fields.status, is.status.name],
    ['priority', fields.priority, is.priority.name],
    ['team', fields.team, is.team],
    ['tags', fields.tags && sorted(fields.tags), sorted(is.tags)],
  ];
  const wrong = asked.find(([, wanted, found]) => wanted !== undefined && !same(wanted, found ?? ''));
  if (wrong) return wrong[0];
  const { assignee } = fields;
  if (assignee === undefined) return undefined;
  const taken = assignee === null ? assignees.length === 0 : assignees.includes(assignee);
  return taken ? undefined : 'assignee';
}

/** Were the fields set so by this person after that moment, whatever they are now? */
export function wereSet(
  fields: TicketFields,
  entries: readonly Entry[],
  by: string,
  after: Instant,
): boolean {
  const ours = entries
    .filter((entry) => entry.author.id === by && entry.at > after)
    .flatMap((entry) => entry.changes);
  const { subject, status, priority, team, assignee } = fields;
  const wanted = Object.entries({ subject, status, priority, team, assignee: assignee ?? undefined });
  const named = wanted.filter(([, to]) => to !== undefined);
  return (
    named.length > 0 &&
    named.every(([field, to]) => ours.some((change) => change.field === field && change.to === to))
  );
}

function sorted(tags: readonly string[]): string {
  return JSON.stringify(tags.map((tag) => tag.toLowerCase()).sort());
}
