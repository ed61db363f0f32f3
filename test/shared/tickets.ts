import type { SlaClock } from '../../src/desk/sla.ts';
import type { Ticket } from '../../src/desk/ticket.ts';

export const now = Date.UTC(2026, 0, 15, 10, 0);
export const minute = 60_000;
export const hour = 60 * minute;

let made = 0;

/** A ticket like any other, but for what is given. */
export function aTicket(given: Partial<Ticket> = {}): Ticket {
  made++;
  return {
    accountId: 'rt',
    id: String(made),
    key: `RT-${made}`,
    subject: 'The printer is on fire',
    status: { name: 'Open', category: 'open' },
    priority: { name: 'High', rank: 2 },
    kind: 'incident',
    channel: 'phone',
    tags: [],
    assets: [],
    customFields: [],
    createdAt: now - hour,
    updatedAt: now - hour,
    reassignments: 0,
    reopenings: 0,
    sla: [],
    revision: '1',
    mine: true,
    ...given,
  };
}

export function dueIn(milliseconds: number, target: SlaClock['target'] = 'resolution'): SlaClock {
  return { target, state: 'running', dueAt: now + milliseconds, source: 'policy' };
}

export const paused: SlaClock = { target: 'resolution', state: 'paused', source: 'policy' };
