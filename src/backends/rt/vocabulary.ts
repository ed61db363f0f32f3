import { ok, type Result } from '../../desk/errors.ts';
import type { Status } from '../../desk/ticket.ts';
import type { Vocabulary } from '../backend.ts';
import { priorities, statusOf, stockLifecycle, stockStatuses } from './labels.ts';
import type { CustomFields } from './customFields.ts';
import type { Queues } from './queues.ts';
import type { RtTicket } from './schema.ts';

/** What may be set on a ticket, or on a new one. */
export async function vocabularyFor(
  raw: RtTicket | undefined,
  queues: Queues,
  customFields: CustomFields,
  signal: AbortSignal,
): Promise<Result<Vocabulary>> {
  const teams = await queues.teams(signal);
  if (!teams.ok) return teams;
  const statuses = raw === undefined ? stockStatuses.map(named) : statusesFor(raw);
  const settable = raw === undefined ? ok([]) : await customFields.of(raw, signal);
  if (!settable.ok) return settable;
  return ok({ statuses, priorities, teams: teams.value, customFields: settable.value });
}

/** The present status and where it may go: what RT has a button for, and more in the lifecycle it comes with. */
export function statusesFor(raw: RtTicket): Status[] {
  const offered = raw._hyperlinks.flatMap((link) => (link.ref === 'lifecycle' && link.to ? [link.to] : []));
  const stock = raw.Queue.Lifecycle === stockLifecycle && offered.length > 0 ? stockStatuses : [];
  return [...new Set([raw.Status, ...stock, ...offered])].map(named);
}

function named(name: string): Status {
  return statusOf(name, false);
}
