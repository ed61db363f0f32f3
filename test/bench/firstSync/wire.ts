import * as v from 'valibot';
import type { Entry } from '../../../src/desk/entry.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { benchTicket, timelineOf } from '../seed.ts';

/** A page as a ticketing system lists it: the way there is none of ours in it, some 1.5 kB a ticket. */
export const pageSize = 100;
const person = v.object({ login: v.string(), name: v.string(), mail: v.string() });
const wireTicket = v.object({
  id: v.number(),
  subject: v.string(),
  description: v.string(),
  requester: person,
  owner: v.nullable(person),
  queue: v.object({ id: v.number(), name: v.string() }),
  status: v.object({
    id: v.number(),
    name: v.string(),
    category: v.picklist(['new', 'open', 'pending', 'resolved', 'closed']),
  }),
  priority: v.object({ name: v.string(), rank: v.picklist([1, 2, 3, 4]) }),
  tags: v.array(v.string()),
  custom_fields: v.array(v.object({ id: v.string(), name: v.string(), value: v.string() })),
  created_on: v.string(),
  updated_on: v.string(),
  due_on: v.nullable(v.string()),
  mine: v.boolean(),
  version: v.number(),
});
export const wirePage = v.object({ tickets: v.array(wireTicket), next: v.nullable(v.number()) });
type WireTicket = v.InferOutput<typeof wireTicket>;
export type WirePage = v.InferOutput<typeof wirePage>;

const epoch = Date.UTC(2026, 0, 1);
const long = 200;

/** The same tickets every time: `number` counts from 1. */
function wireOf(number: number): WireTicket {
  const ticket = benchTicket(number, 'bench', epoch);
  const texts = timelineOf(ticket).map(({ body }) => body?.text ?? '');
  const onWire = (one: Ticket['requester']) =>
    one && { login: one.id, name: one.name, mail: one.email ?? '' };
  return {
    id: number,
    subject: ticket.subject,
    description: texts.join('\n').slice(0, 3 * long),
    requester: onWire(ticket.requester) ?? { login: 'nobody', name: 'Nobody', mail: '' },
    owner: onWire(ticket.assignee) ?? null,
    queue: { id: number % 4, name: ticket.team ?? '' },
    status: { id: number % 5, ...ticket.status },
    priority: ticket.priority,
    tags: ticket.tags,
    custom_fields: ['Site', 'Floor', 'Cost centre', 'Contract'].map((name, index) => ({
      id: `cf-${index}`,
      name,
      value: `${name} ${(number * (index + 1)) % 40}`,
    })),
    created_on: new Date(ticket.createdAt).toISOString(),
    updated_on: new Date(ticket.updatedAt).toISOString(),
    due_on: dueOf(ticket),
    mine: ticket.mine,
    version: number % 50,
  };
}

function dueOf(ticket: Ticket): string | null {
  const dueAt = ticket.sla[0]?.dueAt;
  return dueAt === undefined ? null : new Date(dueAt).toISOString();
}

export function wirePageOf(page: number, count: number): WirePage {
  const first = page * pageSize + 1;
  const last = Math.min(count, first + pageSize - 1);
  const tickets = Array.from({ length: last - first + 1 }, (_, index) => wireOf(first + index));
  return { tickets, next: last < count ? page + 1 : null };
}

/** In our terms: the ticket, and its timeline as far as the list has it. */
export function understood(wire: WireTicket): { ticket: Ticket; entries: Entry[] } {
  const createdAt = Date.parse(wire.created_on);
  const requester = { id: wire.requester.login, name: wire.requester.name, email: wire.requester.mail };
  const ticket: Ticket = {
    accountId: 'bench',
    id: String(wire.id),
    key: `#${wire.id}`,
    subject: wire.subject,
    requester,
    ...(wire.owner && { assignee: { id: wire.owner.login, name: wire.owner.name, email: wire.owner.mail } }),
    team: wire.queue.name,
    status: { name: wire.status.name, category: wire.status.category },
    priority: wire.priority,
    kind: 'incident',
    channel: 'portal',
    tags: wire.tags,
    assets: [],
    customFields: wire.custom_fields.map(({ id, name, value }) => ({ id, name, values: [value] })),
    createdAt,
    updatedAt: Date.parse(wire.updated_on),
    reassignments: 0,
    reopenings: 0,
    sla:
      wire.due_on === null
        ? []
        : [{ target: 'resolution', state: 'running', dueAt: Date.parse(wire.due_on), source: 'backend' }],
    revision: String(wire.version),
    mine: wire.mine,
  };
  const entry: Entry = {
    id: `${wire.id}-0`,
    at: createdAt,
    author: requester,
    kind: 'reply',
    visibility: 'public',
    body: { text: wire.description, format: 'text' },
    changes: [],
    attachments: [],
    fromRequester: true,
  };
  return { ticket, entries: [entry] };
}
