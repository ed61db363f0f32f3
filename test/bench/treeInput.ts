import type { Ticket } from '../../src/desk/ticket.ts';
import type { ModelInput } from '../../src/editor/tickets/ticketsModel.ts';

/** What the tree is made of: these tickets, and so many that are done with and not read. */
export function treeInput(tickets: readonly Ticket[], now: number, done: number): ModelInput {
  return {
    notices: [],
    tickets,
    done: { total: done, read: () => [] },
    queue: 'mine',
    by: 'sla',
    order: 'urgent',
    moment: { now, endOfDay: new Date(now).setHours(24, 0, 0, 0) },
    assignees: true,
    markOf: () => undefined,
    accountLabel: (id) => id,
  };
}
