import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Scope } from '../../desk/scope.ts';
import { quoted } from './client.ts';
import type { People } from './people.ts';
import type { Queues } from './queues.ts';

/** A scope in RT's terms. */
export interface Area {
  /** TicketSQL: what is in it. */
  tickets: string;
  /** TransactionSQL: what happened to what is in it, and what took a ticket out of it. */
  transactions: string;
}

/** What a scope is here; an error for a queue that does not exist. */
export async function areaOf(
  scope: Scope,
  people: People,
  queues: Queues,
  signal: AbortSignal,
): Promise<Result<Area>> {
  switch (scope.kind) {
    case 'mine': {
      const me = await people.number();
      if (!me.ok) return me;
      return ok({
        tickets: "Owner = '__CurrentUser__'",
        transactions: `(TicketOwner = '__CurrentUser__' OR ${takenFrom('Owner', me.value)})`,
      });
    }
    case 'team': {
      const all = await queues.all(signal);
      if (!all.ok) return all;
      const queue = all.value.find(({ Name }) => Name === scope.team);
      if (queue === undefined) {
        return fail({ reason: 'not-found', message: `There is no queue "${scope.team}" that you may see.` });
      }
      return ok({
        tickets: `Queue = ${quoted(queue.id)}`,
        transactions: `(TicketQueue = ${quoted(queue.id)} OR ${takenFrom('Queue', queue.id)})`,
      });
    }
    case 'query':
      return fail({ reason: 'unsupported', message: 'Queries of Request Tracker are not followed.' });
  }
}

function takenFrom(field: 'Owner' | 'Queue', id: string): string {
  return `(Type = 'Set' AND Field = '${field}' AND OldValue = ${quoted(id)})`;
}
