import { fail, ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Entry } from '../../desk/entry.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { Vocabulary } from '../backend.ts';
import { noPriority, same, type LabelChange, type Unlabelled } from './meaning.ts';

/** What the labels have to become. A label that does not exist would be made by the forge, so names are looked at first. */
export async function labelChange(
  { status, priority, team, tags }: TicketFields,
  bare: Unlabelled,
  vocabulary: () => Promise<Result<Vocabulary>>,
): Promise<Result<LabelChange>> {
  const change: LabelChange = { ...(tags && { tags }) };
  if (status === undefined && priority === undefined && team === undefined) return ok(change);
  const known = await vocabulary();
  if (!known.ok) return known;
  const { statuses, priorities, teams } = known.value;
  const areas = [
    ['status', status, statuses, [bare.open, ...bare.closed].map(({ name }) => name)],
    ['priority', priority, priorities, [noPriority.name]],
    ['team', team, teams, [bare.team]],
  ] as const;
  for (const [field, wanted, offered, unlabelled] of areas) {
    if (wanted === undefined) continue;
    const value = offered.find(({ name }) => same(name, wanted));
    if (value === undefined) {
      return fail({ reason: 'rejected', field, message: `There is no ${field} "${wanted}" here.` });
    }
    change[field] = unlabelled.includes(value.name) ? null : value.name;
  }
  return ok(change);
}

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
